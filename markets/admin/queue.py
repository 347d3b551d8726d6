"""The review queue: what was handed in, oldest first, held against the promise of five working days."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db.models import Case, Exists, F, OuterRef, Prefetch, Q, QuerySet, When
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from accounts.http import SignedInRequest
from accounts.models import User
from accounts.naming import People
from catalog.models import Category, PhotoPlacement, ProductRevision
from catalog.photo_address import photo_url
from catalog.promise import Wait, WorkingDays
from exporters.models import Membership
from kit.csv_export import csv_response
from kit.keyset import Keyset
from kit.languages import CONTENT_LANGUAGES
from markets.admin.page import desk_page, page_links, page_of, with_query
from markets.scope import colleagues_of, markets_to_decide, revisions_to_review

OLDEST_FIRST = Keyset("review_queue", [("submitted_at", "asc"), ("pk", "asc")])
VIEWS = {
    "all": gettext_lazy("All"),
    "mine": gettext_lazy("Claimed by me"),
    "assigned": gettext_lazy("Assigned to me"),
    "unclaimed": gettext_lazy("Unclaimed"),
    "overdue": gettext_lazy("Past the promise"),
    "producer": gettext_lazy("With the producer"),
    "decided": gettext_lazy("Decided in 30 days"),
}
DECIDED_DAYS, DECIDED_STATES = 30, ("approved", "rejected")  # what its producer withdrew nobody decided
CAN_TICK = ("all", "mine", "assigned", "unclaimed", "overdue")
KINDS = {
    "new": Q(product__content_number__isnull=True, content_at_request__isnull=True),
    "change": Q(product__content_number__isnull=False, content_at_request__isnull=True),
    "answer": Q(content_at_request__isnull=False),
}


class QueueFilter(forms.Form):
    """What the queue is narrowed to; a wrong value counts as none."""

    q = forms.CharField(label=gettext_lazy("Product or producer"), max_length=80, required=False)
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"),
        required=False,
        choices=[
            ("", gettext_lazy("All kinds")),
            ("new", gettext_lazy("New product")),
            ("change", gettext_lazy("Change to a public product")),
            ("answer", gettext_lazy("Answer to a request")),
        ],
    )
    market = forms.ChoiceField(label=gettext_lazy("Market"), required=False)
    category = forms.ModelChoiceField(Category.objects.top(), label=gettext_lazy("Category"), required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        markets = sorted((str(market), market.pk) for market in markets_to_decide(user))
        self.fields["market"].choices = [("", _("All markets")), *((pk, name) for name, pk in markets)]  # type: ignore[attr-defined]
        self.fields["category"].empty_label = _("All categories")  # type: ignore[attr-defined]

    def narrow(self, rows: QuerySet[ProductRevision]) -> QuerySet[ProductRevision]:
        """The rows that match what was chosen."""
        self.is_valid()
        chosen = self.cleaned_data
        if text := chosen.get("q"):
            titles = [Q(**{f"title__{language}__icontains": text}) for language in CONTENT_LANGUAGES]
            found = Q(product__producer__trade_name__icontains=text)
            for title in titles:
                found |= title
            rows = rows.filter(found)
        if kind := chosen.get("kind"):
            rows = rows.filter(KINDS[kind])
        if market := chosen.get("market"):
            rows = rows.filter(target_markets__contains=[market])
        if category := chosen.get("category"):
            rows = rows.filter(Q(category=category) | Q(category__parent=category))
        return rows


@dataclass(frozen=True)
class QueueRow:
    """A revision as the queue shows it; who has it in hand or should, as the reader may know them."""

    revision: ProductRevision
    kind: str
    thumb: str
    wait: Wait
    is_mine: bool
    is_own_product: bool
    claimed_by: str
    assigned_to: str


@require_safe
@permission_required("catalog.review_revision", raise_exception=True)
def review_queue(request: SignedInRequest) -> HttpResponseBase:
    """The queue: views by who has it, filters, and a claim per row; `format=csv` downloads what is chosen."""
    user, days = request.user, WorkingDays.read()
    form = QueueFilter(request.GET, user=user)
    view = request.GET.get("view", "all") if request.GET.get("view") in VIEWS else "all"
    rows = form.narrow(in_view(view, user, days))
    if request.GET.get("format") == "csv":
        return _download(rows)
    page = page_of(request, OLDEST_FIRST, for_queue(rows))
    context = {
        "title": _("Review queue"),
        "form": form,
        "view": view,
        "tabs": [(label, with_query(request, view=name), name == view) for name, label in VIEWS.items()],
        "rows": rows_of(page.items, user, days),
        "total": rows.count(),
        "can_tick": view in CAN_TICK,
        "colleagues": colleagues_of(user),
        "kept_query": with_query(request) if request.GET else "",
        "csv_url": with_query(request, format="csv"),
        **page_links(request, page),
    }
    return desk_page(request, "review_queue", context)


def _download(rows: QuerySet[ProductRevision]) -> StreamingHttpResponse:
    """The chosen revisions as a table, oldest first."""
    header = [_("Product"), _("Producer"), _("Kind"), _("Markets"), _("Handed in"), _("State")]
    ordered = rows.select_related("product__producer").order_by("submitted_at", "pk").iterator(chunk_size=500)
    lines = (
        [
            row,
            row.product.producer.trade_name,
            kind_of(row),
            ", ".join(row.target_markets),
            row.submitted_at,
            row.get_state_display(),
        ]
        for row in ordered
    )
    return csv_response("review-queue", header, lines)


@require_safe
@permission_required("catalog.review_revision", raise_exception=True)
def review_next(request: SignedInRequest) -> HttpResponse:
    """The revision that has waited longest, to open or to claim there."""
    revision = next_waiting(request.user)
    if revision is None:
        messages.info(request, _("Nothing waits for you in the queue."))
        return redirect("admin:review_queue")
    return redirect("admin:review_revision", pk=revision.pk)


@require_POST
@permission_required("catalog.review_revision", raise_exception=True)
def revision_claim(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take it for two hours and open it."""
    revision = get_object_or_404(revisions_to_review(request.user), pk=pk)
    revision.claim(by=request.user)
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    return redirect(reverse("admin:review_revision", args=[pk]) + query)


@require_POST
@permission_required("catalog.review_revision", raise_exception=True)
def revision_release(request: SignedInRequest, pk: int) -> HttpResponse:
    """Give it back to the queue."""
    revision = get_object_or_404(revisions_to_review(request.user), pk=pk)
    revision.release(by=request.user)
    messages.success(request, _("“%(product)s” is back in the queue.") % {"product": revision})
    return redirect("admin:review_queue")


def in_view(view: str, user: User, days: WorkingDays) -> QuerySet[ProductRevision]:
    """The revisions of one tab, in the scope of `user`."""
    seen = revisions_to_review(user)
    if view == "producer":
        return seen.filter(state="changes_requested", submitted_at__isnull=False)
    if view == "decided":
        month = timezone.now() - datetime.timedelta(days=DECIDED_DAYS)
        return seen.filter(state__in=DECIDED_STATES, decided_at__gte=month, submitted_at__isnull=False)
    waiting = seen.filter(state__in=("submitted", "in_review"), submitted_at__isnull=False)
    if view == "mine":
        return waiting.filter(claimed_by=user)
    if view == "assigned":
        return waiting.filter(assigned_to=user)
    if view == "unclaimed":
        return waiting.filter(claimed_by__isnull=True)
    if view == "overdue":
        return waiting.filter(submitted_at__lt=days.before(timezone.now()))
    return waiting


def next_waiting(user: User, *, after: ProductRevision | None = None) -> ProductRevision | None:
    """What `user` may review next: their own claims, what was assigned to them, then what has waited longest.

    What was assigned to somebody else comes last.
    """
    own = Membership.objects.filter(user=user, producer=OuterRef("product__producer"))
    rows = revisions_to_review(user).filter(~Exists(own), Q(state="submitted") | Q(state="in_review", claimed_by=user))
    written = ProductRevision.objects.written_by(user).filter(product__producer=OuterRef("product__producer"))
    rows = rows.filter(~Exists(written)).exclude(pk=after.pk if after else 0)
    whose = Case(When(assigned_to=user, then=0), When(assigned_to__isnull=True, then=1), default=2)
    return rows.order_by(F("claimed_by").asc(nulls_last=True), whose, "submitted_at", "pk").first()


def for_queue(rows: QuerySet[ProductRevision]) -> QuerySet[ProductRevision]:
    """With what a row shows, and without the long texts that it does not."""
    photos = PhotoPlacement.objects.order_by("position", "pk").select_related("photo")
    return (
        rows.select_related("product__producer__regency", "category")
        .defer("description", "attributes", "product__description", "product__attributes")
        .prefetch_related(Prefetch("placements", photos))
    )


def rows_of(revisions: Iterable[ProductRevision], user: User, days: WorkingDays) -> list[QueueRow]:
    """The revisions as rows; two queries for the producers that `user` belongs to or wrote for, and those for names."""
    revisions = list(revisions)
    written = ProductRevision.objects.written_by(user).filter(
        product__producer__in={revision.product.producer_id for revision in revisions}
    )
    own = set(Membership.objects.filter(user=user).values_list("producer", flat=True))
    own |= set(written.values_list("product__producer", flat=True))
    people = People.read(user, (pk for row in revisions for pk in (row.claimed_by_id, row.assigned_to_id)))
    now = timezone.now()
    return [
        QueueRow(
            revision=revision,
            kind=kind_of(revision),
            thumb=next((photo_url(placed.photo.key, 320) for placed in revision.placements.all()), ""),
            wait=days.wait(revision.submitted_at or now, _waited_until(revision) or now),
            is_mine=revision.claimed_by_id == user.pk,
            is_own_product=revision.product.producer_id in own,
            claimed_by=people.name(revision.claimed_by_id) if revision.claimed_by_id else "",
            assigned_to=people.name(revision.assigned_to_id) if revision.assigned_to_id else "",
        )
        for revision in revisions
    ]


def _waited_until(revision: ProductRevision) -> datetime.datetime | None:
    """When its wait ended; None while somebody waits for a decision."""
    return revision.decided_at if revision.state in DECIDED_STATES else None


def kind_of(revision: ProductRevision) -> str:
    """New product, change to a public one, or the answer to a request."""
    if revision.content_at_request is not None:
        return _("Answer to a request")
    if revision.product.content_number is None or revision.number == 1:
        return _("New product")
    return _("Change to a public product")


def claim_left(revision: ProductRevision) -> datetime.timedelta | None:
    """What is left of the claim, never below zero; None when nobody has it."""
    ends = revision.claim_ends_at()
    return max(ends - timezone.now(), datetime.timedelta(0)) if ends else None

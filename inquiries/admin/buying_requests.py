"""Buying requests on the desk: the queue by age, the decision, what may fit, and inviting producers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import audit
from accounts.http import SignedInRequest
from accounts.models import User
from accounts.staff_admin import desk_page
from accounts.workflow import Refused
from catalog.promise import Wait, WorkingDays
from inquiries.forms.buying_requests import CloseForm, RejectForm
from inquiries.match_words import sentences
from inquiries.matching import propose
from inquiries.models import BuyingRequest, Match
from inquiries.models.buying_request_words import BuyingRequestQuerySet
from inquiries.models.match import MatchState
from inquiries.offer_rows import offers_seen
from inquiries.offers import offers_to
from inquiries.request_facts import facts_of
from inquiries.request_pictures import picture_file
from inquiries.scope import DECIDES_REQUESTS
from kit.countries import country_name
from kit.keyset import Keyset
from markets.admin.page import page_links, page_of, with_query
from markets.scope import works_everywhere

OLDEST_FIRST: Final = Keyset("request_queue", [("submitted_at", "asc"), ("pk", "asc")])
NEWEST_FIRST: Final = Keyset("request_queue newest", [("submitted_at", "desc"), ("pk", "desc")])
VIEWS: Final = {
    "submitted": gettext_lazy("To decide"),
    "open": pgettext_lazy("buying requests", "Open"),
    "ended": gettext_lazy("Ended"),
}
FIRST_ROWS: Final = 6
ENDED: Final = ("rejected", "closed", "expired")


@dataclass(frozen=True)
class QueueRow:
    """A request as the queue shows it; `wait` while nobody has decided."""

    request: BuyingRequest
    country: str
    wait: Wait | None


@dataclass(frozen=True)
class MatchRow:
    """A product that may fit, in the reader's words."""

    match: Match
    reasons: list[str]
    lacking: list[str]
    may_invite: bool


@require_safe
@permission_required(DECIDES_REQUESTS, raise_exception=True)
def request_queue(request: SignedInRequest) -> HttpResponse:
    """The requests of one's own markets by state; those that wait, the oldest first."""
    view = request.GET.get("view", "submitted") if request.GET.get("view") in VIEWS else "submitted"
    rows = BuyingRequest.objects.decided_by_staff(request.user)
    rows = rows.filter(state__in=ENDED) if view == "ended" else rows.filter(state=view)
    page = page_of(request, NEWEST_FIRST if view == "ended" else OLDEST_FIRST, rows.for_list())
    context = {
        "title": _("Buying requests"),
        "view": view,
        "rows": _rows(page.items),
        "total": rows.count(),
        "tabs": [(label, with_query(request, view=name), name == view) for name, label in VIEWS.items()],
        **page_links(request, page),
    }
    return desk_page(request, "request_queue", context)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(DECIDES_REQUESTS, raise_exception=True)
def request_review(request: SignedInRequest, pk: int) -> HttpResponse:
    """One request with its facts, the decision, and what may fit. The ministry's readings are in the trail."""
    asked = get_object_or_404(_in_scope(request.user), pk=pk)
    if request.method != "POST":
        if works_everywhere(request.user):
            audit.record("read", asked, by=request.user)
        return _page(request, asked, RejectForm(initial={"seen_version": asked.version}))
    decision = request.POST.get("do", "")
    form = RejectForm(request.POST, decision=decision)
    if decision not in ("approve", "reject") or not form.is_valid():
        return _page(request, asked, form, status=422)
    said = {"seen_version": form.cleaned_data["seen_version"], "note": form.cleaned_data["note"]}
    try:
        if decision == "approve":
            asked.approve(by=request.user, **said)
        else:
            asked.reject(by=request.user, reason=form.cleaned_data["reason"], **said)
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return _page(request, get_object_or_404(_in_scope(request.user), pk=pk), form, status=409)
    done = _("“%(title)s” is open: now invite producers.") if decision == "approve" else _("“%(title)s” is rejected.")
    messages.success(request, done % {"title": asked})
    return redirect("admin:request_review", pk) if decision == "approve" else redirect("admin:request_queue")


@require_POST
@permission_required(DECIDES_REQUESTS, raise_exception=True)
def request_invite(request: SignedInRequest, pk: int) -> HttpResponse:
    """Invite the producers of the ticked products; each is checked, and what does not go is said."""
    asked = get_object_or_404(_in_scope(request.user), pk=pk)
    keys = [int(key) for key in request.POST.getlist("match") if key.isascii() and key.isdigit() and len(key) < 18]
    if not keys:
        messages.warning(request, _("Tick the products whose producers you want to invite."))
    invited = 0
    for match in asked.matches.filter(pk__in=keys).select_related("product__producer", "request").best_first():
        try:
            match.invite(by=request.user)
            invited += 1
        except Refused as refusal:
            messages.error(request, f"{match.product}: {refusal.message}")
    if invited:
        done = ngettext("%(number)d invitation sent.", "%(number)d invitations sent.", invited)
        messages.success(request, done % {"number": invited})
    return redirect("admin:request_review", pk)


@require_POST
@permission_required(DECIDES_REQUESTS, raise_exception=True)
def request_match(request: SignedInRequest, pk: int) -> HttpResponse:
    """Look again for what may fit: the catalogue grows."""
    asked = get_object_or_404(_in_scope(request.user), pk=pk)
    if asked.state != "open":
        raise asked.not_possible()
    found = len(propose(asked))
    done = ngettext("%(number)d product may fit.", "%(number)d products may fit.", found)
    messages.success(request, done % {"number": found})
    return redirect("admin:request_review", pk)


@require_POST
@permission_required(DECIDES_REQUESTS, raise_exception=True)
def request_close(request: SignedInRequest, pk: int) -> HttpResponse:
    """End it for the importer, and say what came of it."""
    asked = get_object_or_404(_in_scope(request.user), pk=pk)
    form = CloseForm(request.POST)
    if not form.is_valid():
        decision = RejectForm(initial={"seen_version": asked.version})
        return _page(request, asked, decision, close_form=form, status=422)
    asked.close(by=request.user, outcome=form.cleaned_data["outcome"])
    messages.success(request, _("“%(title)s” is closed.") % {"title": asked})
    return redirect("admin:request_queue")


@require_safe
@permission_required(DECIDES_REQUESTS, raise_exception=True)
def request_picture(request: SignedInRequest, pk: int, size: str) -> HttpResponseBase:
    """The importer's picture."""
    return picture_file(get_object_or_404(_in_scope(request.user), pk=pk), size)


def waiting_for(user: User) -> list[BuyingRequest] | None:
    """The requests that wait longest for a decision of `user`; None without the power. One query."""
    if not user.has_perm(DECIDES_REQUESTS):
        return None
    rows = BuyingRequest.objects.decided_by_staff(user).waiting().for_list()
    return list(rows.order_by("submitted_at", "pk")[:FIRST_ROWS])


def match_rows(matches: Iterable[Match], *, is_open: bool) -> list[MatchRow]:
    """The matches in the reader's words. No query."""
    return [
        MatchRow(
            match,
            sentences(match.reasons),
            sentences(match.lacking),
            is_open and match.state == MatchState.PROPOSED,
        )
        for match in matches
    ]


def _in_scope(user: User) -> BuyingRequestQuerySet:
    return BuyingRequest.objects.decided_by_staff(user).select_related(
        "importer", "commodity__hs6", "hs", "unit", "incoterm", "category", "decided_by"
    )


def _rows(requests: Iterable[BuyingRequest]) -> list[QueueRow]:
    days, now = WorkingDays.read(), timezone.now()
    return [
        QueueRow(one, country_name(one.country), days.wait(one.submitted_at, now) if one.state == "submitted" else None)
        for one in requests
    ]


def _page(
    request: SignedInRequest,
    asked: BuyingRequest,
    form: RejectForm,
    *,
    close_form: CloseForm | None = None,
    status: int = 200,
) -> HttpResponse:
    matches = asked.matches.select_related("product__producer__regency").best_first()
    context: dict[str, Any] = {
        "title": asked.title,
        "asked": asked,
        "facts": facts_of(asked),
        "importer_country": country_name(asked.importer.country),
        "form": form,
        "close_form": close_form or CloseForm(),
        "may_decide": asked.may("approve"),
        "is_open": asked.state == "open",
        "offers": offers_seen(asked),
        "waiting": offers_to(asked).filter(waiting_since__isnull=False).count(),
        "matches": match_rows(matches, is_open=asked.state == "open"),
    }
    return desk_page(request, "request_review", context, status=status)

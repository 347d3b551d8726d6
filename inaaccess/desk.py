"""The producer's desk: what to do next, the products with their state, and what reviewers asked for."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from django.db.models import Count, Min, OuterRef, Subquery
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from accounts.http import SignedInRequest
from accounts.models import User
from catalog.desk_rows import DeskRow, row_of
from catalog.models import PriceOffer, Product, ProductRevision
from exporters.models import Certificate, Producer
from inquiries.answer_times import moment
from inquiries.models import Enquiry, Match
from inquiries.models.buying_request_state import RequestState
from inquiries.models.match import MatchState
from kit.templatetags.kit_parts import Todo
from markets.models import ListingState, MarketListing

SOON = datetime.timedelta(days=30)
CERTIFICATE_SOON = datetime.timedelta(days=90)
ROWS_SHOWN = 6
TODOS_SHOWN = 8


@require_safe
def desk(request: SignedInRequest) -> HttpResponse:
    """What to do next, and the newest products of the producers that the person works on."""
    producers = list(Producer.objects.editable_by(request.user).select_related("regency")[:50])
    rows = _rows(request.user)
    todos = sorted(_todos(request.user, rows), key=lambda todo: not todo.urgent)
    context = {
        "producers": producers,
        "rows": rows,
        "todos": todos[:TODOS_SHOWN],
        "todo_count": len(todos),
        "counts": _counts(request.user),
        "may_onboard": request.user.has_perm("exporters.onboard_producer"),
    }
    return render(request, "inaaccess/desk.html", context)


def _rows(user: User) -> list[DeskRow]:
    """The products that were worked on last."""
    newest_work = ProductRevision.objects.filter(product=OuterRef("pk")).order_by("-saved_at").values("saved_at")[:1]
    products = Product.objects.editable_by(user).for_desk().annotate(worked_at=Subquery(newest_work))
    return [row_of(product) for product in products.order_by("-worked_at", "-pk")[:ROWS_SHOWN]]


def _counts(user: User) -> list[tuple[int, str]]:
    """How many products the person has in each state: (number, label)."""
    found = dict(Product.objects.editable_by(user).order_by().values_list("state").annotate(Count("pk")))
    working = ProductRevision.objects.editable_by(user).open().count()
    return [
        (found.get("published", 0), _("public")),
        (working, _("being worked on or reviewed")),
        (found.get("retired", 0) + found.get("suspended", 0), _("retired or suspended")),
    ]


def _todos(user: User, rows: list[DeskRow]) -> Iterator[Todo]:
    yield from _enquiries(user)
    yield from _requested_changes(user)
    yield from _proposals(user)
    yield from _invitations(user)
    yield from _drafts(rows)
    yield from _lapsing_prices(user)
    yield from _lapsing_certificates(user)


def _enquiries(user: User) -> Iterator[Todo]:
    """How many importers wait for an answer, and until when the first of them. One query."""
    waiting = (
        Enquiry.objects.addressed_to(user).waiting_for_producer().aggregate(number=Count("pk"), first=Min("due_at"))
    )
    if number := waiting["number"]:
        yield Todo(
            "message-square",
            ngettext("%(number)d enquiry waits for your answer", "%(number)d enquiries wait for your answer", number)
            % {"number": number},
            (_("Overdue since %(moment)s.") if waiting["first"] < timezone.now() else _("Answer before %(moment)s."))
            % {"moment": moment(waiting["first"])},
            reverse("desk_enquiry_list"),
            _("Answer"),
            urgent=True,
        )


def _requested_changes(user: User) -> Iterator[Todo]:
    asked = ProductRevision.objects.editable_by(user).filter(state="changes_requested").order_by("-saved_at", "pk")
    for revision in asked.prefetch_related("change_requests")[:TODOS_SHOWN]:
        requests = list(revision.change_requests.all())
        latest = max((request.version for request in requests), default=0)
        number = sum(request.version == latest for request in requests)
        yield Todo(
            "pencil",
            _("Fix “%(title)s”") % {"title": revision},
            ngettext("The reviewers ask for %(number)d change.", "The reviewers ask for %(number)d changes.", number)
            % {"number": number},
            reverse("revision_what", args=[revision.pk]),
            _("Fix"),
            urgent=True,
        )


def _proposals(user: User) -> Iterator[Todo]:
    proposed = MarketListing.objects.filter(
        state=ListingState.PROPOSED, product__in=Product.objects.editable_by(user).published()
    )
    for listing in proposed.select_related("product", "market").order_by("pk")[:TODOS_SHOWN]:
        yield Todo(
            "store",
            _("A mission wants to offer “%(title)s” in %(market)s")
            % {"title": listing.product, "market": listing.market},
            _("You decide whether it is offered there."),
            reverse("desk_product", args=[listing.product_id]),
            _("Decide"),
            urgent=True,
        )


def _invitations(user: User) -> Iterator[Todo]:
    """Buying requests that missions invite the producers of `user` to answer."""
    asked = Match.objects.answered_by(user).filter(state=MatchState.INVITED, request__state=RequestState.OPEN)
    for match in asked.select_related("request", "product").order_by("request__deadline", "pk")[:TODOS_SHOWN]:
        yield Todo(
            "handshake",
            _("An importer looks for “%(title)s”") % {"title": match.request.title},
            _("Your “%(product)s” may fit. Offers until %(day)s.")
            % {"product": match.product, "day": date_format(match.request.deadline)},
            reverse("request_invitation", args=[match.pk]),
            _("Look"),
            urgent=True,
        )


def _drafts(rows: list[DeskRow]) -> Iterator[Todo]:
    for row in rows:
        if row.revision and row.revision.state == "draft":
            yield Todo(
                "file-text",
                _("Finish “%(title)s”") % {"title": row.title},
                _("%(percent)d %% complete, not submitted yet.") % {"percent": row.percent},
                reverse("revision_preview", args=[row.revision.pk]),
                _("Continue"),
            )


def _lapsing_prices(user: User) -> Iterator[Todo]:
    last_days = PriceOffer.objects.filter(product=OuterRef("pk")).order_by("-valid_until").values("valid_until")[:1]
    lapsing = (
        Product.objects.editable_by(user)
        .published()
        .annotate(price_until=Subquery(last_days))
        .filter(price_until__lte=timezone.now().date() + SOON)
        .order_by("price_until", "pk")
    )
    for product in lapsing[:TODOS_SHOWN]:
        yield Todo(
            "refresh-cw",
            _("Renew the price of “%(title)s”") % {"title": product},
            _("Valid until %(day)s; afterwards buyers read “on request”.") % {"day": date_format(product.price_until)},  # type: ignore[attr-defined]
            reverse("desk_product", args=[product.pk]),
            _("Renew"),
        )


def _lapsing_certificates(user: User) -> Iterator[Todo]:
    today = timezone.now().date()
    lapsing = (
        Certificate.objects.editable_by(user)
        .filter(state="verified", expires_on__range=(today, today + CERTIFICATE_SOON))
        .select_related("type")
        .order_by("expires_on", "pk")
    )
    for certificate in lapsing[:TODOS_SHOWN]:
        yield Todo(
            "award",
            _("%(type)s runs out on %(day)s")
            % {"type": certificate.type, "day": date_format(certificate.expires_on or today)},
            _("Upload the new one, so that the badge stays."),
            reverse("certificate_create"),
            _("Upload"),
        )

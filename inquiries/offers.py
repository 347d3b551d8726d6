"""Offers that answer a buying request: each an enquiry that the producer began, with its quotation.

The importer sees at most MOST_OFFERS at a time. The others wait, and the best of them (by the score of its match, then
the earliest) takes the place of one that is declined, refused or withdrawn.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone

from inquiries import mails
from inquiries.models.buying_request import BuyingRequest
from inquiries.models.buying_request_state import MOST_OFFERS, RequestState
from inquiries.models.enquiry import Enquiry
from inquiries.models.enquiry_line import EnquiryLine
from inquiries.models.enquiry_round import EnquiryRound
from inquiries.models.enquiry_state import OPEN_STATES, EnquiryState, Need
from inquiries.models.message import LONGEST_TEXT
from inquiries.models.quotation import Quotation, QuotationLine
from markets.models import Market

if TYPE_CHECKING:
    from accounts.models import User
    from inquiries.models.match import Match

TAKES_A_PLACE = (*OPEN_STATES, EnquiryState.ACCEPTED)
STILL_SHOWN = (RequestState.OPEN, RequestState.EXPIRED)
"""Of an ended request that was not closed, offers still take the places of declined ones."""


def begin(match: Match, quotation: Quotation, *, quantity: Decimal, unit_price: Decimal, by: User) -> Enquiry:
    """The producer's offer in a thread of its own. The caller holds the request, in its transaction.

    Raises what Enquiry.quote raises.
    """
    request, product = match.request, match.product
    importer = request.importer
    sent = EnquiryRound.objects.create(
        importer=importer,
        destination_country=request.country,
        text=(request.specification or request.title)[:LONGEST_TEXT],
        language=request.language,
        wanted_on=None,
        needs=[Need.QUOTATION],
    )
    enquiry = Enquiry(
        round=sent,
        importer=importer,
        producer=product.producer,
        market=Market.objects.filter(pk=request.country).first(),
        language=request.language,
        buying_request=request,
        waiting_since=None if _shown(request).count() < MOST_OFFERS else timezone.now(),
    )
    enquiry.start_clock()
    enquiry.start_life()
    enquiry.save()
    EnquiryLine.objects.create(enquiry=enquiry, position=1, **_asked(request, match))
    enquiry.quote(quotation, [QuotationLine(product=product, quantity=quantity, unit_price=unit_price)], by=by)
    return enquiry


def hold(request_id: int) -> BuyingRequest:
    """Lock the request; whoever changes an offer to it does so before locking anything else."""
    return BuyingRequest.objects.select_for_update().get(pk=request_id)


def show_next(request_id: int) -> None:
    """Let the best that wait take the places that are free, and tell the importer of each. In a transaction.

    Nothing is shown any more once the request is closed. One whose producer has it in hand at this moment is left to
    the next time; the clock asks too.
    """
    request = hold(request_id)
    if request.state not in STILL_SHOWN:
        return
    free = MOST_OFFERS - _shown(request).count()
    waiting = offers_to(request).filter(waiting_since__isnull=False, state__in=OPEN_STATES)
    for key in list(waiting.values_list("pk", flat=True)[: max(0, free)]):
        enquiry = Enquiry.objects.select_for_update(skip_locked=True, of=("self",)).filter(pk=key).first()
        if enquiry is None or enquiry.state not in OPEN_STATES:
            continue
        enquiry.waiting_since = None
        enquiry.save(update_fields=["waiting_since"])
        mails.quotation_received(enquiry, enquiry.quotations.order_by("-version")[0])


def offers_to(request: BuyingRequest) -> QuerySet[Enquiry]:
    """The offers to a request, the best match first, then the earliest; those that wait too."""
    from inquiries.models.match import Match

    product = EnquiryLine.objects.filter(enquiry=OuterRef("pk")).order_by("position").values("product")[:1]
    of_match = Match.objects.filter(request=request, product=OuterRef("offered_product"))
    rows = Enquiry.objects.filter(buying_request=request).annotate(offered_product=Subquery(product))
    return rows.annotate(score=Subquery(of_match.values("score")[:1])).order_by("-score", "sent_at", "pk")


def _shown(request: BuyingRequest) -> QuerySet[Enquiry]:
    """The offers that take a place now."""
    return Enquiry.objects.filter(buying_request=request, waiting_since__isnull=True, state__in=TAKES_A_PLACE)


def _asked(request: BuyingRequest, match: Match) -> dict[str, object]:
    """What the request asks, as a line about the product; the quantity only where both count in one unit."""
    product = match.product
    is_same_unit = product.unit_id == request.unit_id
    return {
        "product": product,
        "title": product.title,
        "unit": product.unit,
        "quantity": request.quantity if is_same_unit else None,
        "target_price": request.target_price if is_same_unit else None,
        "currency": request.currency if is_same_unit and request.target_price else "",
        "incoterm": request.incoterm,
        "place": request.place,
        "destination_port": request.destination_port,
        "certificates": request.certificates,
    }

"""The offers to a buying request as their importer and the staff see them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Prefetch

from catalog.unit_names import per_unit, quantity
from inquiries.match_words import sentences
from inquiries.models import BuyingRequest, Enquiry, Match, Quotation
from inquiries.offers import TAKES_A_PLACE, offers_to
from kit.languages import pick
from kit.money import format_money


@dataclass(frozen=True)
class OfferRow:
    """An offer with the newest version of its quotation, and what spoke for the product."""

    enquiry: Enquiry
    quotation: Quotation | None
    product: str
    price: str
    amount: str
    reasons: list[str]


@dataclass(frozen=True)
class Offers:
    """Those to look at now, and those that are over."""

    now: list[OfferRow]
    over: list[OfferRow]


def offers_seen(request: BuyingRequest) -> Offers:
    """What the importer may see, the best match first. Five queries, however many there are."""
    newest = Quotation.objects.latest_of_each().prefetch_related("lines").select_related("incoterm")
    rows = (
        offers_to(request)
        .filter(waiting_since__isnull=True)
        .select_related("producer")
        .prefetch_related(Prefetch("quotations", newest, to_attr="newest"))
    )
    reasons = {match.product_id: match.reasons for match in Match.objects.filter(request=request, state="offered")}
    told = [_row(enquiry, reasons) for enquiry in rows]
    return Offers(
        [row for row in told if row.enquiry.state in TAKES_A_PLACE],
        [row for row in told if row.enquiry.state not in TAKES_A_PLACE],
    )


def _row(enquiry: Enquiry, reasons: dict[int, list[list[object]]]) -> OfferRow:
    quotation: Quotation | None = next(iter(enquiry.newest), None)  # type: ignore[attr-defined]
    line = next(iter(quotation.lines.all()), None) if quotation else None
    price = amount = product = ""
    if quotation and line:
        price = per_unit(format_money(line.unit_price, quotation.currency), line.unit_id)
        amount, product = quantity(line.quantity, line.unit_id), pick(line.title).text
    offered = enquiry.offered_product  # type: ignore[attr-defined]
    return OfferRow(enquiry, quotation, product, price, amount, sentences(reasons.get(offered, [])))

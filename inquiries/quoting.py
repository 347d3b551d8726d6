"""What a producer's quotation form begins with: the version before, or what the product says and the importer asks."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils import timezone

from catalog.models import PriceOffer, Product
from catalog.offers import is_valid, last_day_allowed
from inquiries.models import Enquiry, EnquiryLine, Quotation

OFTEN_VALID_DAYS = 30


def first_values(enquiry: Enquiry, latest: Quotation | None) -> dict[str, Any]:
    """The head of the form. Nothing is invented: what nobody said stays empty."""
    today = timezone.now().date()
    usual = min(today + datetime.timedelta(days=OFTEN_VALID_DAYS), last_day_allowed(today))
    if latest is not None:
        names = ("incoterm", "place", "currency", "lead_time_days", "payment_terms", "deposit_percent")
        values = {name: getattr(latest, name) for name in names}
        more = {"payment_days": latest.payment_days, "packing_note": latest.packing_note, "note": latest.note}
        return {**values, **more, "valid_until": max(latest.valid_until, usual)}
    lines = list(enquiry.lines.all())
    offers = [offer for line in lines if (offer := offer_for(line)) is not None]
    asked = next((line for line in lines if line.incoterm_id), None)
    first = offers[0] if offers else None
    leads = [line.product.lead_time_days for line in lines if line.product and line.product.lead_time_days]
    return {
        "incoterm": asked.incoterm_id if asked else first.incoterm_id if first else None,
        "place": (asked.place if asked else "") or (first.place if first else ""),
        "currency": first.currency if first else "USD",
        "valid_until": usual,
        "lead_time_days": max(leads, default=None),
    }


def first_lines(enquiry: Enquiry, latest: Quotation | None) -> list[dict[str, Any]]:
    """A row for each product that was asked about, with the price that the catalogue gives for that quantity."""
    quoted = {line.product_id: line for line in latest.lines.all()} if latest is not None else {}
    rows = []
    for line in enquiry.lines.all():
        if line.product_id is None:
            continue
        before, offer = quoted.get(line.product_id), offer_for(line)
        rows.append(
            {
                "product": line.product_id,
                "quantity": before.quantity if before else line.quantity,
                "unit_price": before.unit_price if before else offer.unit_price if offer else None,
            }
        )
    return rows


def offer_for(line: EnquiryLine) -> PriceOffer | None:
    """The product's valid price for the quantity asked: under the wanted rule and currency if it has one."""
    product: Product | None = line.product
    if product is None:
        return None
    valid = [offer for offer in product.offers.all() if is_valid(offer, timezone.now().date())]
    for fits in (
        [offer for offer in valid if _fits(offer, line, rule=True, currency=True)],
        [offer for offer in valid if _fits(offer, line, rule=True, currency=False)],
        valid,
    ):
        if fits:
            return _tier(fits, line.quantity)
    return None


def _fits(offer: PriceOffer, line: EnquiryLine, *, rule: bool, currency: bool) -> bool:
    wanted_rule = not rule or not line.incoterm_id or offer.incoterm_id == line.incoterm_id
    return wanted_rule and (not currency or not line.currency or offer.currency == line.currency)


def _tier(offers: Sequence[PriceOffer], quantity: Decimal | None) -> PriceOffer:
    """The tier that the quantity reaches; below all of them the smallest."""
    smallest = min(offers, key=lambda offer: (offer.from_quantity, offer.pk))
    alike = [
        offer
        for offer in offers
        if (offer.incoterm_id, offer.place, offer.currency) == (smallest.incoterm_id, smallest.place, smallest.currency)
    ]
    reached = [offer for offer in alike if quantity is not None and offer.from_quantity <= quantity]
    return max(reached, key=lambda offer: offer.from_quantity) if reached else smallest

"""What a producer's quotation form begins with: the version before, or what the product says and the importer asks."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils import timezone

from catalog.models import PriceOffer
from catalog.offers import last_day_allowed
from inquiries.asked_facts import own_price
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
    offers = [offer for line in lines if (offer := _offer_for(line)) is not None]
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
        before, offer = quoted.get(line.product_id), _offer_for(line)
        rows.append(
            {
                "product": line.product_id,
                "quantity": before.quantity if before else line.quantity,
                "unit_price": before.unit_price if before else offer.unit_price if offer else None,
            }
        )
    return rows


def _offer_for(line: EnquiryLine) -> PriceOffer | None:
    return own_price(line, line.product.offers.all(), timezone.now().date()) if line.product else None

"""What a producer's quotation form begins with: the version before, or what the product says and the importer asks."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.models import PriceOffer
from catalog.offers import last_day_allowed
from inquiries.asked_facts import own_price
from inquiries.models import Enquiry, EnquiryLine, Quotation

OFTEN_VALID_DAYS = 30


def first_values(enquiry: Enquiry, latest: Quotation | None) -> dict[str, Any]:
    """The head of the form. Nothing is invented: what nobody said stays empty.

    A price of the catalogue holds under its own Incoterm, place and currency: those stand here with it.
    """
    today = timezone.now().date()
    usual = min(today + datetime.timedelta(days=OFTEN_VALID_DAYS), last_day_allowed(today))
    if latest is not None:
        names = ("incoterm", "place", "currency", "lead_time_days", "payment_terms", "deposit_percent")
        values = {name: getattr(latest, name) for name in names}
        more = {"payment_days": latest.payment_days, "packing_note": latest.packing_note, "note": latest.note}
        return {**values, **more, "valid_until": max(latest.valid_until, usual)}
    lines = list(enquiry.lines.all())
    first, asked = _first_offer(lines), _first_asked(lines)
    terms = first or asked
    leads = [line.product.lead_time_days for line in lines if line.product and line.product.lead_time_days]
    return {
        "incoterm": terms.incoterm_id if terms else None,
        "place": terms.place if terms else "",
        "currency": first.currency if first else "USD",
        "valid_until": usual,
        "lead_time_days": max(leads, default=None),
    }


def first_lines(enquiry: Enquiry, latest: Quotation | None) -> list[dict[str, Any]]:
    """A row for each product that was asked about, with the price that the catalogue gives for that quantity.

    A price under other terms than the form begins with stays out: it would be another price under these.
    """
    quoted = {line.product_id: line for line in latest.lines.all()} if latest is not None else {}
    lines, rows = list(enquiry.lines.all()), []
    terms = _terms(latest or _first_offer(lines))
    for line in lines:
        if line.product_id is None:
            continue
        before, offer = quoted.get(line.product_id), _offer_for(line)
        offer = offer if _terms(offer) == terms else None
        rows.append(
            {
                "product": line.product_id,
                "quantity": before.quantity if before else line.quantity,
                "unit_price": before.unit_price if before else offer.unit_price if offer else None,
            }
        )
    return rows


def other_terms(enquiry: Enquiry, latest: Quotation | None) -> str:
    """Says so when the importer asks for another Incoterm than that of the prices in the form; else ""."""
    lines = list(enquiry.lines.all())
    first, asked = _first_offer(lines), _first_asked(lines)
    if latest is not None or first is None or asked is None or asked.incoterm_id == first.incoterm_id:
        return ""
    wishes, own = (f"{terms.incoterm_id} {terms.place}".strip() for terms in (asked, first))
    return _(
        "The importer asks for %(asked)s. The prices here are those of your catalogue, %(own)s: "
        "change the price if you change the Incoterm."
    ) % {"asked": wishes, "own": own}


def _first_offer(lines: Iterable[EnquiryLine]) -> PriceOffer | None:
    return next((offer for line in lines if (offer := _offer_for(line)) is not None), None)


def _first_asked(lines: Iterable[EnquiryLine]) -> EnquiryLine | None:
    return next((line for line in lines if line.incoterm_id), None)


def _terms(offer: PriceOffer | Quotation | None) -> tuple[str | None, str, str] | None:
    return (offer.incoterm_id, offer.place, offer.currency) if offer else None


def _offer_for(line: EnquiryLine) -> PriceOffer | None:
    return own_price(line, line.product.offers.all(), timezone.now().date()) if line.product else None

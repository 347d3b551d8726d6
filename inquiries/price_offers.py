"""Which price of the catalogue holds for an amount that somebody asks about, and how it reads."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.models import PriceOffer
from catalog.offers import is_valid, lowest_valid
from catalog.unit_names import quantity, unit_name
from catalog.vocabulary import vocabulary
from kit.money import format_money


def price_for(
    amount: Decimal | None, offers: Iterable[PriceOffer], today: datetime.date, *, incoterm: object, currency: str = ""
) -> PriceOffer | None:
    """The lowest price that holds today for this amount; None (“on request”) without one, or without an amount.

    Rather under this Incoterm, then in this currency; where none is, under any and in any.
    """
    if amount is None:
        return None
    valid = [offer for offer in offers if is_valid(offer, today) and offer.from_quantity <= amount]
    return lowest_valid(rather(valid, incoterm, currency), today, vocabulary().usd_rates)


def price_to_show(amount: Decimal | None, offers: Iterable[PriceOffer], *, incoterm: object) -> PriceOffer | None:
    """The price that holds today for this amount, else the lowest of today's; None without any."""
    today, known = timezone.now().date(), list(offers)
    holding = price_for(amount, known, today, incoterm=incoterm)
    return holding or lowest_valid(known, today, vocabulary().usd_rates)


def rather(offers: list[PriceOffer], incoterm: object, currency: str) -> list[PriceOffer]:
    """Those under this Incoterm if there are any, of them those in this currency if there are any."""
    found = [offer for offer in offers if offer.incoterm_id == incoterm] or offers
    return [offer for offer in found if offer.currency == currency] or found


def price_words(offer: PriceOffer, unit_id: str | None) -> str:
    """A price with its rule and place: “USD 6.80 / pair, FOB Tanjung Perak, from 300 pairs”."""
    words = {
        "price": format_money(offer.unit_price, offer.currency),
        "unit": unit_name(unit_id),
        "incoterm": offer.incoterm_id,
        "place": offer.place,
        "quantity": quantity(offer.from_quantity, unit_id),
    }
    if not words["unit"]:
        return _("%(price)s, %(incoterm)s %(place)s, from %(quantity)s") % words
    return _("%(price)s / %(unit)s, %(incoterm)s %(place)s, from %(quantity)s") % words

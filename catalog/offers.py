"""Rules of price offers: tiers fall in price or stay, a price holds for at most 180 days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final, Generic, Literal, Protocol, TypeVar

MAX_VALID_DAYS: Final = 180


class Offer(Protocol):
    """What the rules read of a price offer; a draft may still lack its price, quantity or last day."""

    @property
    def incoterm_id(self) -> object: ...
    @property
    def place(self) -> str: ...
    @property
    def currency(self) -> str: ...
    @property
    def unit_price(self) -> Decimal | None: ...
    @property
    def from_quantity(self) -> Decimal | int | None: ...
    @property
    def valid_until(self) -> date | None: ...


AnyOffer = TypeVar("AnyOffer", bound=Offer)


@dataclass(frozen=True)
class BrokenTier(Generic[AnyOffer]):
    """An offer that breaks its row of tiers, and how: dearer than a smaller quantity, or that quantity twice."""

    offer: AnyOffer
    reason: Literal["dearer", "twice"]


def broken_tiers(offers: Iterable[AnyOffer]) -> list[BrokenTier[AnyOffer]]:
    """The offers whose tier does not follow; tiers are those of one rule, named place and currency.

    Places are the same whatever their case and spacing. An offer without a price or a quantity is not judged.
    """
    rows: dict[tuple[object, str, str], list[tuple[Decimal, Decimal, AnyOffer]]] = defaultdict(list)
    for offer in offers:
        if offer.unit_price is not None and offer.from_quantity is not None:
            place = " ".join(offer.place.split()).casefold()
            tier = (Decimal(offer.from_quantity), offer.unit_price, offer)
            rows[offer.incoterm_id, place, offer.currency].append(tier)
    broken = []
    for row in rows.values():
        row.sort(key=lambda tier: tier[0])
        quantity: Decimal | None = None
        lowest: Decimal | None = None
        for from_quantity, price, offer in row:
            if from_quantity == quantity:
                broken.append(BrokenTier(offer, "twice"))
            elif lowest is not None and price > lowest:
                broken.append(BrokenTier(offer, "dearer"))
            quantity = from_quantity
            lowest = price if lowest is None else min(lowest, price)
    return broken


def last_day_allowed(today: date) -> date:
    """The latest day until which a price given today may hold."""
    return today + timedelta(days=MAX_VALID_DAYS)


def is_expired(offer: Offer, on: date) -> bool:
    """Whether the last day of the price is past; on that day it still holds."""
    return offer.valid_until is not None and offer.valid_until < on


def is_valid(offer: Offer, on: date) -> bool:
    """Whether this is a price to show on that day; without a price or a last day it is “on request”."""
    return offer.unit_price is not None and offer.valid_until is not None and not is_expired(offer, on)


def lowest_valid(
    offers: Iterable[AnyOffer], on: date, usd_rates: Mapping[str, Decimal] | None = None
) -> AnyOffer | None:
    """The cheapest price that holds on that day, the smallest quantity first among equals; None without any.

    Currencies are compared in USD by `usd_rates` (USD for one unit of the currency). A price without a rate is not
    compared with another currency's: it counts only when none has a rate, and then within the first one's currency.
    """
    rates = {"USD": Decimal(1), **(usd_rates or {})}
    valid = [offer for offer in offers if is_valid(offer, on)]
    if not valid:
        return None
    if len({offer.currency for offer in valid}) > 1:
        rated = [offer for offer in valid if offer.currency in rates]
        valid = rated or [offer for offer in valid if offer.currency == valid[0].currency]

    def cost(offer: AnyOffer) -> tuple[Decimal, Decimal]:
        return (offer.unit_price or Decimal(0)) * rates.get(offer.currency, Decimal(1)), Decimal(
            offer.from_quantity or 0
        )

    return min(valid, key=cost)

"""Quotations side by side: what one unit costs in one currency, with the rates that were used, their source and day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final, NamedTuple

from django.utils import timezone

from catalog.models import ExchangeRate
from inquiries.models import Quotation, QuotationLine
from kit.languages import pick
from kit.money import minor_digits

MOST_PLACES: Final = 4


class Rate(NamedTuple):
    """US dollars for one unit of a currency: what a price was multiplied or divided by."""

    currency: str
    usd: Decimal
    row: ExchangeRate | None


@dataclass(frozen=True)
class Offered:
    """A line as it is compared. `price` is per unit in the chosen currency; None without a rate for its own."""

    quotation: Quotation
    line: QuotationLine
    price: Decimal | None
    is_lowest: bool = False


@dataclass(frozen=True)
class Group:
    """Lines that answer the same wish: one commodity in one unit, the lowest price first."""

    title: str
    unit_id: str | None
    offers: Sequence[Offered]


@dataclass(frozen=True)
class Comparison:
    """All groups, and the rates that were used. `missing`: currencies without a rate, which are not compared."""

    currency: str
    groups: Sequence[Group]
    rates: Sequence[Rate]
    missing: Sequence[str]


def compare(quotations: Iterable[Quotation], currency: str) -> Comparison:
    """Compare the lines of these quotations (read by `for_showing`) per unit in `currency`. One query.

    Prices of different Incoterms stand side by side, each named: the carriage between them is not reckoned.
    """
    lines = [(quotation, line) for quotation in quotations for line in quotation.lines.all()]
    used = sorted({quotation.currency for quotation, _line in lines} | {currency})
    rates = _rates(used)
    groups: dict[tuple[object, str | None], list[Offered]] = {}
    for quotation, line in lines:
        commodity = line.product.commodity_id if line.product else None
        price = _converted(line.unit_price, rates.get(quotation.currency), rates.get(currency))
        key = (commodity or pick(line.title).text, line.unit_id)
        groups.setdefault(key, []).append(Offered(quotation, line, price))
    shown = [] if used == [currency] else [rates[code] for code in used if code in rates and code != "USD"]
    return Comparison(
        currency,
        [_group(unit, offers) for (_what, unit), offers in groups.items()],
        shown,
        [code for code in used if code not in rates],
    )


def _rates(currencies: Sequence[str]) -> dict[str, Rate]:
    rows = ExchangeRate.newest_rows(timezone.now().date()).filter(currency__in=currencies)
    return {"USD": Rate("USD", Decimal(1), None), **{row.currency: Rate(row.currency, row.usd, row) for row in rows}}


def _converted(price: Decimal, own: Rate | None, wanted: Rate | None) -> Decimal | None:
    if own is None or wanted is None:
        return None
    return price if own.currency == wanted.currency else _rounded(price * own.usd / wanted.usd, wanted.currency)


def _rounded(price: Decimal, currency: str) -> Decimal:
    """In whole coins, finer only where a price has fewer than three digits: a rate promises no more."""
    places = min(max(minor_digits(currency), 2 - price.adjusted()), MOST_PLACES)
    return price.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def _group(unit_id: str | None, offers: list[Offered]) -> Group:
    ordered = sorted(offers, key=lambda offer: (offer.price is None, offer.price or 0, offer.line.pk))
    lowest = ordered[0].price if len(ordered) > 1 else None
    marked = [
        Offered(offer.quotation, offer.line, offer.price, is_lowest=lowest is not None and offer.price == lowest)
        for offer in ordered
    ]
    product = ordered[0].line.product
    commodity = product.commodity if product else None
    return Group(pick(commodity.name).text if commodity else pick(ordered[0].line.title).text, unit_id, marked)

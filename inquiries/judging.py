"""How far one product answers a buying request: what speaks for it, what is missing, and a score of 0 to 100.

Every finding is a code with its parameters, put into words for each reader by inquiries/match_words.py. The score is
the sum of the points below, so that it can be explained; what is not known gives no points and is said to be missing.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, Final, NamedTuple

from catalog.models import PriceOffer, Product
from catalog.offers import lowest_valid
from inquiries.models import BuyingRequest
from inquiries.models.buying_request_state import Frequency

POINTS: Final[Mapping[str, int]] = {
    "commodity": 40,
    "hs6": 32,
    "hs4": 22,
    "words": 14,
    "hs2": 8,
    "category": 8,
    "capacity": 15,
    "certificate": 10,  # shared out among those that are wanted
    "listed": 10,
    "asks": 6,
    "lead": 10,
    "price": 15,
    "moq_above": -10,
}
MONTHS_A_YEAR: Final = 12
DAYS_A_MONTH: Final = 30

Code = tuple[str, dict[str, Any]]


class Candidate(NamedTuple):
    """A public product with what is read beside it. `certificates`: codes of those that are valid for it today."""

    product: Product
    offers: list[PriceOffer]
    certificates: frozenset[str]
    is_listed: bool
    is_found_by_words: bool


class Judged(NamedTuple):
    """A product as it answers the request."""

    product: Product
    score: int
    reasons: list[Code]
    lacking: list[Code]


class Finding(NamedTuple):
    """One thing that was looked at; `speaks_for` it, or it is missing."""

    code: str
    params: dict[str, Any]
    points: int = 0
    speaks_for: bool = True


def judge(
    request: BuyingRequest, candidate: Candidate, *, today: datetime.date, rates: Mapping[str, Decimal]
) -> Judged | None:
    """The product against the request; None when nothing says that it is the same kind of goods. No query.

    `rates`: US dollars for one unit of each currency.
    """
    kind = _kind(request, candidate)
    if kind is None:
        return None
    found = [
        kind,
        *_amounts(request, candidate.product, today),
        *_certificates(request, candidate),
        _market(request, candidate),
        _lead_time(request, candidate.product, today),
        *_price(request, candidate, today, rates),
    ]
    score = sum(one.points for one in found)
    return Judged(
        candidate.product,
        max(0, min(100, score)),
        [(one.code, one.params) for one in found if one.speaks_for],
        [(one.code, one.params) for one in found if not one.speaks_for],
    )


def _lacks(code: str, **params: Any) -> Finding:
    return Finding(code, params, POINTS.get(code, 0), speaks_for=False)


def _kind(request: BuyingRequest, candidate: Candidate) -> Finding | None:
    """The strongest that says it is what was asked for."""
    product, wanted = candidate.product, request.hs_prefix
    own = product.hs6_id or ""
    if request.commodity_id and product.commodity_id == request.commodity_id:
        return Finding("commodity", {"commodity": request.commodity_id}, POINTS["commodity"])
    for digits in (6, 4):
        if len(wanted) >= digits and own[:digits] == wanted[:digits]:
            return Finding(f"hs{digits}", {"hs": wanted[:digits]}, POINTS[f"hs{digits}"])
    if candidate.is_found_by_words:
        return Finding("words", {"words": request.title}, POINTS["words"])
    if len(wanted) == 2 and own[:2] == wanted:
        return Finding("hs2", {"hs": wanted}, POINTS["hs2"])
    category = product.category
    if request.category_id and category and request.category_id in (category.pk, category.parent_id):
        return Finding("category", {"category": request.category_id}, POINTS["category"])
    return None


def _amounts(request: BuyingRequest, product: Product, today: datetime.date) -> Iterator[Finding]:
    """Capacity and minimum order against the quantity, when both are in one unit."""
    if product.unit_id != request.unit_id:
        yield _lacks("unit_differs", unit=product.unit_id or "", wanted=request.unit_id)
        return
    said = {"quantity": str(request.quantity), "unit": request.unit_id}
    if product.moq is not None and product.moq > request.quantity:
        yield _lacks("moq_above", moq=str(product.moq), **said)
    capacity = product.capacity_per_month
    if capacity is None:
        yield _lacks("capacity_unknown")
        return
    months = max(1, (request.deadline - today).days // DAYS_A_MONTH)
    rounds = {Frequency.ONCE: months, Frequency.MONTH: 1, Frequency.YEAR: MONTHS_A_YEAR}[Frequency(request.frequency)]
    made = {"capacity": str(capacity), **said}
    if capacity * rounds >= request.quantity:
        yield Finding("capacity", made, POINTS["capacity"])
    else:
        yield _lacks("capacity_below", **made)


def _certificates(request: BuyingRequest, candidate: Candidate) -> Iterator[Finding]:
    wanted = list(dict.fromkeys(request.certificates))
    for place, code in enumerate(wanted):
        share = POINTS["certificate"] * (place + 1) // len(wanted) - POINTS["certificate"] * place // len(wanted)
        if code in candidate.certificates:
            yield Finding("certificate", {"certificate": code}, share)
        else:
            yield _lacks("certificate_missing", certificate=code)


def _market(request: BuyingRequest, candidate: Candidate) -> Finding:
    said = {"country": request.country}
    if candidate.is_listed:
        return Finding("listed", said, POINTS["listed"])
    if request.country in candidate.product.target_markets:
        return Finding("asks", said, POINTS["asks"])
    return _lacks("market_not_asked", **said)


def _lead_time(request: BuyingRequest, product: Product, today: datetime.date) -> Finding:
    days = product.lead_time_days
    if days is None:
        return _lacks("lead_unknown")
    said: dict[str, Any] = {"days": days, "deadline": request.deadline.isoformat()}
    if today + datetime.timedelta(days=days) <= request.deadline:
        return Finding("lead", said, POINTS["lead"])
    return _lacks("lead_late", **said)


def _price(
    request: BuyingRequest, candidate: Candidate, today: datetime.date, rates: Mapping[str, Decimal]
) -> Iterator[Finding]:
    """The lowest price that holds against the target, when there is one; silent about prices in another unit."""
    if request.target_price is None or candidate.product.unit_id != request.unit_id:
        return
    offer = lowest_valid(candidate.offers, today, rates)
    if offer is None:
        yield _lacks("price_unknown")
        return
    said = {
        "price": str(offer.unit_price),
        "currency": offer.currency,
        "incoterm": offer.incoterm_id,
        "target": str(request.target_price),
        "target_currency": request.currency,
    }
    known = {"USD": Decimal(1), **rates}
    is_same = offer.currency == request.currency
    if not is_same and not {offer.currency, request.currency} <= set(known):
        yield _lacks("price_unrated", **said)
        return
    price, target = (
        (offer.unit_price, request.target_price)
        if is_same
        else (offer.unit_price * known[offer.currency], request.target_price * known[request.currency])
    )
    yield Finding("price", said, POINTS["price"]) if price <= target else _lacks("price_above", **said)

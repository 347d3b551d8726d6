"""What a list is narrowed to, and the conditions on search rows that this means, facet by facet."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Final, NamedTuple

from catalog import facets
from catalog.search_query import Query

BOUNDS: Final[Mapping[str, tuple[int, tuple[int, ...]]]] = {
    "price": (facets.PRICE, facets.PRICE_BOUNDS),
    "moq": (facets.MOQ, facets.MOQ_BOUNDS),
    "lead": (facets.LEAD, facets.LEAD_BOUNDS),
}
FACETS: Final[Mapping[str, int]] = {
    "category": facets.CATEGORY,
    "hs": facets.HS,
    "certificate": facets.CERTIFICATE,
    "market": facets.MARKET,
    "incoterm": facets.INCOTERM,
    "province": facets.PROVINCE,
    "price": facets.PRICE,
    "moq": facets.MOQ,
    "lead": facets.LEAD,
    "business": facets.BUSINESS,
}
"""The ten facets by the name of their filter."""


class Condition(NamedTuple):
    """SQL on product_search, with its parameters."""

    sql: str
    params: tuple[Any, ...]


@dataclass(frozen=True)
class Filters:
    """What a list is narrowed to. Values of one field are alternatives; fields narrow each other.

    `price_max` is in USD at the rates kept by staff, `lead_max` in days, `moq_max` in the product's own unit; the
    bands of each are the names that `facets.bands` gives them. `published_after` is no facet: no address says it.
    """

    categories: tuple[int, ...] = ()
    hs: tuple[str, ...] = ()
    markets: tuple[str, ...] = ()
    certificates: tuple[str, ...] = ()
    incoterms: tuple[str, ...] = ()
    provinces: tuple[str, ...] = ()
    prices: tuple[str, ...] = ()
    moqs: tuple[str, ...] = ()
    leads: tuple[str, ...] = ()
    business_models: tuple[str, ...] = ()
    moq_max: Decimal | None = None
    price_max: Decimal | None = None
    lead_max: int | None = None
    published_after: datetime.datetime | None = None

    def codes(self) -> dict[str, list[int]]:
        """The facet codes that are chosen, by facet; facets without a choice are left out."""
        chosen = {
            "category": [facets.category(pk) for pk in self.categories],
            "hs": [facets.hs(digits) for digits in self.hs],
            "certificate": [facets.certificate(code) for code in self.certificates],
            "market": [facets.market(iso2) for iso2 in self.markets],
            "incoterm": [facets.incoterm(code) for code in self.incoterms],
            "province": [facets.province(code) for code in self.provinces],
            "price": _of_bands("price", self.prices),
            "moq": _of_bands("moq", self.moqs),
            "lead": _of_bands("lead", self.leads),
            "business": [facets.business(model) for model in self.business_models],
        }
        return {name: codes for name, codes in chosen.items() if codes}

    def conditions(self, today: datetime.date) -> dict[str, list[Condition]]:
        """The conditions by facet. An exact bound is said twice: by its buckets, for the index, and as it is."""
        found = {name: [_overlap(codes)] for name, codes in self.codes().items()}
        for name, bound in (("price", self.price_max), ("moq", self.moq_max), ("lead", self.lead_max)):
            if bound is not None:
                found.setdefault(name, []).extend(_at_most(name, Decimal(bound), today))
        if self.published_after is not None:
            found["published"] = [Condition("published_at > %s", (self.published_after,))]
        return found

    def without(self, facet: str) -> Filters:
        """The same without what is chosen in a facet."""
        nothing = Filters()
        dropped: dict[str, Any] = {name: getattr(nothing, name) for name in _FIELDS[facet]}
        return replace(self, **dropped)

    def prices_between(self) -> list[Condition]:
        """The lowest and the highest price that may match, for a walk along the index of prices."""
        bounds = (0, *facets.PRICE_BOUNDS, None)
        bands = sorted(code - facets.code(facets.PRICE, 0) for code in _of_bands("price", self.prices))
        lowest, above = (bounds[bands[0]], bounds[bands[-1] + 1]) if bands else (None, None)
        said = [("price_usd >= %s", lowest), ("price_usd < %s", above), ("price_usd <= %s", self.price_max)]
        return [Condition(sql, (bound,)) for sql, bound in said if bound is not None]

    def only_category(self) -> int | None:
        """The category when one is chosen and nothing else."""
        return self.categories[0] if len(self.categories) == 1 and self == Filters(self.categories) else None


_FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "category": ("categories",),
    "hs": ("hs",),
    "certificate": ("certificates",),
    "market": ("markets",),
    "incoterm": ("incoterms",),
    "province": ("provinces",),
    "price": ("prices", "price_max"),
    "moq": ("moqs", "moq_max"),
    "lead": ("leads", "lead_max"),
    "business": ("business_models",),
}


def priced(today: datetime.date) -> Condition:
    """Products with a price in USD that holds."""
    return Condition("price_usd IS NOT NULL AND price_until >= %s", (today,))


def text_condition(asked: Query) -> Condition:
    """Documents that the query matches."""
    return Condition(f"document @@ {asked.sql}", asked.params)


def both(conditions: Iterator[Condition] | list[Condition]) -> Condition:
    """All of these, for a WHERE; TRUE without any: an empty facet condition would read a whole index."""
    conditions = list(conditions)
    sql = " AND ".join(condition.sql for condition in conditions) or "TRUE"
    return Condition(sql, tuple(value for condition in conditions for value in condition.params))


def _overlap(codes: list[int]) -> Condition:
    return Condition("facets && %s::int[]", (codes,))


def _of_bands(name: str, chosen: tuple[str, ...]) -> list[int]:
    facet, bounds = BOUNDS[name]
    numbers = facets.bands(bounds)
    return [facets.code(facet, numbers[band]) for band in chosen]


def _at_most(name: str, bound: Decimal, today: datetime.date) -> Iterator[Condition]:
    facet, bounds = BOUNDS[name]
    yield _overlap(list(range(facets.code(facet, 0), facets.bucket(facet, bound, bounds) + 1)))
    column = {"price": "price_usd", "moq": "moq", "lead": "lead_time_days"}[name]
    yield Condition(f"({column} <= %s) IS TRUE", (bound,))  # not for the index of prices, which would be read whole
    if name == "price":
        yield Condition("price_until >= %s", (today,))

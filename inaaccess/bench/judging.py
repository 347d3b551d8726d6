"""How good the answers are: judged queries (catalog/reference/judged_queries.csv) asked of the products at hand.

Each line of the file is a query with what it should find: `best` is worth 3, `good` 2, `fair` 1. A product is named by
its slug without the number at its end, `@slug` stands for every public product of that commodity. Lines whose `among`
is `commodities` are asked of the picker of commodities instead.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import fsum, log2
from pathlib import Path
from statistics import fmean
from typing import Final

from django.conf import settings

from catalog.commodities import find_commodities
from catalog.models import Commodity, ProductSearch
from catalog.search import find

JUDGED: Final = "catalog/reference/judged_queries.csv"
LOOKED_AT: Final = 10
GRADES: Final = {"best": 3, "good": 2, "fair": 1}
LEAST_OVERALL: Final = 0.95
LEAST_IN_A_LANGUAGE: Final = 0.95
LANGUAGES: Final = ("id", "en", "es", "pt")


class UnknownName(Exception):
    """A judged query names a product or a commodity that is not there."""


@dataclass(frozen=True)
class Judged:
    """A query with the grades of what it should find. `kind` is plain, regional, typo, cross, name or hs.

    `cross`: the product has no text in the language of the query; all of the best must be among the first ten.
    """

    query: str
    language: str
    kind: str
    among: str
    grades: Mapping[str, int]

    @property
    def best(self) -> list[str]:
        """What must be found."""
        return [name for name, grade in self.grades.items() if grade == GRADES["best"]]


@dataclass(frozen=True)
class Verdict:
    """What a judged query found, and how good that is: 1 is ideal, 0 useless."""

    judged: Judged
    found: Sequence[str]
    ndcg: float

    @property
    def misses(self) -> list[str]:
        """The best that were not found, as far as ten places can hold them."""
        missing = [name for name in self.judged.best if name not in self.found]
        return missing if len(self.judged.best) <= LOOKED_AT else []


def judged_queries() -> list[Judged]:
    """The file, its names resolved. Raises UnknownName."""
    products, commodities = _products(), set(Commodity.objects.values_list("slug", flat=True))
    with (Path(settings.BASE_DIR) / JUDGED).open(encoding="utf-8", newline="") as file:
        return [_judged(row, products, commodities) for row in csv.DictReader(file)]


def judge(queries: Iterable[Judged]) -> list[Verdict]:
    """Ask every query."""
    ask: dict[str, Callable[[str], list[str]]] = {"products": _find_products, "commodities": _find_commodities}
    verdicts = []
    for judged in queries:
        found = ask[judged.among](judged.query)
        verdicts.append(Verdict(judged, found, ndcg([judged.grades.get(name, 0) for name in found], judged.grades)))
    return verdicts


def ndcg(found: Sequence[int], grades: Mapping[str, int]) -> float:
    """The normalised discounted cumulative gain of the first ten, a gain being 2^grade − 1."""
    ideal = _gain(sorted(grades.values(), reverse=True))
    return _gain(found) / ideal if ideal else 1.0


def means(verdicts: Iterable[Verdict]) -> dict[str, float]:
    """nDCG@10 on average: overall, of each language, and of each kind (`kind:typo`)."""
    groups: dict[str, list[float]] = defaultdict(list)
    for verdict in verdicts:
        for name in ("overall", verdict.judged.language, f"kind:{verdict.judged.kind}"):
            groups[name].append(verdict.ndcg)
    return {name: fmean(values) for name, values in groups.items()}


def _judged(row: Mapping[str, str], products: Mapping[str, list[str]], commodities: set[str]) -> Judged:
    grades: dict[str, int] = {}
    for column, grade in GRADES.items():
        for name in filter(None, map(str.strip, row[column].split(";"))):
            for one in _resolved(name, row["among"], products, commodities):
                grades.setdefault(one, grade)
    return Judged(row["query"], row["language"], row["kind"], row["among"], grades)


def _resolved(name: str, among: str, products: Mapping[str, list[str]], commodities: set[str]) -> Iterator[str]:
    if among == "commodities" and name in commodities:
        yield name
    elif among == "products" and name in products:
        yield from products[name]
    else:
        raise UnknownName(f"{JUDGED}: {name!r} is not among the {among}.")


def _products() -> dict[str, list[str]]:
    """The public products by their names in the file: each by its own, those of a commodity by `@slug`."""
    names: dict[str, list[str]] = defaultdict(list)
    for row in ProductSearch.objects.select_related("product__commodity").order_by("pk"):
        name, commodity = _name(row.product.slug or ""), row.product.commodity
        names[name].append(name)
        if commodity is not None:
            names[f"@{commodity.slug}"].append(name)
    return names


def _name(slug: str) -> str:
    return re.sub(r"-\d+$", "", slug)


def _find_products(query: str) -> list[str]:
    return [_name(product.slug) for product in find(query, size=LOOKED_AT).products]


def _find_commodities(query: str) -> list[str]:
    return [found.commodity.slug for found in find_commodities(query, LOOKED_AT)]


def _gain(grades: Sequence[int]) -> float:
    return fsum((2.0**grade - 1) / log2(place + 2) for place, grade in enumerate(grades[:LOOKED_AT]))

"""The single steps of a search, each measured apart: its window, its counts, pages, a correction, one row's write.

A whole search is the sum of some of them; these say which one to look at when the whole grows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from math import fsum
from random import Random
from typing import Final

from django.core.cache import cache
from django.utils import timezone

from catalog import facet_counts, text_window
from catalog.corrections import correct
from catalog.models import MarketRank, ProductSearch
from catalog.narrowing import Filters, both, text_condition
from catalog.search import ORDERS, Sort, find
from catalog.search_query import parse
from catalog.suggestions import suggest
from catalog.vocabulary import vocabulary
from inaaccess.bench import search_costs
from inaaccess.bench.running import percentile
from inaaccess.bench.search_mix import Mix, Search
from inaaccess.bench.searching import EXPLAINED, pages_of, statements_of

DRAWN: Final = 300
FEWER: Final = 60
DEPTHS: Final = (100_000, 900_000)
AFTER_A_CORRECTION: Final = 10.0


@dataclass(frozen=True)
class Limit:
    """What is wanted of a step: milliseconds at p95 and at worst, and p95 in lookups of one row."""

    p95: float
    worst: float | None = None
    lookups: float | None = None


MOST: Final[dict[int, dict[str, Limit]]] = {
    100_000: {"text_window": Limit(15), "counts": Limit(40)},
    1_000_000: {
        "text_window": Limit(50, lookups=1_200),
        "counts": Limit(100, worst=150, lookups=2_400),
        "browse_page": Limit(5, lookups=100),
        "market_page": Limit(10),
        "correction": Limit(20),
        "suggestion": Limit(20),
        "reindex": Limit(10),
        **{f"page_at_{depth}": Limit(5, lookups=100) for depth in DEPTHS},
    },
}
"""By the rows of the catalogue. What finds nothing has a limit of its own: ten beyond its correction."""


@dataclass(frozen=True)
class Step:
    """A step of a search: milliseconds of database time, and the pages of 8 kB that it reads, the median of some."""

    name: str
    times: Sequence[float]
    pages: float

    @property
    def p95(self) -> float:
        """What 95 in a hundred keep."""
        return percentile(self.times, 0.95)


def measure(mix: Mix, draw: Random) -> list[Step]:
    """Every step, in the present database."""
    drawn = mix.searches(DRAWN)
    worded = [one for one in drawn if one.query and one.kind not in ("nothing", "typo")]
    asked = [*worded, *(one for one in drawn if not one.query)]
    categories = [Filters(categories=(draw.choice(mix.categories),)) for _number in range(FEWER)]
    markets = sorted(set(MarketRank.objects.values_list("market_code", flat=True).distinct()))
    in_markets = [Filters(markets=(draw.choice(markets),)) for _number in range(FEWER if markets else 0)]
    steps = [
        _step("text_window", (partial(_window, one) for one in worded)),
        _step("counts", (partial(_counts, one) for one in asked)),
        _step("browse_page", (partial(_page, filters) for filters in [Filters(), *categories])),
        _step("market_page", (partial(_page, filters) for filters in in_markets)),
        *(_step(f"page_at_{depth}", (partial(_page, Filters(), after) for after in _positions(depth)))
          for depth in DEPTHS if depth < ProductSearch.objects.count()),
        _step("correction", (partial(correct, one.query) for one in drawn if one.kind == "typo")),
        _step("zero_result", (partial(find, mix.nothing().query) for _number in range(FEWER))),
        _step("suggestion", (partial(suggest, text) for text in mix.beginnings(2 * FEWER))),
        Step("reindex", search_costs.writes(draw), 0),
    ]  # fmt: skip
    return [one for one in steps if one.times]


def limits(rows: int, steps: Sequence[Step]) -> dict[str, Limit]:
    """What is wanted of each step of a catalogue of so many rows."""
    correction = next((one for one in steps if one.name == "correction"), None)
    more = {"zero_result": Limit(AFTER_A_CORRECTION + correction.p95)} if correction and rows in MOST else {}
    return {**MOST.get(rows, {}), **more}


def _step(name: str, calls: Iterable[Callable[[], object]]) -> Step:
    times: list[float] = []
    pages: list[int] = []
    for call in calls:
        cache.clear()
        seen = statements_of(call)
        times.append(fsum(one.ms for one in seen))
        if len(pages) < EXPLAINED:
            pages.append(sum(pages_of(one) for one in seen))
    return Step(name, times, sorted(pages)[len(pages) // 2] if pages else 0)


def _window(search: Search) -> None:
    if (asked := parse(search.query)) is not None:
        narrowed = [one for these in search.filters.conditions(timezone.now().date()).values() for one in these]
        text_window.matches(asked, both(narrowed), vocabulary().tiers)


def _counts(search: Search) -> None:
    asked = parse(search.query)
    text = [text_condition(asked)] if asked else []
    facet_counts.count(search.filters, text, timezone.now().date(), only_priced=search.sort == Sort.PRICE)


def _page(filters: Filters, after: str | None = None) -> None:
    find("", filters, after, count=False)


def _positions(depth: int) -> Iterator[str]:
    """Positions from so many rows down."""
    order = ORDERS[Sort.RELEVANCE]
    rows = ProductSearch.objects.order_by(*(column.by() for column in order.columns))
    return (order.position(row) for row in rows.only("quality")[depth : depth + FEWER])

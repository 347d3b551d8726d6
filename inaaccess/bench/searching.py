"""Times searches: the database time of the whole search, and the work that PostgreSQL does for it.

A search is all that a list page asks before it is drawn: correction, window, counts of all facets, the rows of the
page. Its database time is the sum of its statements, each from asking to the last row received. Between any two
searches one row is looked up by its primary key: the ratio to that is steadier than milliseconds on a busy machine.
"""

from __future__ import annotations

import json
import re
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import fsum
from random import Random
from typing import Any, Final

from django.core.cache import cache
from django.db import connection, transaction

from catalog.models import ProductSearch
from catalog.search import ORDERS, Sort, find
from catalog.suggestions import suggest
from inaaccess.bench.search_mix import Search
from kit.limited_reads import LIMIT

LOOKUP: Final = "SELECT quality FROM product_search WHERE product_id = %s"
EXPLAINED: Final = 12  # searches of a class whose buffers are counted
DEPTH: Final = 0.9
SETTINGS: Final = re.compile(r"((?:\s*SET LOCAL [^;]+;)*)(.*)", re.S)


@dataclass(frozen=True)
class Statement:
    """One statement that ran, in milliseconds."""

    sql: str
    params: Any
    ms: float


@dataclass(frozen=True)
class Timed:
    """A search and what the database did for it."""

    search: Search
    statements: Sequence[Statement]

    @property
    def ms(self) -> float:
        """The database time of the whole search."""
        return fsum(one.ms for one in self.statements)


@dataclass(frozen=True)
class Measured:
    """All times of a run, in milliseconds; `buffers` are pages of 8 kB, the median of some searches of each class."""

    searches: Sequence[Timed]
    lookups: Sequence[float]
    buffers: dict[str, float]


def measure(searches: Sequence[Search], draw: Random) -> Measured:
    """Run every search once, after a tenth of them to warm up."""
    for search in searches[:: max(1, len(searches) // 100)]:
        run(search)
    last = ProductSearch.objects.order_by("-pk").values_list("pk", flat=True)[0]
    timed: list[Timed] = []
    lookups: list[float] = []
    for search in searches:
        timed.append(Timed(search, run(search)))
        lookups.append(_lookup(draw.randint(1, last)))
    return Measured(timed, lookups, _buffers(timed))


def run(search: Search) -> list[Statement]:
    """The statements of one search that nobody asked before."""
    cache.clear()
    return statements_of(lambda: find(search.query, search.filters, sort=search.sort))


def time_suggestions(beginnings: Iterable[str]) -> list[float]:
    """The database time of suggestions for each of these, in milliseconds."""
    times: list[float] = []
    for text in beginnings:
        cache.clear()
        times.append(fsum(one.ms for one in statements_of(lambda text=text: suggest(text))))  # type: ignore[misc]
    return times


def time_pages(count: int) -> tuple[list[float], list[float]]:
    """The database time of first pages, and of pages far down, without their counts."""
    order = ORDERS[Sort.RELEVANCE]
    rows = ProductSearch.objects.order_by(*(column.by() for column in order.columns))
    deep = [order.position(row) for row in rows.only("quality")[int(rows.count() * DEPTH) :][:count]]
    first: list[float] = []
    far: list[float] = []
    for after in deep:
        for times, position in ((first, None), (far, after)):
            cache.clear()
            asked = statements_of(lambda position=position: find("", after=position, count=False))  # type: ignore[misc]
            times.append(fsum(one.ms for one in asked))
    return first, far


def explain(statement: Statement) -> str:
    """How PostgreSQL runs it, with the settings that stand before it."""
    settings, query = SETTINGS.match(statement.sql).groups()  # type: ignore[union-attr]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"{settings} EXPLAIN (ANALYZE, BUFFERS) {query}", statement.params)
        return "\n".join(line for (line,) in cursor.fetchall())


def statements_of(ask: Callable[[], object]) -> list[Statement]:
    """What the database is asked by this call, with the time of each statement."""
    seen: list[Statement] = []

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        began = time.perf_counter()
        answer = execute(sql, params, many, context)
        seen.append(Statement(sql.removeprefix(LIMIT), params, (time.perf_counter() - began) * 1000))
        return answer

    with connection.execute_wrapper(note):
        ask()
    return seen


def _lookup(pk: int) -> float:
    (statement,) = statements_of(lambda: _execute(LOOKUP, [pk]))
    return statement.ms


def _execute(sql: str, params: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)


def _buffers(timed: Iterable[Timed]) -> dict[str, float]:
    counted: dict[str, list[int]] = defaultdict(list)
    for one in timed:
        if len(counted[one.search.kind]) < EXPLAINED:
            counted[one.search.kind].append(sum(pages_of(statement) for statement in one.statements))
    return {kind: sorted(pages)[len(pages) // 2] for kind, pages in counted.items()}


def pages_of(statement: Statement) -> int:
    """How many pages of 8 kB a SELECT reads; 0 for anything else."""
    settings, query = SETTINGS.match(statement.sql).groups()  # type: ignore[union-attr]
    if not query.lstrip().upper().startswith(("SELECT", "WITH")):
        return 0
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"{settings} EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {query}", statement.params)
        (answer,) = cursor.fetchone() or ("[]",)
    plan = (json.loads(answer) if isinstance(answer, str) else answer)[0]["Plan"]
    return int(plan["Shared Hit Blocks"] + plan["Shared Read Blocks"])

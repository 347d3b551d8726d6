"""How many products each value of a facet would show: exact up to 5,000 matches, then estimated from a fixed sample.

The counts of a facet ignore what is chosen in it, so each facet with a choice is counted apart. Where no text and at
most a category is left, a large catalogue tells what the clock counted for everybody some minutes ago.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from django.db import connection, transaction

from catalog import facets
from catalog.narrowing import FACETS, Condition, Filters, both, priced
from catalog.vocabulary import vocabulary
from kit.limited_reads import rows_of

ANY: Final = 0
"""The code that stands for every product of a count."""
FEWEST_SAMPLED: Final = 10
SAMPLES: Final = ((64, "sample = 0", 50_000), (8, "sample < 8", 5_000))  # one in how many, which rows, above how many
SURELY_FEW: Final = 1_000
"""Where a sample tells no more than this, all are counted, and no larger sample before."""


class Count(NamedTuple):
    """How many products; `approximate` when estimated: then to two digits."""

    n: int
    approximate: bool = False


@dataclass
class Tally:
    """The counts of one run, by facet code. `share`: one in how many rows was looked at; 1 is exact."""

    codes: dict[int, int] = field(default_factory=dict)
    share: int = 1

    @property
    def total(self) -> Count:
        """How many products match."""
        return _count(self.codes.get(ANY, 0), self.share)

    def of(self, code: int) -> Count | None:
        """How many of them carry a code; None when the sample holds too few to tell."""
        counted = self.codes.get(code, 0)
        return None if self.share > 1 and counted < FEWEST_SAMPLED else _count(counted, self.share)


@dataclass
class Counts:
    """The counts of a list. `without` holds a tally for each facet with a choice: as if it had none."""

    chosen: Tally
    without: dict[str, Tally] = field(default_factory=dict)
    counted_at: datetime.datetime | None = None

    def of(self, facet: str, code: int) -> Count | None:
        """How many products a value would show, its own facet's choices aside; None when that cannot be told."""
        return self.without.get(facet, self.chosen).of(code)


def count(filters: Filters, text: list[Condition], today: datetime.date, *, only_priced: bool = False) -> Counts:
    """Count all facets of a list. `only_priced`: of products with a price that holds. Raises TooSlow."""
    is_small = vocabulary().tiers == 1

    def counted(these: Filters, facet: str | None = None) -> tuple[Tally, datetime.datetime | None]:
        if not text and not is_small and (kept := _kept_counts(these, only_priced=only_priced)) is not None:
            return kept
        narrowed = [one for some in these.conditions(today).values() for one in some]
        where = both([*text, *narrowed, *([priced(today)] if only_priced else [])])
        return _tally(where, FACETS[facet] if facet else None, is_small=is_small), None

    chosen, counted_at = counted(filters)
    counts = Counts(chosen, counted_at=counted_at)
    for facet in filters.conditions(today):
        counts.without[facet], kept_at = counted(filters.without(facet), facet)
        counts.counted_at = counts.counted_at or kept_at
    return counts


def estimate(where: Condition) -> int:
    """About how many rows match, from one in 64; 0 means few. Raises TooSlow."""
    ((counted,),) = rows_of(f"SELECT count(*) FROM product_search WHERE {where.sql} AND sample = 0", where.params)  # noqa: S608
    return 64 * int(counted)


def refresh_browse_counts() -> None:
    """Count the facets of every category and of all products anew; the clock calls it. Safe to run twice."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('browse_counts'))")
        cursor.execute("DELETE FROM browse_counts")
        cursor.execute(_COUNT_ALL)


_COUNTED: Final = f"v NOT BETWEEN {facets.HEADINGS[0]} AND {facets.HEADINGS[1]}"
_COUNT_ALL: Final = f"""
WITH shelves AS MATERIALIZED (
    SELECT category, top_category, is_priced, v, count(*) AS n FROM (
        SELECT category, top_category, unnest(facets || {ANY}) v,
            price_usd IS NOT NULL AND price_until >= (now() AT TIME ZONE 'UTC')::date AS is_priced
        FROM product_search) apart
    WHERE {_COUNTED} GROUP BY 1, 2, 3, 4)
INSERT INTO browse_counts (category, code, is_priced, n, counted_at)
SELECT shelf, v, only_priced, sum(n), statement_timestamp() FROM shelves,
    unnest(CASE WHEN category = top_category THEN ARRAY[0, category] ELSE ARRAY[0, category, top_category] END) shelf,
    unnest(CASE WHEN is_priced THEN ARRAY[false, true] ELSE ARRAY[false] END) only_priced
GROUP BY 1, 2, 3
"""  # noqa: S608


def _tally(where: Condition, facet: int | None = None, *, is_small: bool) -> Tally:
    for share, rows, more_than in () if is_small else SAMPLES:
        codes = _counted(where, facet, rows)
        total = share * codes.get(ANY, 0)
        if total > more_than:
            return Tally(codes, share)
        if total <= SURELY_FEW:
            break
    return Tally(_counted(where, facet, ""))


def _counted(where: Condition, facet: int | None, rows: str) -> dict[int, int]:
    """How often each code occurs, of all facets or of one. Codes are taken apart in the SELECT: half the work."""
    first, last = (facets.code(facet, 0), facets.code(facet + 1, 0) - 1) if facet else (0, 0)
    codes = f"v = {ANY} OR v BETWEEN {first} AND {last}" if facet else "TRUE"
    sql = f"""
        SELECT v, count(*) FROM (
            SELECT unnest(facets || {ANY}) v FROM product_search
            WHERE {where.sql} {f"AND {rows}" if rows else ""}) apart
        WHERE {_COUNTED} AND ({codes}) GROUP BY v
    """  # noqa: S608
    return dict(rows_of(sql, where.params))


def _kept_counts(filters: Filters, *, only_priced: bool) -> tuple[Tally, datetime.datetime] | None:
    """What the clock counted, and when; None when more than a category is chosen, or nothing was counted yet."""
    category = filters.only_category()
    if category is None and filters != Filters():
        return None
    rows: list[tuple[Any, ...]] = rows_of(
        "SELECT category, code, n, counted_at FROM browse_counts WHERE category = ANY(%s) AND is_priced = %s",
        [[0, category or 0], only_priced],
    )
    if not rows:
        return None
    codes = {code: n for shelf, code, n, _counted_at in rows if shelf == (category or 0)}
    return Tally(codes), rows[0][3]


def _count(counted: int, share: int) -> Count:
    return Count(_two_digits(share * counted), approximate=True) if share > 1 else Count(counted)


def _two_digits(number: int) -> int:
    """Rounded to two significant digits."""
    return round(number, 2 - len(str(number))) if number else 0

"""What a search finds that it did not find before, at the cost of one search.

A search with few matches is compared with what was known of it: whatever came in is new, a product published for the
first time as well as one that was changed, offered in another market or certified. One with more matches than are
remembered tells only what was published since.
"""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Final, NamedTuple

from django.db import transaction
from django.http import QueryDict
from django.utils import timezone

from catalog import browsing, text_window
from catalog.filters import read
from catalog.narrowing import Filters, both
from catalog.search import ORDERS, Sort
from catalog.search_query import Query, parse
from catalog.vocabulary import vocabulary
from kit.limited_reads import TooSlow, rows_of

MOST_KNOWN: Final = text_window.WINDOW
UPKEEP: Final = datetime.timedelta(minutes=30)
"""What was published so lately may not be found yet: it is left to the next look."""


class Matches(NamedTuple):
    """Products that match, the newest first, and when each was published; more match when `is_capped`."""

    products: dict[int, datetime.datetime]
    is_capped: bool


class News(NamedTuple):
    """The new products, the newest first, whether there are more; and what to know and to have told from now on."""

    products: list[int]
    is_capped: bool
    known: list[int] | None
    seen_until: datetime.datetime


def known_now(query: str) -> list[int] | None:
    """The products that the search of this address finds now; None when they are too many to remember."""
    try:
        found = _matches(query)
    except TooSlow:
        return None
    return None if found.is_capped else list(found.products)


def news_of(query: str, *, known: list[int] | None, seen_until: datetime.datetime) -> News:
    """What the search of this address finds that was neither `known` nor told until then. Raises TooSlow."""
    until = max(seen_until, timezone.now() - UPKEEP)
    found = _matches(query, published_after=seen_until if known is None else None)
    if known is not None and not found.is_capped:
        before = set(known)
        return News([pk for pk in found.products if pk not in before], False, list(found.products), until)
    new = [pk for pk, published_at in found.products.items() if seen_until < published_at <= until]
    return News(new, found.is_capped and len(new) == len(found.products), None, until)


def _matches(query: str, *, published_after: datetime.datetime | None = None) -> Matches:
    """Up to MOST_KNOWN matches of an address."""
    wanted = read(QueryDict(query))
    filters = replace(wanted.filters, published_after=published_after)
    with transaction.atomic():  # a search that is given up spoils no transaction around it
        asked = parse(wanted.query)
        rows = _by_text(asked, filters) if asked else _browsed(filters)
    return Matches(dict(rows[:MOST_KNOWN]), len(rows) > MOST_KNOWN)


def _by_text(asked: Query, filters: Filters) -> list[tuple[int, datetime.datetime]]:
    narrowed = [one for these in filters.conditions(timezone.now().date()).values() for one in these]
    found = text_window.matches(asked, both(narrowed), vocabulary().tiers)
    rows = [(match.product_id, match.published_at) for match in found]
    return sorted(rows, key=lambda row: (row[1], row[0]), reverse=True)


def _browsed(filters: Filters) -> list[tuple[int, datetime.datetime]]:
    wanted = browsing.select(ORDERS[Sort.NEWEST], filters, [], None, MOST_KNOWN + 1, None, None)
    return [(pk, published_at) for published_at, pk in rows_of(wanted.sql, wanted.params)]

"""The order of the products that a mission offers in a market."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.workflow import TransitionNotAllowed
from markets.models import Market, MarketListing

_PUSH: Final = """
INSERT INTO market_rank (product_id, market_code, rank)
SELECT product_id, market_id, rank FROM markets_marketlisting WHERE state = 'listed'
ON CONFLICT (product_id, market_code) DO UPDATE SET rank = excluded.rank
"""


def move(listing: MarketListing, *, up: bool, by: User) -> None:
    """Change places with the listing above or below; at the end of the page nothing happens.

    Where several share a rank, all of the market get their own first. Raises TransitionNotAllowed when not listed.
    """
    with _order_of(listing) as (listed, place):
        first = place - 1 if up else place
        if not 0 <= first < len(listed) - 1:
            return
        _tell_apart(listed, by=by)
        above, below = listed[first : first + 2]
        freed = below.rank
        below.rank_at(above.rank, by=by)
        above.refresh_from_db(fields=["rank"])
        above.rank_at(max(freed, above.rank), by=by)


def move_to_top(listing: MarketListing, *, by: User) -> None:
    """Stand before all others of the market's page. Raises TransitionNotAllowed when not listed."""
    with _order_of(listing) as (_listed, place):
        if place:
            listing.rank_at(1, by=by)


def move_beside(listing: MarketListing, other: MarketListing, *, by: User) -> None:
    """Take the place of `other`, which moves by one towards where `listing` came from. Both of one market.

    Where several share a rank, all get their own first. Raises TransitionNotAllowed when one of both is not listed.
    """
    with _order_of(listing) as (listed, place):
        goal = next((number for number, row in enumerate(listed) if row.pk == other.pk), None)
        if goal is None:
            raise TransitionNotAllowed(_("This product is not listed in the market any more."))
        if goal == place:
            return
        _tell_apart(listed, by=by)
        listed[place].rank_at(listed[goal].rank + (1 if goal > place else 0), by=by)


@contextmanager
def _order_of(listing: MarketListing) -> Iterator[tuple[list[MarketListing], int]]:
    """All that is listed in its market, in order, and the place of `listing` there; held until the end."""
    with transaction.atomic():
        Market.objects.select_for_update(no_key=True).get(pk=listing.market_id)
        listed = list(MarketListing.objects.listed().filter(market=listing.market_id).order_by("rank", "product_id"))
        place = next((number for number, row in enumerate(listed) if row.pk == listing.pk), None)
        if place is None:
            raise TransitionNotAllowed(_("This product is not listed in the market any more."))
        yield listed, place


def _tell_apart(listed: list[MarketListing], *, by: User) -> None:
    """Give each its own rank where some share one."""
    if len({row.rank for row in listed}) < len(listed):
        for rank, row in enumerate(listed, start=1):
            row.rank_at(rank, by=by)


def push_ranks() -> None:
    """Tell search the rank of every listing anew, for rows that no verb has written. Safe to run twice."""
    with connection.cursor() as cursor:
        cursor.execute(_PUSH)

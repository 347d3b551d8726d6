"""The order of the products that a mission offers in a market."""

from __future__ import annotations

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
    with transaction.atomic():
        Market.objects.select_for_update(no_key=True).get(pk=listing.market_id)
        listed = list(MarketListing.objects.listed().filter(market=listing.market_id).order_by("rank", "product_id"))
        place = next((number for number, row in enumerate(listed) if row.pk == listing.pk), None)
        if place is None:
            raise TransitionNotAllowed(_("This product is not listed in the market any more."))
        first = place - 1 if up else place
        if not 0 <= first < len(listed) - 1:
            return
        if len({row.rank for row in listed}) < len(listed):
            for rank, row in enumerate(listed, start=1):
                row.rank_at(rank, by=by)
        above, below = listed[first : first + 2]
        freed = below.rank
        below.rank_at(above.rank, by=by)
        above.refresh_from_db(fields=["rank"])
        above.rank_at(max(freed, above.rank), by=by)


def push_ranks() -> None:
    """Tell search the rank of every listing anew, for rows that no verb has written. Safe to run twice."""
    with connection.cursor() as cursor:
        cursor.execute(_PUSH)

"""The order of the products that a mission offers in a market."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.workflow import TransitionNotAllowed
from markets.models import Market, MarketListing


def move(listing: MarketListing, *, up: bool, by: User) -> None:
    """Change places with the listing above or below; at the end of the page nothing happens.

    Where several share a rank, all of the market get their own first. Raises TransitionNotAllowed when not listed.
    """
    with transaction.atomic():
        Market.objects.select_for_update().get(pk=listing.market_id)
        listed = list(MarketListing.objects.listed().filter(market=listing.market_id).order_by("rank", "pk"))
        place = next((number for number, row in enumerate(listed) if row.pk == listing.pk), None)
        if place is None:
            raise TransitionNotAllowed(_("This product is not listed in the market any more."))
        other = place - 1 if up else place + 1
        if not 0 <= other < len(listed):
            return
        ranks = [row.rank for row in listed]
        if len(set(ranks)) < len(ranks):
            ranks = list(range(1, len(ranks) + 1))
        listed[place], listed[other] = listed[other], listed[place]
        for row, rank in zip(listed, ranks, strict=True):
            if row.rank != rank:
                row.rank_at(rank, by=by)

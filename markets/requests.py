"""Requests to be offered in a market: derived from the products that name it, never stored."""

from __future__ import annotations

from django.db.models import Count, F, Func

from catalog.models import Product, ProductState
from exporters.models import ProducerState
from markets.models import ListingState, MarketListing


def waiting_by_market() -> dict[str, int]:
    """How many published products wait for a first decision, by market code. Two queries, whatever the markets."""
    asked = (
        Product.objects.published()
        .order_by()
        .annotate(code=Func(F("target_markets"), function="unnest"))
        .values("code")
        .annotate(number=Count("pk"))
        .values_list("code", "number")
    )
    decided = (
        MarketListing.objects.exclude(state=ListingState.REQUESTED)
        .filter(
            product__state=ProductState.PUBLISHED,
            product__producer__state=ProducerState.LISTED,
            product__target_markets__contains=[F("market_id")],
        )
        .order_by()
        .values("market")
        .annotate(number=Count("pk"))
        .values_list("market", "number")
    )
    taken = dict(decided)
    return {code: number - taken.get(code, 0) for code, number in asked}

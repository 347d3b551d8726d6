"""Components about markets that pages of lower apps may load."""

from __future__ import annotations

from django import template
from django.urls import reverse

from catalog.models import Product
from kit.languages import pick
from markets.models import MarketListing

register = template.Library()


@register.inclusion_tag("components/product_markets.html")
def product_markets(product: Product) -> dict[str, object]:
    """The markets where missions offer a public product, each with its pitch. One query."""
    listings = MarketListing.objects.public().filter(product=product).select_related("market")
    return {
        "offered": [
            {
                "name": pick(listing.market.name).text,
                "url": reverse("market_detail", args=[listing.market_id]),
                "pitch": pick(listing.pitch),
            }
            for listing in listings.order_by("market__priority", "market")
        ]
    }

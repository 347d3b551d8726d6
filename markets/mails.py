"""The letters of the markets, one function each; called inside the verbs' transactions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accounts import letters

if TYPE_CHECKING:
    from markets.models import MarketListing


def listing_declined(listing: MarketListing) -> None:
    """A mission does not offer the product in its market, and why."""
    letters.write(
        "listing_declined",
        event=f"listing_declined:{listing.pk}:{listing.decided_at:%Y%m%d%H%M%S}",
        to=list(listing.product.producer.members.filter(is_active=True)),
        context={"listing": listing, "product": listing.product, "market": listing.market},
    )

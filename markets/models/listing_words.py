"""Words about listings: which of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F
from django.utils import timezone

from accounts.models import Viewer
from catalog.models import ProductState
from exporters.models import Producer, ProducerState
from markets.models.listing_state import ListingState

if TYPE_CHECKING:
    from markets.models.listing import MarketListing  # noqa: F401  named in the text below


class ListingQuerySet(models.QuerySet["MarketListing"]):
    """Words about listings."""

    def listed(self) -> ListingQuerySet:
        """Decided as listed, whatever became of the product since."""
        return self.filter(state=ListingState.LISTED)

    def public(self) -> ListingQuerySet:
        """Listed, of a published product that still names the market."""
        return self.listed().filter(
            product__state=ProductState.PUBLISHED,
            product__producer__state=ProducerState.LISTED,
            product__target_markets__contains=[F("market_id")],
        )

    def answerable_by(self, user: Viewer) -> ListingQuerySet:
        """Of products whose producer `user` belongs to: who answers a proposal."""
        return self.filter(product__producer__in=Producer.objects.of_member(user))

    def promoted(self) -> ListingQuerySet:
        """Listed and promoted today; never of a category that may not be promoted, by itself or by its parent."""
        return (
            self.listed()
            .filter(promoted_until__gte=timezone.now().date(), product__category__may_be_promoted=True)
            .exclude(product__category__parent__may_be_promoted=False)
        )

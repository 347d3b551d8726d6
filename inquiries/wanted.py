"""What buyers want of what is offered in one's markets: by enquiries, then by pages opened, of the last 90 days."""

from __future__ import annotations

import datetime
from typing import Any, Final, NamedTuple

from django.db.models import Count, F, QuerySet, Sum
from django.utils import timezone

from accounts.models import User
from inquiries.models import Enquiry, ProductViews
from inquiries.models.enquiry_state import DELIVERED_STATES
from inquiries.product_interest import DAYS
from markets.glance import listings_shown
from markets.models import MarketListing

MOST: Final = 100


class Wanted(NamedTuple):
    """A product that is offered in a market, and what came of it there."""

    listing: MarketListing
    enquiries: int
    views: int


def wanted_of(user: User) -> list[Wanted]:
    """The first hundred, the most wanted first; what nobody looked at or asked for is left out. Five queries."""
    offered = listings_shown(user).order_by()
    counted = [_asked(offered), _seen(offered)]
    leading = {row[0] for rows in counted for row in rows.order_by("-number", "of", "code")[:MOST]}
    enquiries, views = ({(row[0], row[1]): row[2] for row in rows.filter(of__in=leading)} for rows in counted)
    found = []
    for listing in offered.filter(product__in=leading).select_related("product__producer", "market"):
        key = (listing.product_id, listing.market_id)
        if key in enquiries or key in views:
            found.append(Wanted(listing, enquiries.get(key, 0), views.get(key, 0)))
    return sorted(found, key=lambda one: (-one.enquiries, -one.views, one.listing.rank, one.listing.pk))[:MOST]


def _asked(offered: QuerySet[MarketListing]) -> QuerySet[Any]:
    """(product, market, enquiries); what a producer began by offering is none."""
    rows = Enquiry.objects.filter(
        sent_at__gt=timezone.now() - datetime.timedelta(days=DAYS),
        state__in=DELIVERED_STATES,
        buying_request__isnull=True,
        market__in=offered.values("market"),
        lines__product__in=offered.values("product"),
    )
    rows = rows.order_by().annotate(of=F("lines__product"), code=F("market"))
    return rows.values_list("of", "code").annotate(number=Count("pk", distinct=True))


def _seen(offered: QuerySet[MarketListing]) -> QuerySet[Any]:
    """(product, market, pages opened)."""
    rows = ProductViews.objects.filter(
        day__gt=timezone.now().date() - datetime.timedelta(days=DAYS),
        market_code__in=offered.values("market"),
        product__in=offered.values("product"),
    )
    rows = rows.order_by().annotate(of=F("product"), code=F("market_code"))
    return rows.values_list("of", "code").annotate(number=Sum("views"))

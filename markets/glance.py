"""An embassy's markets at a glance: what runs out among the products it offers, what is asked in vain, what leads."""

from __future__ import annotations

import datetime
from typing import Any, Final

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from catalog.admin.unmet import wanted_in_vain
from catalog.models import CertificateCoverage, PriceOffer, UnmetQuery
from exporters.models import Certificate
from markets import scope
from markets.models import MarketListing

ENDING_DAYS: Final = 30
ASKED_DAYS: Final = 90


def listings_shown(user: User) -> QuerySet[MarketListing]:
    """What the public sees in the markets of `user`."""
    return scope.listings_of(user) & MarketListing.objects.public()


def certificates_ending(user: User) -> QuerySet[Certificate]:
    """Valid certificates of products offered in the markets of `user` that end within 30 days and are not renewed."""
    covering = CertificateCoverage.objects.filter(product__in=listings_shown(user).order_by().values("product"))
    ending = Certificate.objects.valid().current().ending_within(days=ENDING_DAYS)
    return ending.filter(pk__in=covering.order_by().values("certificate"))


def prices_ending(user: User) -> QuerySet[PriceOffer]:
    """Prices of products offered in the markets of `user` whose last day (UTC) is within 30 days, today included."""
    today = timezone.now().date()
    last = today + datetime.timedelta(days=ENDING_DAYS)
    shown = listings_shown(user).order_by().values("product")
    return PriceOffer.objects.filter(product__in=shown, valid_until__range=(today, last))


def asked_in_vain(user: User) -> list[dict[str, Any]]:
    """Searches of the last 90 days in the markets of `user` that found nothing; see `wanted_in_vain`."""
    since = timezone.now().date() - datetime.timedelta(days=ASKED_DAYS)
    codes = scope.markets_to_decide(user).order_by().values("pk")
    return wanted_in_vain(UnmetQuery.objects.filter(day__gt=since, market__in=codes))


def leading_products(user: User) -> QuerySet[MarketListing]:
    """What the missions put first: by rank, in each market of `user`."""
    return listings_shown(user)

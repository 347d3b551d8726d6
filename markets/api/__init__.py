"""The markets' part of the API: public reading, and what staff decide."""

from markets.api.certificates import CertificateViewSet
from markets.api.collections import CollectionViewSet
from markets.api.listings import ListingViewSet
from markets.api.markets import MarketViewSet, MissionViewSet
from markets.api.reviews import ReviewViewSet

__all__ = [
    "CertificateViewSet",
    "CollectionViewSet",
    "ListingViewSet",
    "MarketViewSet",
    "MissionViewSet",
    "ReviewViewSet",
]

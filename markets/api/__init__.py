"""The markets' part of the API: public reading, what staff decide, and what producers answer."""

from markets.api.certificates import CertificateViewSet
from markets.api.listings import ListingViewSet
from markets.api.markets import MarketViewSet, MissionViewSet
from markets.api.own_listings import OwnListingViewSet
from markets.api.reviews import ReviewViewSet

__all__ = [
    "CertificateViewSet",
    "ListingViewSet",
    "MarketViewSet",
    "MissionViewSet",
    "OwnListingViewSet",
    "ReviewViewSet",
]

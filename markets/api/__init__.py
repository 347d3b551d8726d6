"""The markets' part of the API: public reading, and what staff decide."""

from markets.api.certificates import CertificateViewSet
from markets.api.listings import ListingViewSet
from markets.api.markets import MarketViewSet, MissionViewSet
from markets.api.reviews import ReviewViewSet
from markets.api.rules import ClearanceViewSet, RuleViewSet

__all__ = [
    "CertificateViewSet",
    "ClearanceViewSet",
    "ListingViewSet",
    "MarketViewSet",
    "MissionViewSet",
    "ReviewViewSet",
    "RuleViewSet",
]

"""The markets' part of the API: public reading, what staff decide, and what producers answer."""

from markets.api.certificates import CertificateViewSet
from markets.api.collection_cover import CollectionCoverViewSet
from markets.api.collections import CollectionViewSet
from markets.api.history import OwnHistoryViewSet
from markets.api.listings import ListingViewSet
from markets.api.markets import MarketViewSet, MissionViewSet
from markets.api.own_listings import OwnListingViewSet
from markets.api.reviews import ReviewViewSet
from markets.api.rules import ClearanceViewSet, RuleViewSet

__all__ = [
    "CertificateViewSet",
    "ClearanceViewSet",
    "CollectionCoverViewSet",
    "CollectionViewSet",
    "ListingViewSet",
    "MarketViewSet",
    "MissionViewSet",
    "OwnHistoryViewSet",
    "OwnListingViewSet",
    "ReviewViewSet",
    "RuleViewSet",
]

"""The tables about markets; one file per entity."""

from markets.models.collection import Collection, CollectionMoved
from markets.models.collection_item import Chosen, CollectionItem
from markets.models.collection_words import CollectionState
from markets.models.listing import MISSIONS_REASONS, DeclineReason, ListingState, MarketListing
from markets.models.market import Accreditation, Market, Mission, MissionStaff, MissionType

__all__ = [
    "MISSIONS_REASONS",
    "Accreditation",
    "Chosen",
    "Collection",
    "CollectionItem",
    "CollectionMoved",
    "CollectionState",
    "DeclineReason",
    "ListingState",
    "Market",
    "MarketListing",
    "Mission",
    "MissionStaff",
    "MissionType",
]

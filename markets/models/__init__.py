"""The tables about markets; one file per entity."""

from markets.models.collection import Collection, CollectionMoved
from markets.models.collection_item import Chosen, CollectionItem
from markets.models.collection_words import CollectionState
from markets.models.listing import MarketListing
from markets.models.listing_state import MISSIONS_REASONS, DeclineReason, ListingState
from markets.models.market import Accreditation, Market, Mission, MissionStaff, MissionType
from markets.models.note import MissionNote
from markets.models.rule import KindAnswer, MarketRule, RuleKind, RuleStanding

__all__ = [
    "MISSIONS_REASONS",
    "Accreditation",
    "Chosen",
    "Collection",
    "CollectionItem",
    "CollectionMoved",
    "CollectionState",
    "DeclineReason",
    "KindAnswer",
    "ListingState",
    "Market",
    "MarketListing",
    "MarketRule",
    "Mission",
    "MissionNote",
    "MissionStaff",
    "MissionType",
    "RuleKind",
    "RuleStanding",
]

"""The tables about markets; one file per entity."""

from markets.models.listing import MarketListing
from markets.models.listing_state import MISSIONS_REASONS, DeclineReason, ListingState
from markets.models.market import Accreditation, Market, Mission, MissionStaff, MissionType
from markets.models.note import MissionNote

__all__ = [
    "MISSIONS_REASONS",
    "Accreditation",
    "DeclineReason",
    "ListingState",
    "Market",
    "MarketListing",
    "Mission",
    "MissionNote",
    "MissionStaff",
    "MissionType",
]

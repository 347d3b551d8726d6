"""The markets' part of the API: public reading, and what staff decide."""

from markets.api.markets import MarketViewSet, MissionViewSet

__all__ = ["MarketViewSet", "MissionViewSet"]

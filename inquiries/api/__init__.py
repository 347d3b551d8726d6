"""The API of importers and about what they ask for, a file per resource."""

from inquiries.api.basket import OwnBasketLineViewSet, OwnBasketViewSet

__all__ = ["OwnBasketLineViewSet", "OwnBasketViewSet"]

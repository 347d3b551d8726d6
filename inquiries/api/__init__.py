"""The API of importers and about what they ask for, a file per resource."""

from inquiries.api.basket import OwnBasketLineViewSet, OwnBasketViewSet
from inquiries.api.importers import ImporterViewSet, OwnImporterViewSet
from inquiries.api.saved_products import OwnSavedProductViewSet
from inquiries.api.saved_searches import OwnSavedSearchViewSet

__all__ = [
    "ImporterViewSet",
    "OwnBasketLineViewSet",
    "OwnBasketViewSet",
    "OwnImporterViewSet",
    "OwnSavedProductViewSet",
    "OwnSavedSearchViewSet",
]

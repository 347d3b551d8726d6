"""The catalogue's part of the API: public reading, and the producer's side."""

from catalog.api.producers import ProducerViewSet
from catalog.api.products import ProductViewSet
from catalog.api.reference import CategoryViewSet, CommodityViewSet, HSCodeViewSet

__all__ = ["CategoryViewSet", "CommodityViewSet", "HSCodeViewSet", "ProducerViewSet", "ProductViewSet"]

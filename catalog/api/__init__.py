"""The catalogue's part of the API: public reading, and the producer's side."""

from catalog.api.own_certificates import OwnCertificateRenewal
from catalog.api.own_photos import OwnPhotoViewSet
from catalog.api.own_products import OwnProductViewSet
from catalog.api.own_revisions import OwnRevisionViewSet
from catalog.api.producers import ProducerViewSet
from catalog.api.products import ProductViewSet
from catalog.api.reference import CategoryViewSet, CommodityViewSet, HSCodeViewSet
from catalog.api.suggestions import SuggestionViewSet

__all__ = [
    "CategoryViewSet",
    "CommodityViewSet",
    "HSCodeViewSet",
    "OwnCertificateRenewal",
    "OwnPhotoViewSet",
    "OwnProductViewSet",
    "OwnRevisionViewSet",
    "ProducerViewSet",
    "ProductViewSet",
    "SuggestionViewSet",
]

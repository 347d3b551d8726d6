"""Products as the catalogue shows them."""

from __future__ import annotations

from typing import Any

from catalog import indexing
from catalog.models import Product
from tests.factories import ProductFactory


def published(**fields: Any) -> Product:
    """A published product that search finds."""
    product: Product = ProductFactory(published=True, **fields)
    indexing.reindex([product.pk])
    return product

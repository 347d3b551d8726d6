"""Products as the catalogue shows them."""

from __future__ import annotations

from catalog import indexing
from tests.factories import ProductFactory


def published(**fields):
    """A published product that search finds."""
    product = ProductFactory(published=True, **fields)
    indexing.reindex([product.pk])
    return product

"""What the tests of collections share: products that Chile offers, and pages as text."""

from __future__ import annotations

import re
from typing import Any

from catalog import indexing
from catalog.models import Product
from kit import keeping
from tests import factories as make


def offered(title: str = "Sandals", iso2: str = "CL", **fields: Any) -> Product:
    """A public product that is listed in the market."""
    product: Product = make.ProductFactory(published=True, title={"en": title}, target_markets=[iso2], **fields)
    make.MarketListingFactory(listed=True, product=product, market=make.MarketFactory(iso2=iso2))
    indexing.reindex([product.pk])
    return product


def kretek(**fields: Any) -> Product:
    """A product of a category that is never promoted."""
    shelf = make.CategoryFactory(slug="tobacco", parent=None, name={"en": "Tobacco"}, may_be_promoted=False)
    notice = {"en": "Tobacco harms health."}
    return offered("Kretek", category=make.CategoryFactory(slug="kretek", parent=shelf, notice=notice), **fields)


def found(pattern: str, text: str) -> str:
    """The first group of what fits; the test fails when nothing does."""
    match = re.search(pattern, text, re.S)
    assert match is not None, pattern
    return match[1]


def page(client: Any, address: str, status: int = 200) -> str:
    """A page's text, its white space made one."""
    keeping.forget()
    response = client.get(address)
    assert response.status_code == status, response.status_code
    return re.sub(r"\s+", " ", response.content.decode())

"""A section of the sitemap: one kind of pages in one language."""

from __future__ import annotations

import re

import pytest
from django.conf import settings

from inaaccess import sitemaps
from tests.factories import MarketFactory, ProductFactory

pytestmark = pytest.mark.django_db


def addresses(client, address: str) -> list[str]:
    response = client.get(address)
    assert response.status_code == 200
    return re.findall(r"<loc>(.*?)</loc>", response.content.decode())


def test_a_section_holds_the_public_pages_of_its_language(client):
    product = ProductFactory(published=True)
    ProductFactory(suspended=True)
    ProductFactory(retired=True)
    MarketFactory()

    base = settings.SITE_URL
    assert addresses(client, "/sitemap-products-es.xml") == [f"{base}/es/products/{product.slug}/"]
    assert f"{base}/es/producers/{product.producer.slug}/" in addresses(client, "/sitemap-producers-es.xml")
    assert addresses(client, "/sitemap-markets-pt-br.xml") == [f"{base}/pt-br/markets/CL/"]
    assert f"{base}/id/" in addresses(client, "/sitemap-lists-id.xml")


def test_a_section_is_paged(client, monkeypatch):
    monkeypatch.setattr(sitemaps.ProductSitemap, "limit", 1)
    for _number in range(2):
        ProductFactory(published=True)

    assert f"{settings.SITE_URL}/sitemap-products-id.xml?p=2" in addresses(client, "/sitemap.xml")
    assert len(addresses(client, "/sitemap-products-id.xml?p=2")) == 1

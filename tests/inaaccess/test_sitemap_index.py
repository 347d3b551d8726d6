"""The index of the sitemap."""

from __future__ import annotations

import re

import pytest
from django.conf import settings

from tests.factories import MarketFactory, ProductFactory

pytestmark = pytest.mark.django_db


def addresses(client, address: str) -> list[str]:
    response = client.get(address)
    assert response.status_code == 200
    return re.findall(r"<loc>(.*?)</loc>", response.content.decode())


def test_the_index_names_a_section_for_each_kind_and_language(client):
    found = addresses(client, "/sitemap.xml")

    assert len(found) == 20 and f"{settings.SITE_URL}/sitemap-products-pt-br.xml" in found


def test_every_address_of_the_sitemap_leads_to_a_page(client):
    ProductFactory(published=True)
    MarketFactory()

    for section in addresses(client, "/sitemap.xml"):
        for address in addresses(client, section.removeprefix(settings.SITE_URL)):
            assert client.get(address.removeprefix(settings.SITE_URL)).status_code == 200, address

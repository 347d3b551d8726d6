"""Short links: to which page, in which language, and never to another host."""

from __future__ import annotations

import pytest

from tests.catalog.products import published
from tests.factories import CampaignFactory, CollectionFactory, MarketFactory
from tests.markets.collections import offered

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("asked", "prefix"), [("es-CL", "es"), ("pt-BR", "pt-br"), ("id", "id"), ("fr", "en")])
def test_it_leads_to_the_product_in_the_language_of_the_reader(client, asked, prefix):
    campaign = CampaignFactory(product=published())
    response = client.get(f"/s/{campaign.code}", headers={"Accept-Language": asked})
    assert response.status_code == 302
    assert response["Location"] == f"/{prefix}/products/{campaign.product.slug}/?c={campaign.code}"
    assert client.get(response["Location"]).status_code == 200


def test_without_a_product_it_leads_to_the_page_of_the_market(client):
    campaign = CampaignFactory(market=MarketFactory(iso2="BR"))
    response = client.get(f"/s/{campaign.code.lower()}", headers={"Accept-Language": "en"})
    assert response["Location"] == f"/en/markets/BR/?c={campaign.code}"
    assert client.get(response["Location"]).status_code == 200


def test_it_leads_to_a_collection_in_the_language_of_the_reader(client):
    collection = CollectionFactory(published=True, products=[offered()])
    campaign = CampaignFactory(collection=collection)
    response = client.get(f"/s/{campaign.code}", headers={"Accept-Language": "es"})
    assert response["Location"] == f"/es/collections/{collection.slug}/?c={campaign.code}"
    assert client.get(response["Location"]).status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "testserver:80@evil.example"])
def test_no_host_of_the_request_comes_into_the_address(client, host, settings):
    settings.ALLOWED_HOSTS = ["*"]
    campaign = CampaignFactory()
    response = client.get(f"/s/{campaign.code}?next=//evil.example", headers={"Host": host, "X-Forwarded-Host": host})
    if response.status_code == 302:
        assert response["Location"].startswith("/") and "evil" not in response["Location"]
    assert campaign.short_url == f"{settings.SITE_URL}/s/{campaign.code}"


@pytest.mark.parametrize("code", ["NWHERE", "x", "a" * 300])
def test_an_unknown_code_is_not_found(client, code):
    assert client.get(f"/s/{code}").status_code == 404


def test_it_sets_no_cookie(client):
    assert not client.get(f"/s/{CampaignFactory().code}").cookies

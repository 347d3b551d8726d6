"""The markets by priority, each with its mission and what is offered there."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog import indexing
from inaaccess import reference
from kit import keeping
from markets.market_map import PLACES
from markets.models import Market
from tests.factories import AccreditationFactory, MarketFactory, MarketListingFactory, MissionFactory, ProductFactory

pytestmark = pytest.mark.django_db


def page(client, language: str = "en") -> str:
    response = client.get(f"/{language}/markets/")
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode())


def test_the_most_important_markets_come_first_then_the_readers_alphabet(client):
    MarketFactory(iso2="DO", name={"en": "Dominican Republic", "es": "República Dominicana"}, priority=2)
    MarketFactory(iso2="HT", name={"en": "Haiti", "es": "Haití"}, priority=2)
    MarketFactory(iso2="PE", name={"en": "Peru", "es": "Perú"}, priority=1)

    for part in ('class="tile" ', 'class="market-map-tile[^"]*" '):
        assert re.findall(rf'{part}href="/en/markets/(..)/"', page(client)) == ["PE", "DO", "HT"]
        assert re.findall(rf'{part}href="/es/markets/(..)/"', page(client, "es")) == ["PE", "HT", "DO"]


def test_a_tile_names_the_mission_and_counts_public_listings(client):
    market = AccreditationFactory(market=MarketFactory(priority=1)).market
    for product in (
        ProductFactory(published=True, target_markets=[market.iso2]),
        ProductFactory(suspended=True, target_markets=[market.iso2]),
    ):
        MarketListingFactory(listed=True, market=market, product=product)
        indexing.set_markets(product.pk, {market.iso2: 1})

    html = page(client)

    assert "Embassy in Santiago" in html and "1 product offered" in html
    assert 'aria-label="CL, Chile: 1 product offered"' in html and html.count("<circle") == 1


def test_the_embassy_stands_before_an_honorary_consul(client):
    market = MarketFactory()
    consul = MissionFactory(code="HC-X", type="honorary", city="Valparaíso")
    AccreditationFactory(market=market, mission=consul, is_resident=True)
    AccreditationFactory(market=market, mission=MissionFactory(city="Havana"), is_resident=False)

    assert "Embassy in Havana" in page(client) and "Consulate" not in page(client)
    html = client.get(f"/en/markets/{market.pk}/").text
    assert html.index("Embassy of Indonesia in Havana") < html.index("Honorary Consulate of Indonesia in Valparaíso")
    assert "Consulate General" not in html


def test_a_market_without_a_mission_says_so(client):
    MarketFactory()

    assert "no mission known" in page(client)


def test_every_market_of_the_reference_data_has_its_own_place_on_the_map():
    reference.load(["markets"])
    assert set(PLACES) == set(Market.objects.values_list("pk", flat=True))
    assert len(set(PLACES.values())) == len(PLACES)


def test_a_market_without_a_place_on_the_map_is_in_the_list(client):
    MarketFactory(iso2="XX", name={"en": "Elsewhere"})

    html = page(client)

    assert "Elsewhere" in html and 'market-map-tile"' not in html


def test_the_number_of_markets_costs_no_more_queries(client):
    for iso2 in ("CL", "PE", "BR"):
        AccreditationFactory(market=MarketFactory(iso2=iso2))
    page(client)
    keeping.forget()
    with CaptureQueriesContext(connection) as queries:
        page(client)

    assert len(queries) <= 3

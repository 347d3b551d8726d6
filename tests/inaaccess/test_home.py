"""The home page: search, markets, categories, products to see first, published figures."""

from __future__ import annotations

import gzip
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from catalog.models import ExportFigure
from kit import keeping
from tests.catalog.products import published
from tests.factories import CategoryFactory, MarketFactory, MarketListingFactory, in_days

pytestmark = pytest.mark.django_db


def page(client, language: str = "en") -> str:
    keeping.forget()
    response = client.get(f"/{language}/")
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode())


def test_an_empty_portal_has_a_home_page(client):
    assert 'action="/en/products/"' in page(client)


def test_it_leads_to_markets_categories_and_products(client):
    MarketFactory(priority=1)
    product = published()

    html = page(client)

    assert 'href="/en/markets/CL/"' in html and "?category=footwear" in html and "1 product<" in html
    assert f"/en/products/{product.slug}/" in html and '<option value="CL">Chile</option>' in html


def test_promoted_products_come_first_then_the_newest(client):
    old = published(published_at=timezone.now() - timedelta(days=90), target_markets=["CL"])
    new = published()
    MarketListingFactory(listed=True, market=MarketFactory(), product=old, promoted_until=in_days(9))

    html = page(client)

    assert html.index(old.slug) < html.index(new.slug) and html.count("Promoted by a mission") == 1


def test_tobacco_is_never_on_the_home_page(client):
    shelf = CategoryFactory(slug="tobacco", parent=None, name={"en": "Tobacco"}, may_be_promoted=False)
    kretek = published(
        category=CategoryFactory(slug="kretek", parent=shelf, name={"en": "Kretek"}), target_markets=["CL"]
    )
    MarketListingFactory(listed=True, market=MarketFactory(), product=kretek, promoted_until=in_days(9))

    html = page(client)

    assert kretek.slug not in html and "category=tobacco" not in html


def test_figures_are_shown_exactly_as_published_with_their_source(client):
    ExportFigure.objects.create(
        place="Kota Mojokerto", year=2021, name_id="furnitur", name_en="Furniture", currency="IDR",
        value_as_published="Rp10.018 miliar", source="Press report of 2022-06-01",
    )  # fmt: skip

    html = page(client)

    assert "Rp10.018 miliar" in html and "Press report of 2022-06-01" in html and "scale is not clear" in html
    assert "furnitur" in page(client, "id")
    assert '<th scope="row">Muebles</th>' in page(client, "es")


def test_the_page_costs_at_most_eight_queries_and_twelve_kib(client):
    listing = MarketListingFactory(
        listed=True, market=MarketFactory(priority=1), product=published(target_markets=["CL"]),
        promoted_until=in_days(9),
    )  # fmt: skip
    for _number in range(12):
        published()
    page(client)
    with CaptureQueriesContext(connection) as queries:
        response = client.get("/en/")

    assert listing.product.slug in response.content.decode()
    assert len(queries) <= 8 and len({query["sql"] for query in queries.captured_queries}) == len(queries)
    assert len(gzip.compress(response.content, 6)) <= 12 * 1024

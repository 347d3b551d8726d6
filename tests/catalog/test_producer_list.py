"""Producers by name, a page at a time."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog import indexing
from tests.factories import (
    CertificateFactory,
    ProducerFactory,
    ProductFactory,
    ProvinceFactory,
    RegencyFactory,
)

pytestmark = pytest.mark.django_db


def page(client, query: str = "") -> str:
    response = client.get(f"/en/producers/{query}")
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode())


def test_a_tile_says_where_what_and_how_much(client):
    product = ProductFactory(published=True)
    indexing.reindex([product.pk])
    CertificateFactory(producer=product.producer, verified=True)

    html = page(client)

    for fact in (product.producer.trade_name, "Kota Mojokerto, Jawa Timur", "Footwear", "1 product<", "Halal"):
        assert fact in html, fact


def test_only_listed_producers_are_shown(client):
    ProducerFactory(trade_name="Draft Co")
    ProducerFactory(trade_name="Stopped Co", suspended=True)

    html = page(client)

    assert "Draft Co" not in html and "Stopped Co" not in html and "No producer here yet" in html


def test_a_province_narrows_the_list_and_a_wrong_one_is_said(client):
    here = ProducerFactory(listed=True)
    away = ProducerFactory(
        listed=True,
        trade_name="Anyam Rajapolah",
        regency=RegencyFactory(
            code="32.06", name="Tasikmalaya", province=ProvinceFactory(code="32", name="Jawa Barat")
        ),
    )

    html = page(client, "?province=32")

    assert away.trade_name in html and here.trade_name not in html
    assert "alert--warn" in page(client, "?province=77") and "alert--warn" not in html


def test_pages_go_on_where_the_one_before_ended(client):
    for _number in range(26):
        ProducerFactory(listed=True)
    html = page(client)
    address = re.search(r'rel="next" href="/en/producers/([^"]+)"', html)
    assert address

    following = page(client, address[1].replace("&amp;", "&"))

    assert html.count("ptile") == 24 and following.count("ptile") == 2 and "Back to the start" in following


def test_a_forged_position_gives_the_first_page_with_a_note(client):
    producer = ProducerFactory(listed=True)

    html = page(client, "?after=forged")

    assert "alert--warn" in html and producer.trade_name in html


def test_twelve_producers_cost_as_many_queries_as_one(client):
    ProducerFactory(listed=True)
    page(client)
    with CaptureQueriesContext(connection) as one:
        page(client)
    for _number in range(11):
        product = ProductFactory(published=True)
        indexing.reindex([product.pk])
        CertificateFactory(producer=product.producer, verified=True)
    with CaptureQueriesContext(connection) as twelve:
        page(client)

    assert len(one) == len(twelve) <= 8

"""A list without products says which filter to drop, what that gives, and what is called alike."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from catalog import indexing
from tests.factories import ProductFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def product():
    product = ProductFactory(published=True, moq=Decimal(300))
    indexing.reindex([product.pk])
    return product


def page(client, query: str) -> str:
    return re.sub(r"\s+", " ", client.get(f"/en/products/?{query}").content.decode())


def ways(html: str) -> dict[str, str]:
    found = re.findall(r'<a class="chip" href="([^"]+)">([^<]+)</a>', html)
    return {label.strip(): url.replace("&amp;", "&") for url, label in found}


def test_each_filter_is_offered_for_dropping_with_what_it_would_give(client, product):
    offered = ways(page(client, "q=sandals&incoterm=FOB&moq_max=5"))

    address = offered["Without “Minimum order up to 5” · 1 product"]
    assert "moq_max" not in address and "incoterm=FOB" in address and product.slug in page(client, address[14:])
    assert "Without “FOB” · 0 products" not in offered


def test_words_are_offered_for_dropping(client, product):
    offered = ways(page(client, "q=xyzzy&incoterm=FOB"))

    assert offered["Without “xyzzy” · 1 product"] == "/en/products/?incoterm=FOB"


def test_two_filters_that_only_fail_together_are_dropped_together(client, product):
    offered = ways(page(client, "q=sandals&moq_max=5&price_max=0.01"))

    assert offered["Without any filter · 1 product"] == "/en/products/?q=sandals"


def test_kinds_that_are_called_alike_and_offered_are_shown(client, product):
    assert ways(page(client, "q=leather+xyzzy+sandals&exact=1"))["Leather sandals"] == "/en/products/?q=Leather+sandals"
    product.retire(by=None)
    assert "Leather sandals" not in ways(page(client, "q=leather+xyzzy+sandals&exact=1"))


def test_whoever_finds_nothing_is_invited_to_ask_with_what_was_looked_for(client, product):
    assert 'href="/en/inquiries/requests/new/?q=xyzzy&amp;incoterm=FOB"' in page(client, "q=xyzzy&incoterm=FOB")

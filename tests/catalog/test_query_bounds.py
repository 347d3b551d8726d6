"""Bounds among the words of a query become filters."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.http import QueryDict
from django.utils.http import urlencode

from catalog import indexing
from catalog.filters import read
from catalog.query_bounds import take_bounds
from tests.factories import ProductFactory


@pytest.mark.parametrize(
    ("typed", "text", "bounds"),
    [
        ("sandals MOQ<500", "sandals", {"moq_max": "500"}),
        ("moq <= 1,000 batik", "batik", {"moq_max": "1,000"}),
        ("price < USD 2.50 chips lead time < 30 days", "chips", {"price_max": "2.50", "lead_max": "30"}),
        ("harga<5", "", {"price_max": "5"}),
        ("sandals", "sandals", {}),
        ("a < b", "a < b", {}),
        ("moqx<5 <3", "moqx<5 <3", {}),
    ],
)
def test_bounds_are_taken_out_of_the_words(typed, text, bounds):
    assert take_bounds(typed) == (text, bounds)


@pytest.mark.django_db
def test_the_list_is_narrowed_by_them_and_shows_them_as_chips(client):
    small, large = ProductFactory(published=True, moq=Decimal(100)), ProductFactory(published=True, moq=Decimal(900))
    indexing.reindex([small.pk, large.pk])

    wanted = read(QueryDict(urlencode({"q": "sandals moq<300"})))
    assert (wanted.query, wanted.filters.moq_max) == ("sandals", Decimal(300))
    html = client.get(f"/en/products/?{urlencode({'q': 'sandals moq<300'})}").content.decode()
    assert small.slug in html and large.slug not in html and "Minimum order up to 300" in html
    told = client.get(f"/api/v1/products/?{urlencode({'q': 'sandals moq<300'})}").json()["results"]
    assert [one["slug"] for one in told] == [small.slug]

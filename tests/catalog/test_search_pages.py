"""The pages of a search: every order, none skipped or shown twice, whatever comes or goes meanwhile."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from catalog import indexing
from catalog.models import Product
from catalog.search import Sort, find
from kit.keyset import BadCursor, encode
from tests.catalog.products import published
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def keys(found) -> list[int]:
    return [product.pk for product in found.products]


def several(count: int) -> list[Product]:
    products = []
    for number in range(count):
        product = published(published_at=timezone.now() - timedelta(hours=number // 2))
        product.offers.update(unit_price=Decimal(1 + number // 2))
        indexing.reindex([product.pk])
        products.append(product)
    return products


def pages(query: str, sort: Sort, size: int) -> list[int]:
    seen, after = [], None
    while True:
        found = find(query, after=after, sort=sort, size=size)
        seen += keys(found)
        after = found.next_after
        if after is None:
            return seen


@pytest.mark.parametrize("query", ["", "sandals"])
@pytest.mark.parametrize("sort", list(Sort))
def test_pages_show_each_product_once(query, sort):
    products = several(7)

    seen = pages(query, sort, 2)

    assert sorted(seen) == sorted(product.pk for product in products)
    assert seen == keys(find(query, sort=sort, size=50))


def test_the_newest_come_first():
    products = several(4)

    assert keys(find(sort=Sort.NEWEST))[:2] == [products[1].pk, products[0].pk]


@pytest.mark.parametrize("query", ["", "sandals"])
def test_the_cheapest_come_first(query):
    several(4)
    prices = [product.offers[0].unit_price for product in find(query, sort=Sort.PRICE).products]

    assert prices == sorted(prices)


@pytest.mark.parametrize("query", ["", "sandals"])
@pytest.mark.parametrize("sort", list(Sort))
def test_products_that_come_between_two_pages_shift_nothing(query, sort):
    several(6)
    first = find(query, sort=sort, size=3)
    expected = keys(find(query, sort=sort, size=50))[3:]
    if sort == Sort.NEWEST:
        published(published_at=timezone.now() + timedelta(hours=1))
    else:
        newcomer = published()
        newcomer.offers.update(unit_price=Decimal("0.01"))
        indexing.reindex([newcomer.pk])
        indexing.set_answer_scores([newcomer.pk], 100)

    assert keys(find(query, after=first.next_after, sort=sort, size=50)) == expected


@pytest.mark.parametrize("query", ["", "sandals"])
def test_a_page_goes_on_when_its_last_product_is_gone(query):
    several(4)
    first = find(query, size=2)
    expected = keys(find(query, size=50))[2:]
    Product.objects.get(pk=first.products[-1].pk).retire(by=UserFactory())

    assert keys(find(query, after=first.next_after, size=50)) == expected


@pytest.mark.parametrize("after", ["x", "1:2", encode([1, 2], listing="products"), "a" * 900, "\x00", "é"])
@pytest.mark.parametrize("query", ["", "sandals"])
def test_a_forged_position_is_refused(query, after):
    published()
    with pytest.raises(BadCursor):
        find(query, after=after)


def test_a_position_of_one_order_is_refused_in_another():
    several(3)
    first = find(size=1)
    with pytest.raises(BadCursor):
        find(after=first.next_after, sort=Sort.NEWEST)


def test_all_matches_are_counted():
    several(3)

    found = find(size=1)

    assert found.total == 3 and not found.is_capped


@pytest.mark.parametrize("query", ["", "sandals"])
def test_twelve_products_cost_as_many_queries_as_three(query):
    several(3)
    find(query)
    with CaptureQueriesContext(connection) as one:
        find(query, count=False)
    several(9)
    with CaptureQueriesContext(connection) as twelve:
        found = find(query, count=False)
        assert all(product.producer.trade_name and product.title and product.cover for product in found.products)

    assert len(one) == len(twelve) == (3 if query else 1)
    assert not any("OFFSET" in query["sql"] for query in twelve.captured_queries)

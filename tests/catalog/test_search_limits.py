"""Whatever a visitor types is answered soon: hostile text, too many filters, and what the database gives up."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.utils.http import urlencode

from catalog import browsing, facet_counts, indexing
from catalog.models import ProductSearch, SearchTier
from catalog.narrowing import Condition, Filters
from catalog.search import ORDERS, Sort, find
from kit import keeping, limited_reads
from kit.limited_reads import TooSlow, rows_of
from tests.factories import ProductFactory

HOSTILE = {
    "ten_kilobytes": "sandal " * 1_500,
    "one_long_word": "a" * 10_000,
    "many_short_words": " ".join(f"w{n}" for n in range(2_000)),
    "operators": "&|!():*'\\<->" * 20,
    "many_exclusions": " ".join(f"-w{n}" for n in range(80)) + " sandal",
    "quotes": '"' * 199,
    "open_quote": '"sandal -"batik',
    "phrases": '"a b" ' * 40,
    "nul": "san\x00dal",
    "emoji": "👡🏽" * 100,
    "right_to_left": "\u202eladnas\u202c \u061c\u200f",
    "surrogate": "sandal \ud800",
    "combining": "s" + "\u0301" * 300,
    "wildcards": "%_%" * 60,
    "sql": "'; DROP TABLE product_search; --",
    "or": "or " * 60,
    "numbers": "9" * 5_000,
    "dots": "6403." * 40,
    "placeholder": "%s %(name)s {0} {sql}",
}


@pytest.fixture
def product(db):
    product = ProductFactory(published=True)
    indexing.reindex([product.pk])
    return product


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_S28_a_hostile_text_is_searched_with_few_queries(product, text, django_assert_max_num_queries):
    """How long the database takes is bounded by its time limit, and measured by `make bench`."""
    with django_assert_max_num_queries(24):
        find(text)


@pytest.mark.parametrize("text", [text for text in HOSTILE.values() if "\ud800" not in text])
def test_S28_a_hostile_text_gets_a_page_and_an_answer_of_the_api(client, product, text):
    assert client.get(f"/en/products/?{urlencode({'q': text})}").status_code == 200
    assert client.get(f"/api/v1/products/?{urlencode({'q': text})}").status_code in (200, 400)


def test_S28_five_hundred_filters_take_few_queries(client, product, django_assert_max_num_queries):
    names = ("category", "hs", "market", "certificate", "incoterm", "province", "price", "moq", "lead", "business")
    query = urlencode([(names[n % 10], f"value {n}") for n in range(500)])
    with django_assert_max_num_queries(24):
        assert client.get(f"/en/products/?{query}").status_code == 200


# --- what takes too long ---------------------------------------------------------------------------


@pytest.fixture
def impatient(monkeypatch):
    monkeypatch.setattr(limited_reads, "LIMIT", "SET LOCAL statement_timeout = 50; ")


@pytest.mark.django_db(transaction=True)
def test_S28_a_read_is_given_up_and_the_next_one_works(impatient):
    with pytest.raises(TooSlow):
        rows_of("SELECT pg_sleep(5)")

    assert rows_of("SELECT 1") == [(1,)]
    with connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        assert cursor.fetchone() == ("0",)  # it ended with the read


def give_up(*_args: object, **_kwargs: object) -> None:
    raise TooSlow


def test_S28_results_come_without_counts_when_counting_takes_too_long(client, product, monkeypatch):
    monkeypatch.setattr(facet_counts, "rows_of", give_up)

    for query in ("", "?q=sandals", "?q=sandals&incoterm=FOB"):
        html = client.get(f"/en/products/{query}").content.decode()
        assert product.slug in html and "took too long" in html
    told = client.get("/api/v1/products/?counts=true&q=sandals").json()
    assert told["total"] is None and told["facets"] is None and len(told["results"]) == 1


def test_S28_a_search_that_takes_too_long_says_so(client, product, monkeypatch):
    monkeypatch.setattr("catalog.text_window.rows_of", give_up)

    response = client.get("/en/products/?q=sandals")
    assert response.status_code == 503 and "took too long" in response.content.decode()
    answer = client.get("/api/v1/products/?q=sandals")
    assert answer.status_code == 503 and answer.json()["code"] == "too_slow"


# --- few matches in a large catalogue ----------------------------------------------------------------


@pytest.mark.parametrize("sort", list(Sort))
@pytest.mark.parametrize("markets", [(), ("CL",)])
def test_few_are_found_first_and_sorted_then_with_the_same_pages(product, sort, markets):
    products = [ProductFactory(published=True, target_markets=["CL"]) for _number in range(7)]
    for rank, one in enumerate(products, start=1):
        indexing.set_markets(one.pk, {"CL": rank})
    filters = Filters(incoterms=("FOB",), markets=markets)
    walked = pages(filters, sort)
    SearchTier.objects.bulk_create([SearchTier(tier=1, floor=1), SearchTier(tier=2, floor=1)])
    keeping.forget()

    assert pages(filters, sort) == walked and len(walked) == (7 if markets else 8)


def pages(filters: Filters, sort: Sort) -> list[int]:
    seen, after = [], None
    while True:
        found = find(filters=filters, after=after, sort=sort, size=3, count=False)
        seen += [product.pk for product in found.products]
        after = found.next_after
        if after is None:
            return seen


def test_few_are_walled_off_from_the_order(product):
    SearchTier.objects.bulk_create([SearchTier(tier=1, floor=1), SearchTier(tier=2, floor=1)])
    keeping.forget()

    def asked(filters: Filters) -> Condition:
        return browsing.select(_order(), filters, [], None, 25, None, None)

    assert "OFFSET 0" in asked(Filters(incoterms=("FOB",))).sql
    assert "OFFSET 0" not in asked(Filters()).sql and "OFFSET 0" not in asked(Filters(categories=(1,))).sql
    ProductSearch.objects.all().delete()


def test_a_walk_along_prices_keeps_between_the_chosen_bands(db):
    usd = {
        price: ProductFactory(published=True, title={"en": f"At {price}", "id": f"Harga {price}"})
        for price in ("0.50", "1.00", "4.99", "5.00", "30", "49.99", "50", "600")
    }
    for price, product in usd.items():
        product.offers.update(unit_price=price, currency="USD")
    indexing.reindex(product.pk for product in usd.values())

    def found(**chosen: Any) -> list[str]:
        cheapest_first = pages(Filters(**chosen), Sort.PRICE)
        return [next(price for price, product in usd.items() if product.pk == pk) for pk in cheapest_first]

    assert found(prices=("1-5", "25-50")) == ["1.00", "4.99", "30", "49.99"]
    assert found(prices=("500-",)) == ["600"] and found(prices=("0-1",)) == ["0.50"]
    assert found(price_max=Decimal(5)) == ["0.50", "1.00", "4.99", "5.00"]
    walked = browsing.select(ORDERS[Sort.PRICE], Filters(prices=("25-50",)), [], None, 25, None, None)
    assert "price_usd >= " in walked.sql and "price_usd < " in walked.sql


def _order():
    return ORDERS[Sort.RELEVANCE]

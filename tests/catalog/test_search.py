"""`find`: text in any language, every filter, every order, and pages that neither skip nor repeat."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from catalog import indexing, search, text_window
from catalog.models import CertificateCoverage, ExchangeRate, Product, ProductSearch, SearchTier
from catalog.search import Filters, Sort, find
from kit.keyset import BadCursor, encode
from tests.factories import (
    CategoryFactory,
    CertificateFactory,
    CommodityFactory,
    HSCodeFactory,
    IncotermFactory,
    ProducerFactory,
    ProductFactory,
    ProvinceFactory,
    RegencyFactory,
    UserFactory,
    in_days,
)

pytestmark = pytest.mark.django_db


def published(**fields):
    product = ProductFactory(published=True, **fields)
    indexing.reindex([product.pk])
    return product


def chips(**fields):
    """A product of another kind, from another province."""
    food = CategoryFactory(slug="food", parent=None, name={"en": "Food"})
    snacks = CategoryFactory(slug="chips", parent=food, name={"en": "Chips", "es": "Frituras"})
    kind = CommodityFactory(
        slug="cassava-chips",
        name={"en": "Cassava chips", "id": "Keripik singkong", "es": "Chips de yuca", "pt": "Chips de mandioca"},
        synonyms={"es": ["mandioca frita"]},
        category=snacks,
        hs6=HSCodeFactory(code="200899"),
    )
    province = ProvinceFactory(code="33", name="Jawa Tengah")
    regency = RegencyFactory(code="33.74", name="Kota Semarang", province=province)
    values = {
        "title": {"id": "Keripik singkong balado"}, "description": {"id": "Renyah dan pedas."}, "summary": {},
        "category": snacks, "commodity": kind, "hs6": kind.hs6, "moq": Decimal(2400), "lead_time_days": 21,
        "producer": ProducerFactory(listed=True, trade_name="Dapur Magersari", regency=regency),
    } | fields  # fmt: skip
    product = ProductFactory(published=True, **values)
    product.offers.update(unit_price=Decimal("1.15"), incoterm=IncotermFactory(code="FCA", name="Free Carrier"))
    indexing.reindex([product.pk])
    return product


def keys(found) -> list[int]:
    return keys_of(found.products)


def keys_of(products) -> list[int]:
    return [product.pk for product in products]


# --- text ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "query",
    [
        "keripik",  # its own language
        "cassava chips",  # the commodity in English
        "yuca",  # in Spanish
        "mandioca",  # in Portuguese
        "mandioca frita",  # a synonym
        "frituras",  # the category
        "Magersari",  # the producer
        "semarang",  # the place
        "2008.99",
        "200899",
        "2008",
        "20",
        "20089900",  # a national code of eight digits
        "singkong -sandal",
        '"keripik singkong"',
    ],
)
def test_a_query_in_any_language_finds_the_product(query):
    product, _other = chips(), published()

    assert keys(find(query)) == [product.pk]


@pytest.mark.parametrize("query", ["singkong -balado", "xyzzy", "99", "&|!():*'\\ xyzzy"])
def test_a_query_that_matches_nothing_finds_nothing(query):
    chips()

    assert keys(find(query)) == []


@pytest.mark.parametrize("query", ["", "   ", "-balado", "!!!", "'", '"', "\x00", "()", "…"])
def test_a_query_without_words_asks_for_everything(query):
    product = chips()

    assert keys(find(query)) == [product.pk]


def test_a_title_counts_more_than_a_description():
    described = published(title={"en": "Bags"}, description={"en": "Goes with a hat."})
    titled = published(title={"en": "Hat"})

    assert keys(find("hat")) == [titled.pk, described.pk]


def test_a_shortened_hs_code_is_said():
    assert "2008" not in str(find("2008").notes)
    assert "200899" in find("2008.99.00").notes[0]


def test_the_window_of_a_text_search_ends_with_a_note(monkeypatch):
    monkeypatch.setattr(text_window, "WINDOW", 3)
    for _number in range(4):
        published()

    found = find("sandals")

    assert found.is_capped and found.total == 3 and len(found.products) == 3 and found.notes


def test_too_few_matches_among_the_best_are_completed_from_the_rest():
    best, worst = published(), published()
    ProductSearch.objects.filter(pk=worst.pk).update(tier=3)
    SearchTier.objects.create(tier=1, floor=900_000)
    SearchTier.objects.create(tier=2, floor=800_000)

    assert set(keys(find("sandals"))) == {best.pk, worst.pk}


# --- filters -------------------------------------------------------------------------------------


def covered(product, **fields):
    certificate = CertificateFactory(producer=product.producer, verified=True, **fields)
    CertificateCoverage.objects.create(certificate=certificate, product=product)
    indexing.reindex([product.pk])


@pytest.mark.parametrize(
    "filters",
    [
        lambda product: Filters(categories=(product.category_id,)),
        lambda product: Filters(categories=(product.category.parent_id,)),
        lambda product: Filters(categories=(product.category_id, 987_654)),
        lambda product: Filters(hs=("20",)),
        lambda product: Filters(hs=("2008",)),
        lambda product: Filters(hs=("200899", "010121")),
        lambda product: Filters(markets=("CL",)),
        lambda product: Filters(certificates=("HALAL",)),
        lambda product: Filters(incoterms=("FCA",)),
        lambda product: Filters(provinces=("33",)),
        lambda product: Filters(price_max=Decimal("1.15")),
        lambda product: Filters(lead_max=21),
        lambda product: Filters(markets=("CL",), provinces=("33",), hs=("20",), price_max=Decimal(2)),
    ],
)
@pytest.mark.parametrize("query", ["", "chips OR sandals"])
def test_each_filter_narrows_the_list(filters, query):
    product, _other = chips(target_markets=["CL"]), published(target_markets=["CL"])
    indexing.set_markets(product.pk, {"CL": 1})
    covered(product)

    assert keys(find(query, filters(product))) == [product.pk]


def test_the_largest_minimum_order_narrows_the_list():
    _product, other = chips(), published()

    assert keys(find(filters=Filters(moq_max=Decimal(300)))) == [other.pk]


def test_filters_narrow_each_other():
    product = chips()

    assert keys(find(filters=Filters(categories=(product.category_id,), hs=("64",)))) == []


def test_values_of_one_filter_are_alternatives():
    first, second = chips(), published()

    assert set(keys(find(filters=Filters(hs=("20", "64"))))) == {first.pk, second.pk}


def test_nothing_selected_gives_no_facet_condition():
    published()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        find()

    assert not any("&&" in query["sql"] or "@>" in query["sql"] for query in queries.captured_queries)


def test_an_expired_price_neither_sorts_nor_filters():
    published()
    ProductSearch.objects.update(price_until=in_days(-1))

    assert keys(find(filters=Filters(price_max=Decimal(100)))) == []
    assert keys(find(sort=Sort.PRICE)) == keys(find("sandals", sort=Sort.PRICE)) == []
    assert find(sort=Sort.PRICE).notes and find(filters=Filters(price_max=Decimal(1))).notes


def test_a_price_without_a_rate_is_left_out_and_a_rate_brings_it_in():
    product = published()
    product.offers.update(currency="IDR", unit_price=Decimal(80_000))
    indexing.reindex([product.pk])
    assert keys(find(filters=Filters(price_max=Decimal(100)))) == []

    ExchangeRate.objects.create(currency="IDR", day=in_days(0), usd=Decimal("0.00006"), source="Test")
    indexing.reindex_stale()

    assert keys(find(filters=Filters(price_max=Decimal(100)))) == [product.pk]


def test_products_of_a_suspended_producer_vanish_before_the_sweep():
    product = published()
    product.producer.suspend(by=None, why="Not reachable.")

    assert ProductSearch.objects.exists()
    assert keys(find()) == keys(find("sandals")) == keys_of(search.take([product.pk])) == []


# --- orders and pages ----------------------------------------------------------------------------


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
        indexing.set_answer_score(newcomer.pk, 100)

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


# --- queries -------------------------------------------------------------------------------------


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


def test_alternatives_are_of_the_same_shelf():
    product, near, far = published(), published(), chips()

    assert [one.pk for one in search.alternatives(product, 4)] == [near.pk]
    assert far.pk in [one.pk for one in search.newest(8)]


def test_tobacco_is_never_among_the_newest():
    shelf = CategoryFactory(slug="tobacco", parent=None, name={"en": "Tobacco"}, may_be_promoted=False)
    kretek = published(category=CategoryFactory(slug="kretek", parent=shelf, name={"en": "Kretek"}))
    product = published()

    assert [one.pk for one in search.newest(8)] == [product.pk]
    assert kretek.pk in keys(find())

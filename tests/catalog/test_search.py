"""`find`: text in any language, every filter, and what is shown beside it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog import indexing, search, text_window
from catalog.models import CertificateCoverage, ExchangeRate, ProductSearch, SearchTier
from catalog.search import Filters, Sort, find
from tests.catalog.products import published
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
    in_days,
)

pytestmark = pytest.mark.django_db


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


# --- what is shown beside a search ----------------------------------------------------------------


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

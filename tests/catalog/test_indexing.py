"""The search row: what it holds, when it comes and goes, and that every verb keeps it true."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

from catalog import facets, indexing, rebuilding, search_row
from catalog.models import CertificateCoverage, ExchangeRate, ProductSearch
from markets.models import MarketListing
from tests.catalog.products import published
from tests.factories import (
    CertificateFactory,
    CertificateTypeFactory,
    MarketFactory,
    PriceOfferFactory,
    ProductFactory,
    RevisionFactory,
    UserFactory,
    in_days,
)

pytestmark = pytest.mark.django_db


def row_of(product) -> ProductSearch:
    return ProductSearch.objects.get(product=product)


def everything() -> list[dict[str, Any]]:
    return [dict(row) for row in ProductSearch.objects.order_by("pk").values()]


def matches(product, query: str, configuration: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT document @@ websearch_to_tsquery(%s::regconfig, %s) FROM product_search WHERE product_id = %s",
            [configuration, query, product.pk],
        )
        return bool(cursor.fetchone()[0])


def test_a_published_product_has_a_row_with_its_facts():
    product = published(producer__regency__code="35.76")

    row = row_of(product)

    assert [row.hs6, row.moq, row.lead_time_days, row.price_usd] == ["640399", 300, 35, Decimal("6.80")]
    assert row.category == product.category_id and row.top_category == product.category.parent_id
    assert 0 <= row.sample < 64 and row.tier == 1
    assert {
        facets.category(product.category_id),
        facets.category(product.category.parent_id),
        facets.province("35"),
        facets.incoterm("FOB"),
        facets.hs("64"),
        facets.hs("6403"),
        facets.hs("640399"),
        facets.bucket(facets.MOQ, 300, facets.MOQ_BOUNDS),
        facets.bucket(facets.PRICE, Decimal("6.80"), facets.PRICE_BOUNDS),
        facets.bucket(facets.LEAD, 35, facets.LEAD_BOUNDS),
    } == set(row.facets)


@pytest.mark.parametrize("state", ["unpublished", "suspended", "retired"])
def test_a_product_that_is_not_public_has_no_row(state):
    product = published()
    type(product).objects.filter(pk=product.pk).update(state=state)

    indexing.reindex([product.pk])

    assert not ProductSearch.objects.exists()


def test_products_of_a_suspended_producer_have_no_row():
    product = published()
    product.producer.suspend(by=UserFactory(), why="Not reachable.")

    indexing.reindex([product.pk])

    assert not ProductSearch.objects.exists()


@pytest.mark.parametrize(
    ("query", "configuration"),
    [
        ("sandal kulit", "cat_id"),
        ("strap", "cat_en"),
        ("ojota", "cat_es"),
        ("huarache", "spanish"),
        ("sandálias", "cat_pt"),
        ("sandalias", "cat_pt"),
        ("Mojokerto", "cat_id"),
        ("footbed", "cat_en"),
    ],
)
def test_words_of_any_language_are_in_the_document(query, configuration):
    assert matches(published(), query, configuration)


@pytest.mark.parametrize("digits", ["64", "6403", "640399"])
def test_hs_codes_are_in_the_document(digits):
    assert matches(published(), f"hs{digits}", "simple")


def test_only_valid_certificates_are_facets():
    product = published()
    valid = CertificateFactory(producer=product.producer, verified=True)
    expired = CertificateFactory(
        producer=product.producer, verified=True, expired=True, type=CertificateTypeFactory(code="SVLK")
    )
    waiting = CertificateFactory(producer=product.producer, type=CertificateTypeFactory(code="ISO-9001"))
    for certificate in (valid, expired, waiting):
        CertificateCoverage.objects.create(certificate=certificate, product=product)

    indexing.reindex([product.pk])

    codes = [code for code in row_of(product).facets if code // facets.FACET == facets.CERTIFICATE]
    assert codes == [facets.certificate("HALAL")]


def test_no_two_certificate_types_share_a_facet_code():
    rows = csv.DictReader(Path("inaaccess/reference/certificate_types.csv").open(encoding="utf-8"))
    names = [row["code"] for row in rows]

    assert len({facets.certificate(name) for name in names}) == len(names) > 20


def test_the_lowest_valid_price_is_kept_in_usd():
    product = published()
    PriceOfferFactory(product=product, place="Mojokerto", currency="IDR", unit_price=Decimal(80000))
    PriceOfferFactory(product=product, place="Gresik", unit_price=Decimal("0.10"), expired=True)
    ExchangeRate.objects.create(currency="IDR", day=in_days(-9), usd=Decimal("0.0001"), source="Test")
    ExchangeRate.objects.create(currency="IDR", day=in_days(-1), usd=Decimal("0.00006"), source="Test")
    ExchangeRate.objects.create(currency="IDR", day=in_days(1), usd=Decimal("0.00001"), source="Test")

    indexing.reindex([product.pk])

    assert row_of(product).price_usd == Decimal("4.8")


def test_a_price_without_a_rate_is_no_price():
    product = ProductFactory(published=True, parts=False)
    PriceOfferFactory(product=product, currency="IDR", unit_price=Decimal(80000))

    indexing.reindex([product.pk])

    assert row_of(product).price_usd is None and row_of(product).price_until is None


def test_listed_markets_survive_a_suspension():
    product, market, staff = published(target_markets=["CL"]), MarketFactory(), UserFactory()
    MarketListing.of(product, market).list(by=staff)
    assert row_of(product).market_codes == ["CL"] and facets.market("CL") in row_of(product).facets

    product.suspend(by=staff, why="A check.")
    assert not ProductSearch.objects.exists()
    product.restore(by=staff, was="suspended")

    assert row_of(product).market_codes == ["CL"]


def test_a_market_that_the_product_no_longer_names_is_not_shown():
    product = published(target_markets=["CL"])
    indexing.set_markets(product.pk, {"CL": 1, "PE": 2})

    assert row_of(product).market_codes == ["CL"]


def test_good_answers_raise_the_quality():
    product = published()
    before = row_of(product).quality

    indexing.set_answer_scores([product.pk], 100)

    assert row_of(product).quality == before + 75_000 and row_of(product).answer_score == 100


def test_approval_writes_the_row():
    revision = RevisionFactory(in_review=True)

    revision.approve(by=revision.claimed_by, seen_version=revision.version)

    assert row_of(revision.product).hs6 == "640399"


def test_one_statement_for_one_product_and_for_twelve(django_assert_num_queries):
    products = [ProductFactory(published=True) for _number in range(12)]

    with django_assert_num_queries(2):  # delete, write
        indexing.reindex([products[0].pk])
    with django_assert_num_queries(2):
        indexing.reindex([product.pk for product in products])

    assert ProductSearch.objects.count() == 12


def test_a_full_rebuild_changes_nothing_that_the_verbs_wrote():
    product, staff = published(target_markets=["CL"]), UserFactory()
    MarketListing.of(product, MarketFactory()).list(by=staff)
    published().retire(by=staff)
    published().confirm(by=staff)
    kept = everything()

    call_command("reindex", "--all")

    rebuilt = everything()
    assert [row | {"built_at": None} for row in rebuilt] == [row | {"built_at": None} for row in kept]
    assert len(rebuilt) == 2


def test_a_rebuild_from_nothing_has_all_its_indexes():
    product = published()
    kept = everything()
    ProductSearch.objects.all().delete()

    rebuilding.reindex_all()

    assert [row | {"built_at": None} for row in everything()] == [row | {"built_at": None} for row in kept]
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexname FROM pg_indexes WHERE tablename = 'product_search'")
        names = {name for (name,) in cursor.fetchall()}
    assert names >= {index.name for index in ProductSearch._meta.indexes}
    assert row_of(product).hs6 == "640399"


def test_tiers_follow_the_quality(monkeypatch):
    best, worst = published(), published(summary={}, target_markets=[], confirmed_on=None)
    monkeypatch.setattr(search_row, "TIER_FLOORS", search_row.TIER_FLOORS.replace("5000)", "1)"))

    indexing.refresh_tiers()

    assert row_of(best).tier == 1 and row_of(worst).tier == 2
    indexing.reindex([worst.pk])
    assert row_of(worst).tier == 2

"""Every way of changing what is searchable reaches the search rows: at once, or by the worker."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from catalog import facets, indexing, rebuilding, upkeep
from catalog.coverage import cover_product, cover_products
from catalog.models import (
    CertificateCoverage,
    Commodity,
    ExchangeRate,
    NewTerm,
    Product,
    ProductRevision,
    ProductSearch,
    ProductState,
    SearchMark,
    SearchRun,
)
from catalog.search import Filters, find
from catalog.thesaurus import merge
from exporters.models import Producer
from markets.models import MarketListing
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def product() -> Product:
    made = make.ProductFactory(published=True, target_markets=["CL"])
    certificate = make.CertificateFactory(producer=made.producer, verified=True)
    CertificateCoverage.objects.create(certificate=certificate, product=made)
    MarketListing.of(made, make.MarketFactory()).list(by=make.UserFactory())
    made.offers.update(currency="IDR", unit_price=Decimal(80_000))
    ExchangeRate.objects.create(currency="IDR", day=make.in_days(-9), usd=Decimal("0.0001"), source="Test")
    upkeep.keep_up()
    indexing.reindex([made.pk])
    return made


def rows() -> list[dict[str, Any]]:
    return [row | {"built_at": None} for row in ProductSearch.objects.order_by("pk").values()]


def is_found(query: str = "", **filters: Any) -> bool:
    return bool(find(query, Filters(**filters)).products)


def staff() -> Any:
    return make.UserFactory(ministry=True)


def approve_another_title(product: Product) -> None:
    revision = ProductRevision.begin(product, by=product.producer.created_by or staff())
    ProductRevision.objects.filter(pk=revision.pk).update(
        title={"en": "Zebra sandals"}, state="in_review", claimed_by=(reviewer := staff()), claimed_at=timezone.now()
    )
    revision.refresh_from_db()
    revision.approve(by=reviewer, seen_version=revision.version)


def rename_producer(product: Product) -> None:
    producer = Producer.editing(product.producer_id, seen_version=product.producer.version)
    producer.trade_name = "Zebra Jaya"
    producer.edited(by=staff())


def edit_synonyms(product: Product) -> None:
    commodity = product.commodity
    assert commodity
    commodity.synonyms = {"es": ["zebras"]}
    commodity.save()


def merge_concepts(product: Product) -> None:
    other = make.CommodityFactory(slug="zebra-shoes", name={"en": "Zebra shoes"}, synonyms={})
    assert product.commodity
    merge(product.commodity, into=other, by=staff())


def rename_category(product: Product) -> None:
    assert product.category
    product.category.name = {"en": "Zebra things"}
    product.category.save()


def rename_parent_category(product: Product) -> None:
    assert product.category and product.category.parent
    product.category.parent.name = {"en": "Zebra world"}
    product.category.parent.save()


def rename_place(product: Product) -> None:
    product.producer.regency.name = "Kota Zebra"
    product.producer.regency.save()


def rename_heading(product: Product) -> None:
    assert product.hs6 and product.hs6.parent
    product.hs6.parent.name = "Zebra footwear"
    product.hs6.parent.save()


WORDS: dict[str, Callable[[Product], None]] = {
    "approval": approve_another_title,
    "producer renamed": rename_producer,
    "thesaurus edited": edit_synonyms,
    "concepts merged": merge_concepts,
    "category renamed": rename_category,
    "upper category renamed": rename_parent_category,
    "place renamed": rename_place,
    "HS heading reworded": rename_heading,
}


@pytest.mark.parametrize("change", WORDS.values(), ids=WORDS)
def test_a_new_word_finds_the_product(product, change):
    assert not is_found("zebra")

    change(product)
    upkeep.drain()

    assert is_found("zebra")
    assert not SearchMark.objects.exists() and not NewTerm.objects.exists()


def suspend(product: Product) -> None:
    product.suspend(by=staff(), why="A check.")


def retire(product: Product) -> None:
    product.retire(by=staff())


def suspend_producer(product: Product) -> None:
    product.producer.suspend(by=staff(), why="Not reachable.")


GONE: dict[str, tuple[Callable[[Product], None], Callable[[Product], None]]] = {
    "suspended": (suspend, lambda product: product.restore(by=staff(), was=ProductState.SUSPENDED)),
    "retired": (retire, lambda product: product.restore(by=staff(), was=ProductState.RETIRED)),
    "producer suspended": (suspend_producer, lambda product: product.producer.restore(by=staff())),
}


@pytest.mark.parametrize(("take", "give"), GONE.values(), ids=GONE)
def test_what_is_taken_down_has_no_row_until_it_is_given_back(product, take, give):
    take(product)
    upkeep.drain()
    assert not ProductSearch.objects.exists()

    give(product)
    upkeep.drain()
    assert is_found("sandal")


def test_a_suspended_product_leaves_in_the_same_transaction(product):
    suspend(product)
    assert not ProductSearch.objects.exists()


def test_a_withdrawn_listing_leaves_the_market(product):
    assert is_found(markets=("CL",))
    MarketListing.objects.get().withdraw(by=staff())
    assert not is_found(markets=("CL",)) and is_found()


def reject_certificate(product: Product) -> None:
    product.producer.certificates.update(state="rejected")


def let_certificate_expire(product: Product) -> None:
    product.producer.certificates.update(issued_on=make.in_days(-400), expires_on=make.in_days(-1))


def uncover_product(product: Product) -> None:
    cover_product(product, [], by=staff())


def cover_nothing(product: Product) -> None:
    cover_products(product.producer.certificates.get(), [], by=staff())


@pytest.mark.parametrize("change", [reject_certificate, let_certificate_expire, uncover_product, cover_nothing])
def test_a_certificate_that_holds_no_more_leaves_the_facet(product, change):
    assert is_found(certificates=("HALAL",))
    change(product)
    upkeep.drain()
    assert not is_found(certificates=("HALAL",)) and is_found()


def test_a_certificate_is_a_facet_once_it_is_verified(product):
    waiting = make.CertificateFactory(producer=product.producer, type__code="SVLK")
    cover_products(waiting, [product], by=staff())
    assert not is_found(certificates=("SVLK",))

    waiting.verify(by=staff())
    upkeep.drain()

    assert is_found(certificates=("SVLK",))


def test_the_clock_takes_an_expired_certificate_and_a_lapsed_price_from_the_row(product, monkeypatch):
    before = ProductSearch.objects.get()
    assert before.price_usd == 8
    product.producer.certificates.update(expires_on=make.in_days(1))
    product.offers.update(valid_until=make.in_days(1))
    upkeep.drain()
    assert facets.certificate("HALAL") in ProductSearch.objects.get().facets

    # The day moves on; the database's own clock does not, so what ends tomorrow ends yesterday instead.
    product.offers.update(valid_until=make.in_days(-1))
    type(product.producer.certificates.get()).objects.update(expires_on=make.in_days(-1))
    SearchMark.objects.all().delete()
    SearchRun.objects.filter(name="day").update(position=(make.in_days(-3)).toordinal())
    upkeep.keep_up()

    row = ProductSearch.objects.get()
    assert facets.certificate("HALAL") not in row.facets and row.price_usd is None


def test_a_day_is_marked_once(product):
    SearchRun.objects.filter(name="day").update(position=make.in_days(-200).toordinal())
    Product.objects.update(confirmed_on=make.in_days(-300))
    upkeep.mark_the_day()
    assert SearchMark.objects.filter(kind="product", is_bulk=True).count() == 1
    upkeep.mark_the_day()
    assert SearchMark.objects.filter(kind="product").count() == 1


@pytest.mark.parametrize("how", ["added", "edited", "deleted"])
def test_an_exchange_rate_changes_the_price(product, how):
    if how == "added":
        ExchangeRate.objects.create(currency="IDR", day=make.in_days(0), usd=Decimal("0.0002"), source="Test")
    elif how == "edited":
        ExchangeRate.objects.update(usd=Decimal("0.0002"))
    else:
        ExchangeRate.objects.all().delete()
    upkeep.drain()
    assert ProductSearch.objects.get().price_usd == (None if how == "deleted" else 16)


def test_a_rate_of_tomorrow_counts_from_tomorrow_on(product):
    ExchangeRate.objects.create(currency="IDR", day=make.in_days(0), usd=Decimal("0.0002"), source="Test")
    SearchMark.objects.all().delete()
    SearchRun.objects.filter(name="day").update(position=make.in_days(-1).toordinal())
    upkeep.keep_up()
    assert ProductSearch.objects.get().price_usd == 16


@pytest.mark.parametrize("change", WORDS.values(), ids=WORDS)
def test_the_rows_are_those_of_a_fresh_build(product, change):
    change(product)
    upkeep.drain()
    kept = rows()

    ProductSearch.objects.all().delete()
    rebuilding.reindex_all()

    assert rows() == kept


def test_a_change_that_is_undone_leaves_no_mark(product):
    name = product.producer.trade_name
    Producer.objects.update(trade_name=name)
    Commodity.objects.update(hs6=product.hs6)
    assert not SearchMark.objects.exists()


def test_small_changes_pass_big_ones(product, monkeypatch):
    monkeypatch.setattr(upkeep, "BULK", 0)
    monkeypatch.setattr(upkeep, "BATCH", 1)
    edit_synonyms(product)
    upkeep._step()
    SearchMark.objects.create(kind="product", key="0")
    assert [one.is_bulk for one in SearchMark.objects.order_by("id")] == [True, False]

    upkeep._step()

    assert SearchMark.objects.get().is_bulk


def test_the_worker_stops_after_a_while_and_goes_on_later(product):
    edit_synonyms(product)
    assert upkeep.drain(seconds=0) == 0
    assert SearchMark.objects.exists() and NewTerm.objects.exists()
    call_command("reindex", "--marked")
    assert not SearchMark.objects.exists() and not NewTerm.objects.exists()

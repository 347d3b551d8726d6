"""The sweep over search rows that the day, or somebody beside the verbs, overtook."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from catalog import indexing
from catalog.models import CertificateCoverage, ExchangeRate, Product, ProductSearch
from tests.catalog.products import published
from tests.factories import (
    CertificateFactory,
    UserFactory,
    in_days,
)

pytestmark = pytest.mark.django_db


def built_yesterday() -> None:
    yesterday = timezone.now() - timedelta(days=1)
    ProductSearch.objects.update(built_at=yesterday)
    Product.objects.update(changed_at=yesterday - timedelta(hours=1))


def stale_after(change: str, product) -> None:
    if change == "price lapsed":
        product.offers.update(valid_until=in_days(-1))
    elif change == "certificate decided":
        certificate = CertificateFactory(producer=product.producer)
        CertificateCoverage.objects.create(certificate=certificate, product=product)
        type(certificate).objects.update(state="verified", decided_at=timezone.now())
    elif change == "new rate":
        product.offers.update(currency="IDR")
        ExchangeRate.objects.create(currency="IDR", day=in_days(0), usd=Decimal("0.5"), source="Test")
    elif change == "producer renamed":
        type(product.producer).objects.filter(pk=product.producer_id).update(trade_name="Baru", version=2)
    elif change == "producer suspended":
        product.producer.suspend(by=UserFactory(), why="Not reachable.")


@pytest.mark.parametrize(
    "change", ["price lapsed", "certificate decided", "new rate", "producer renamed", "producer suspended"]
)
def test_rows_that_the_day_overtook_are_rebuilt(change):
    product, other = published(), published()
    built_yesterday()
    stale_after(change, product)

    indexing.reindex_stale()

    rows = {row.product_id: row for row in ProductSearch.objects.all()}
    assert rows[other.pk].built_at.date() == in_days(-1)
    assert product.pk not in rows or rows[product.pk].built_at.date() == in_days(0)


@pytest.mark.parametrize(
    "change", ["price lapsed", "certificate decided", "new rate", "producer renamed", "producer suspended"]
)
def test_a_second_sweep_finds_nothing(change):
    product = published()
    stale_after(change, product)

    assert indexing.reindex_stale() == 1
    assert indexing.reindex_stale() == 0


def test_a_row_that_stays_the_same_is_not_written():
    product = published()
    built_yesterday()
    before = ProductSearch.objects.get().built_at

    indexing.reindex([product.pk])
    assert ProductSearch.objects.get().built_at == before

    indexing.set_answer_scores([product.pk], 80)
    assert ProductSearch.objects.get().built_at > before

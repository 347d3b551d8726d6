"""The reference rows that pages keep for a minute: rows that staff add meanwhile break nothing."""

from __future__ import annotations

import pytest

from catalog import indexing
from catalog.models import CertificateCoverage, Unit
from catalog.vocabulary import vocabulary
from kit import keeping
from tests.factories import (
    CategoryFactory,
    CertificateFactory,
    CertificateTypeFactory,
    CommodityFactory,
    HSCodeFactory,
    ProducerFactory,
    ProductFactory,
    ProvinceFactory,
    RegencyFactory,
)

pytestmark = pytest.mark.django_db


def test_rows_are_read_once_a_minute(django_assert_num_queries):
    vocabulary()
    CategoryFactory()

    with django_assert_num_queries(0):
        assert not vocabulary().categories
    keeping.forget()
    assert vocabulary().categories


def test_a_product_made_of_newer_rows_is_shown_all_the_same(client):
    vocabulary()
    category = CategoryFactory(slug="new-shelf", parent=CategoryFactory(slug="new-top", parent=None))
    hs6 = HSCodeFactory(code="010121")
    regency = RegencyFactory(code="99.01", name="Baru", province=ProvinceFactory(code="99", name="Baru"))
    product = ProductFactory(
        published=True,
        category=category,
        commodity=CommodityFactory(slug="new-thing", hs6=hs6, category=category),
        hs6=hs6,
        unit=Unit.objects.create(code="XNW", symbol="new", name={"en": "new unit"}, kind="pack"),
        producer=ProducerFactory(listed=True, regency=regency),
    )
    kind = CertificateTypeFactory(code="NEW", name={"en": "New"})
    certificate = CertificateFactory(producer=product.producer, verified=True, type=kind)
    CertificateCoverage.objects.create(certificate=certificate, product=product)
    indexing.reindex([product.pk])

    for address in (
        "/en/", "/en/products/", "/en/products/?q=sandal", f"/en/products/{product.slug}/",
        "/en/producers/", f"/en/producers/{product.producer.slug}/",
    ):  # fmt: skip
        response = client.get(address)
        assert response.status_code == 200, address
    assert product.slug in client.get("/en/products/").content.decode()

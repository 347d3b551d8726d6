"""A certificate that expires loses its badge on every page at once, before any worker has been there."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from catalog import indexing, upkeep
from catalog.models import CertificateCoverage
from kit import keeping
from tests import factories as make

pytestmark = pytest.mark.django_db
BADGE = "Halal certificate"


@pytest.fixture
def certificate() -> Any:
    product = make.ProductFactory(published=True, slug="with-badge", producer__slug="badge-holder")
    held = make.CertificateFactory(producer=product.producer, verified=True, type__gives_badge=True)
    CertificateCoverage.objects.create(certificate=held, product=product)
    indexing.reindex([product.pk])
    upkeep.keep_up()
    return held


@pytest.mark.parametrize(
    "address",
    [
        "/en/",
        "/en/products/?category=footwear",
        "/en/products/?q=sandal",
        "/en/products/with-badge/",
        "/en/producers/",
        "/en/producers/badge-holder/",
        "/api/v1/products/",
        "/api/v1/products/with-badge/",
        "/api/v1/producers/badge-holder/",
    ],
)
def test_its_badge_is_gone_from_the_page_at_once(client, certificate, address):
    def badges() -> int:
        keeping.forget()
        text = client.get(address).content.decode()
        return text.count("HALAL") if address.startswith("/api/") else text.count(BADGE)

    valid = badges()
    type(certificate).objects.update(issued_on=make.in_days(-400), expires_on=make.in_days(-1))
    expired = badges()
    type(certificate).objects.update(state="submitted", expires_on=None, decided_at=timezone.now())
    waiting = badges()
    type(certificate).objects.update(state="rejected")

    assert expired < valid
    assert waiting == badges() == expired


@pytest.mark.parametrize(
    "address", ["/en/products/with-badge/", "/en/producers/badge-holder/", "/api/v1/products/with-badge/"]
)
def test_a_renewed_certificate_gives_its_place_to_the_new_one(client, certificate, address):
    new = make.CertificateFactory(producer=certificate.producer, verified=True, renews=certificate)
    CertificateCoverage.objects.create(certificate=new, product=certificate.products.get())
    keeping.forget()
    text = client.get(address).content.decode()
    assert new.number in text and certificate.number not in text

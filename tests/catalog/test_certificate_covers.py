"""The products of a certificate, from its side."""

from __future__ import annotations

import pytest

from catalog.models import CertificateCoverage
from tests import factories as make
from tests.catalog.desk import at, signed_in

pytestmark = pytest.mark.django_db


def test_ticked_products_are_covered_and_the_others_are_not(client):
    producer = signed_in(client).producer
    first, second = make.ProductFactory(producer=producer), make.ProductFactory(producer=producer)
    certificate = make.CertificateFactory(producer=producer)
    CertificateCoverage.objects.create(certificate=certificate, product=first)
    answer = client.post(at("certificate_covers", certificate.pk), {"products": [second.pk]})
    assert answer.status_code == 302 and list(certificate.products.all()) == [second]


def test_the_page_after_the_upload_asks_for_the_products_and_may_be_left(client):
    producer = signed_in(client).producer
    make.RevisionFactory(product__producer=producer, title={"en": "Leather sandals"})
    certificate = make.CertificateFactory(producer=producer)
    page = client.get(at("certificate_covers", certificate.pk)).content.decode()
    assert "Which products does it cover?" in page and "Leather sandals" in page
    assert f'<a href="{at("certificate_list")}">Choose later</a>' in page


def test_without_a_product_it_says_how_to_go_on(client):
    certificate = make.CertificateFactory(producer=signed_in(client).producer)
    page = client.get(at("certificate_covers", certificate.pk)).content.decode()
    assert "Start a product first" in page and at("product_start") in page and "Save the products" not in page


def test_products_of_a_neighbour_are_refused(client):
    certificate = make.CertificateFactory(producer=signed_in(client).producer)
    foreign = make.ProductFactory()
    assert client.post(at("certificate_covers", certificate.pk), {"products": [foreign.pk]}).status_code == 422
    assert not foreign.certificates.exists()


def test_a_neighbours_certificate_does_not_exist(client):
    signed_in(client)
    assert client.get(at("certificate_covers", make.CertificateFactory().pk)).status_code == 404


def test_the_page_takes_a_fixed_number_of_queries(client, django_assert_max_num_queries):
    producer = signed_in(client).producer
    certificate = make.CertificateFactory(producer=producer)
    for _number in range(12):
        make.RevisionFactory(product__producer=producer, complete=True)
    with django_assert_max_num_queries(22):
        client.get(at("certificate_covers", certificate.pk))

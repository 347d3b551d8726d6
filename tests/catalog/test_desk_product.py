"""One product on the desk."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests import factories as make
from tests.catalog.desk import at, signed_in, url, words

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("state", "buttons"),
    [("published", {"change", "retire", "confirm"}), ("retired", {"change", "restore"}), ("suspended", {"change"})],
)
def test_only_what_is_possible_is_offered(client, state, buttons):
    product = make.ProductFactory(**{state: True}, producer=signed_in(client).producer)
    page = client.get(at("desk_product", product.pk)).content.decode()
    offered = {verb for verb in ("change", "retire", "restore", "confirm") if at(f"product_{verb}", product.pk) in page}
    assert offered == buttons


def test_an_open_revision_is_gone_on_with(client):
    revision = make.RevisionFactory(product__producer=signed_in(client).producer)
    page = client.get(at("desk_product", revision.product_id)).content.decode()
    assert url(revision, "what") in page and at("product_change", revision.product_id) not in page


def test_the_reason_of_a_rejection_is_told(client):
    producer = signed_in(client).producer
    revision = make.RevisionFactory(rejected=True, rejection="Tobacco for minors.", product__producer=producer)
    assert "Tobacco for minors." in words(client.get(at("desk_product", revision.product_id)))


def test_a_neighbours_product_does_not_exist(client):
    signed_in(client)
    assert client.get(at("desk_product", make.ProductFactory(published=True).pk)).status_code == 404


def test_a_suspended_producer_is_led_to_no_public_page(client):
    producer = signed_in(client).producer
    producer.list(by=None)
    product = make.ProductFactory(published=True, producer=producer)
    address = reverse("product_detail", args=[product.slug])
    assert address in client.get(at("desk_product", product.pk)).content.decode()
    producer.suspend(by=make.UserFactory(ministry=True), why="Foto palsu.")
    assert address not in client.get(at("desk_product", product.pk)).content.decode()

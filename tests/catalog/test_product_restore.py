"""The producer's button “restore”."""

from __future__ import annotations

import pytest

from accounts.models import AuditEntry
from tests import factories as make
from tests.catalog.desk import at, signed_in

pytestmark = pytest.mark.django_db


def test_it_changes_the_state_and_twice_is_once(client):
    product = make.ProductFactory(retired=True, producer=signed_in(client).producer)
    for _press in range(2):
        assert client.post(at("product_restore", product.pk)).url == at("desk_product", product.pk)
    product.refresh_from_db()
    assert product.state == "published" and AuditEntry.objects.filter(verb="restore").count() == 1


@pytest.mark.parametrize("state", ["suspended", None])
def test_it_is_refused_in_another_state(client, state):
    product = make.ProductFactory(producer=signed_in(client).producer, **({state: True} if state else {}))
    before = product.state
    assert client.post(at("product_restore", product.pk)).status_code == 409
    product.refresh_from_db()
    assert product.state == before and not AuditEntry.objects.exists()


def test_a_neighbours_product_does_not_exist(client):
    signed_in(client)
    assert client.post(at("product_restore", make.ProductFactory(retired=True).pk)).status_code == 404

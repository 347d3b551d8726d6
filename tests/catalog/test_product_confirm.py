"""Confirming that the public facts hold."""

from __future__ import annotations

import pytest

from tests import factories as make
from tests.catalog.desk import at, signed_in

pytestmark = pytest.mark.django_db


def test_the_day_is_today_without_a_new_approval(client):
    product = make.ProductFactory(published=True, producer=signed_in(client).producer, confirmed_on=make.in_days(-200))
    assert client.post(at("product_confirm", product.pk)).status_code == 302
    product.refresh_from_db()
    assert product.confirmed_on == make.in_days(0) and not product.revisions.exists()


@pytest.mark.parametrize("state", ["retired", "suspended", None])
def test_only_a_published_product_can_be_confirmed(client, state):
    product = make.ProductFactory(producer=signed_in(client).producer, **({state: True} if state else {}))
    assert client.post(at("product_confirm", product.pk)).status_code == 409

"""The producer's own products."""

from __future__ import annotations

import pytest

from tests import factories as make
from tests.catalog.desk import at, signed_in, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def producer(client):
    return signed_in(client).producer


def fill(producer, number: int) -> None:
    for _number in range(number):
        product = make.ProductFactory(published=True, producer=producer)
        make.RevisionFactory(complete=True, product=product)


def test_products_of_ones_own_stand_with_their_states_and_completeness(client, producer):
    fill(producer, 1)
    make.ProductFactory(published=True, title={"en": "Not mine"})
    page = words(client.get(at("desk_product_list")))
    assert "published" in page and "draft" in page and "%" in page and "Not mine" not in page


@pytest.mark.parametrize("rows", [1, 12])
def test_the_list_takes_a_fixed_number_of_queries(client, producer, rows, django_assert_max_num_queries):
    fill(producer, rows)
    with django_assert_max_num_queries(20):
        assert len(client.get(at("desk_product_list")).context["rows"]) == rows


def test_each_tab_shows_its_states(client, producer):
    draft = make.RevisionFactory(product__producer=producer).product
    waiting = make.RevisionFactory(submitted=True, product__producer=producer).product
    public = make.ProductFactory(published=True, producer=producer)
    retired = make.ProductFactory(retired=True, producer=producer)
    shown = {
        tab: [row.product for row in client.get(at("desk_product_list"), {"state": tab}).context["rows"]]
        for tab in ("working", "review", "published", "closed", "nonsense")
    }
    assert shown.pop("nonsense") == [retired, public, waiting, draft]
    assert shown == {"working": [draft], "review": [waiting], "published": [public], "closed": [retired]}


def test_pages_continue_where_the_last_one_ended(client, producer):
    products = [make.ProductFactory(producer=producer) for _number in range(23)]
    first = client.get(at("desk_product_list")).context
    second = client.get(at("desk_product_list") + first["next_url"]).context
    shown = [row.product for row in [*first["rows"], *second["rows"]]]
    assert shown == products[::-1] and not second["next_url"]


def test_a_forged_position_is_ignored_with_a_note(client, producer):
    fill(producer, 1)
    page = client.get(at("desk_product_list"), {"after": "forged"})
    assert page.status_code == 200 and "does not exist any more" in words(page)


def test_who_has_no_producer_is_told_to_add_one(client):
    client.force_login(make.UserFactory())
    assert "First tell us about your company" in words(client.get(at("desk_product_list")))

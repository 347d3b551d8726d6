"""Which products a collection holds, in which order, and which of them are shown."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from accounts.workflow import Refused
from markets.models import Chosen, Collection, CollectionItem
from markets.models.collection import MOST_ITEMS
from tests import factories as make
from tests.markets.collections import offered

pytestmark = pytest.mark.django_db


@pytest.fixture
def curator():
    return make.UserFactory(mission=True)


def order(collection):
    return list(collection.items.order_by("position").values_list("product", flat=True))


def test_products_are_put_in_their_order_with_their_notes(curator):
    one, two, three = offered("one"), offered("two"), offered("three")
    collection = make.CollectionFactory(products=[one, two])

    collection.rewrite(
        by=curator, seen_version=1, items=[Chosen(three.pk, {"es": "Nuevo"}), Chosen(one.pk, {"en": "First"})]
    )

    rows = list(collection.items.order_by("position").values_list("product", "position", "note"))
    assert rows == [(three.pk, 1, {"es": "Nuevo"}), (one.pk, 2, {"en": "First"})]
    collection.rewrite(by=curator, seen_version=2, items=[Chosen(one.pk, {}), Chosen(three.pk, {})])
    assert order(collection) == [one.pk, three.pk]


def test_a_product_is_in_a_collection_once(curator):
    product = offered()
    collection = make.CollectionFactory()

    with pytest.raises(Refused) as refusal:
        collection.rewrite(by=curator, seen_version=1, items=[Chosen(product.pk, {}), Chosen(product.pk, {})])
    assert refusal.value.code == "product_twice"

    CollectionItem.objects.create(collection=collection, product=product, position=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        CollectionItem.objects.create(collection=collection, product=product, position=2)


def test_only_what_is_offered_in_the_market_is_added_and_what_is_in_may_stay(curator):
    inside = offered("inside")
    collection = make.CollectionFactory(products=[inside])
    elsewhere, unlisted = offered("elsewhere", "BR"), make.ProductFactory(published=True, target_markets=["CL"])
    inside.listings.get().withdraw(by=curator)

    for other in (elsewhere, unlisted):
        with pytest.raises(Refused) as refusal:
            collection.rewrite(by=curator, seen_version=1, items=[Chosen(inside.pk, {}), Chosen(other.pk, {})])
        assert refusal.value.code == "product_not_offered"
    collection.rewrite(by=curator, seen_version=1, items=[Chosen(inside.pk, {"en": "Soon again"})])

    assert order(collection) == [inside.pk]


def test_a_collection_for_all_takes_every_published_product(curator):
    collection = make.CollectionFactory(market=None)
    published, draft = make.ProductFactory(published=True), make.ProductFactory()

    collection.rewrite(by=curator, seen_version=1, items=[Chosen(published.pk, {})])

    with pytest.raises(Refused):
        collection.rewrite(by=curator, seen_version=2, items=[Chosen(published.pk, {}), Chosen(draft.pk, {})])
    assert order(collection) == [published.pk]


def test_a_collection_has_at_most_a_hundred_products(curator):
    collection = make.CollectionFactory(market=None)

    with pytest.raises(Refused) as refusal:
        collection.rewrite(
            by=curator, seen_version=1, items=[Chosen(number, {}) for number in range(1, MOST_ITEMS + 2)]
        )

    assert refusal.value.code == "too_many_products"


def test_an_item_is_shown_while_its_product_is_public_and_listed_in_the_market(curator):
    products = {name: offered(name) for name in ("shown", "retired", "withdrawn", "suspended maker")}
    collection = make.CollectionFactory(products=products.values())
    products["retired"].retire(by=curator)
    products["withdrawn"].listings.get().withdraw(by=curator)
    products["suspended maker"].producer.suspend(by=curator, why="A check.")

    assert [item.product for item in collection.items.shown()] == [products["shown"]]
    Collection.objects.update(market=None)
    assert collection.items.shown().count() == 2

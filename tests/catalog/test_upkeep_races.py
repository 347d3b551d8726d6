"""The worker beside verbs, editors and other workers: the last word is always what stands in the tables."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction

from catalog import indexing, upkeep
from catalog.models import Commodity, NewTerm, Product, ProductSearch, SearchMark
from catalog.search import find
from tests import factories as make
from tests.catalog.rebuilds import in_a_thread

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def product() -> Any:
    made = make.ProductFactory(published=True)
    indexing.reindex([made.pk])
    return made


def edit(product: Any, *words: str) -> None:
    commodity = Commodity.objects.get(pk=product.commodity_id)
    commodity.synonyms = {"es": list(words)}
    commodity.save()


def test_a_change_that_is_not_stored_yet_is_not_lost(product):
    with transaction.atomic():
        edit(product, "zapatillón")
        worker = in_a_thread(upkeep.drain)
        worker.join(timeout=10)
        assert not worker.is_alive()

    assert find("zapatillon").products
    upkeep.drain()
    assert find("zapatillon").products and not NewTerm.objects.exists()


def test_a_row_is_not_overwritten_with_what_a_verb_has_just_changed(product):
    Product.objects.filter(pk=product.pk).update(lead_time_days=9)
    with transaction.atomic():
        product.lock()
        worker = in_a_thread(lambda: indexing.reindex([product.pk]))
        worker.join(timeout=0.5)
        assert worker.is_alive()  # it waits for the verb
        Product.objects.filter(pk=product.pk).update(lead_time_days=77)
        indexing.reindex([product.pk])
    worker.join(timeout=10)

    assert ProductSearch.objects.get().lead_time_days == 77


def test_two_workers_share_the_marks(product, monkeypatch):
    monkeypatch.setattr(upkeep, "BATCH", 2)
    others = [make.ProductFactory(published=True, producer=product.producer).pk for _number in range(9)]
    product.producer.trade_name = "Zebra Jaya"
    product.producer.save()

    workers = [in_a_thread(upkeep.drain) for _number in range(2)]
    for worker in workers:
        worker.join(timeout=30)

    assert not SearchMark.objects.exists()
    assert len(find("zebra", size=24).products) == len(others) + 1


def test_a_failed_step_leaves_its_marks(product, monkeypatch):
    edit(product, "zapatillón")

    def fail(_ids: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr(upkeep, "reindex", fail)
    with pytest.raises(RuntimeError):
        upkeep.drain()
    monkeypatch.undo()

    assert SearchMark.objects.exists()
    upkeep.drain()
    assert not SearchMark.objects.exists() and find("zapatillon").products

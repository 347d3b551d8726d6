"""Rebuilding every search row beside verbs, searches, the worker and long readers, and after being killed."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import transaction

from catalog import facets, indexing, rebuilding, search_row, upkeep
from catalog.models import Product, ProductSearch, SearchRun, WrittenMeanwhile
from catalog.search import find
from kit import sql
from markets.models import MarketListing
from tests import factories as make
from tests.catalog.rebuilds import Killed, asked, at, in_a_thread, kill_at, rows, spoil

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("small_steps")]


@pytest.mark.parametrize("phase", ["products", "indexes"])
def test_verbs_during_a_rebuild_are_not_lost(products, phase):
    suspended, listed, answered, deleted = products
    revision, staff, market = make.RevisionFactory(in_review=True), make.UserFactory(), make.MarketFactory()

    def work() -> None:
        revision.approve(by=revision.claimed_by, seen_version=revision.version)
        suspended.suspend(by=staff, why="A check.")
        MarketListing.of(listed, market).list(by=staff)
        indexing.set_answer_scores([answered.pk], 100)
        Product.objects.get(pk=deleted.pk).delete()

    rebuilding.reindex_all(at(phase, work))

    found = {row.product_id: row for row in ProductSearch.objects.all()}
    assert set(found) == {revision.product_id, listed.pk, answered.pk}
    assert found[listed.pk].market_codes == ["CL"] and facets.market("CL") in found[listed.pk].facets
    assert found[answered.pk].answer_score == 100
    assert not WrittenMeanwhile.objects.exists()


@contextmanager
def waiting(verb: Callable[[], None]) -> Iterator[tuple[threading.Thread, Callable[[], None]]]:
    writer = in_a_thread(verb)

    def began() -> None:
        for _try in range(200):
            if asked(
                "SELECT 1 FROM pg_locks WHERE relation = 'product_search'::regclass AND mode = 'RowExclusiveLock'"
            ):
                return
            time.sleep(0.05)
        raise AssertionError

    yield writer, began
    writer.join(timeout=20)


def test_what_is_not_stored_when_it_begins_is_not_lost(products):
    product, may_end = products[0], threading.Event()

    def verb() -> None:
        with transaction.atomic():
            Product.objects.filter(pk=product.pk).update(lead_time_days=77)
            indexing.reindex([product.pk])
            assert may_end.wait(20)

    with waiting(verb) as (writer, began):
        began()
        run = in_a_thread(rebuilding.reindex_all)
        run.join(timeout=0.7)
        assert run.is_alive()  # it waits for the verb
        may_end.set()
        writer.join(timeout=20)
        run.join(timeout=20)

    assert ProductSearch.objects.get(pk=product.pk).lead_time_days == 77


def test_the_worker_goes_on_during_a_rebuild_and_nothing_of_it_is_lost(products):
    producer = products[0].producer

    def rename() -> None:
        producer.trade_name = "Zebra Jaya"
        producer.save()
        upkeep.drain()

    rebuilding.reindex_all(at("indexes", rename))

    assert [card.pk for card in find("zebra").products] == [products[0].pk]


def test_searches_and_verbs_go_on_all_the_time(products):
    failures: list[str] = []
    over = threading.Event()

    def search() -> None:
        while not over.is_set():
            if len(find("sandal kulit", size=24).products) != len(products):
                failures.append("a search found something else")

    def write() -> None:
        score = 0
        while not over.is_set():
            score += 1
            indexing.set_answer_scores([products[0].pk], score % 100)

    threads = [in_a_thread(search), in_a_thread(write)]
    try:
        for _turn in range(3):
            rebuilding.reindex_all()
    finally:
        over.set()
        for thread in threads:
            thread.join(timeout=20)

    assert not failures
    score = Product.objects.get(pk=products[0].pk).standing.answer_score
    assert ProductSearch.objects.get(pk=products[0].pk).answer_score == score


@pytest.mark.parametrize(("phase", "number"), [("products", 2), ("indexes", 3)])
def test_a_run_that_was_killed_goes_on_where_it_stopped(products, monkeypatch, phase, number):
    kept = rows()
    spoil()
    with pytest.raises(Killed):
        rebuilding.reindex_all(kill_at(phase, number))
    assert SearchRun.objects.get(name="all").finished_at is None
    assert {row.quality for row in ProductSearch.objects.all()} == {-1}  # the old rows serve

    products[3].suspend(by=make.UserFactory(), why="A check.")
    built: list[int] = []
    made = sql.run

    def note(sql: str, params: Any = None) -> None:
        if sql == search_row.BUILD_NEXT:
            built.append(params["upto"])
        made(sql, params)

    monkeypatch.setattr("catalog.rebuilding.run", note)
    rebuilding.reindex_all()

    assert rows() == kept[:3]
    already = [product.pk for product in products[:2]] if phase == "products" else [product.pk for product in products]
    assert not set(already) & set(built)


def test_somebody_who_reads_for_long_is_waited_for(products):
    def read() -> None:
        with transaction.atomic():
            list(ProductSearch.objects.all())
            time.sleep(1.5)

    told: list[str] = []
    reader: list[threading.Thread] = []

    def tell(what: str, _done: int, _total: int) -> None:
        told.append(what)
        if what == "indexes" and not reader:
            reader.append(in_a_thread(read))
            time.sleep(0.2)

    spoil()
    rebuilding.reindex_all(tell)

    assert "attempts to change over" in told and not ProductSearch.objects.filter(quality=-1).exists()
    reader[0].join(timeout=20)

"""Rebuilding every search row: beside verbs, searches and the worker, and after being killed at any point."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from catalog import facets, indexing, rebuilding, search_row, table_swap, upkeep
from catalog.models import Product, ProductSearch, SearchRun, SearchTier, WrittenMeanwhile
from catalog.search import find
from markets.models import MarketListing
from tests import factories as make

pytestmark = pytest.mark.django_db(transaction=True)


class Killed(BaseException):
    """What a process does not survive."""


@pytest.fixture(autouse=True)
def small_steps(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(rebuilding, "STEP", 1)
    monkeypatch.setattr(rebuilding, "LONGEST_PAUSE", 0)
    yield
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS product_search_next")


@pytest.fixture
def products() -> list[Any]:
    made = [make.ProductFactory(published=True, target_markets=["CL"]) for _number in range(4)]
    indexing.reindex([one.pk for one in made])
    return made


def rows() -> list[dict[str, Any]]:
    return [dict(row) | {"built_at": None} for row in ProductSearch.objects.order_by("pk").values()]


def asked(sql: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def table() -> list[list[tuple[Any, ...]]]:
    """All that a migration or Django may look at, except for numbers of the database's own."""
    this = "'product_search'::regclass"
    return [
        asked("SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 'product_search' ORDER BY 1"),
        asked(f"SELECT conname, contype, convalidated, condeferrable, condeferred, pg_get_constraintdef(oid) "  # noqa: S608
              f"FROM pg_constraint WHERE conrelid = {this} ORDER BY 1"),
        asked("SELECT attnum, attname, atttypid, atttypmod, attnotnull, attstorage, attgenerated, attstattarget, "  # noqa: S608
              "attcollation, pg_get_expr(adbin, adrelid) FROM pg_attribute LEFT JOIN pg_attrdef "
              f"ON adrelid = attrelid AND adnum = attnum WHERE attrelid = {this} AND attnum > 0 AND NOT attisdropped "
              "ORDER BY 1"),
        asked(f"SELECT relowner, reloptions, relacl, relpersistence, obj_description(oid) "  # noqa: S608
              f"FROM pg_class WHERE oid = {this}"),
        asked(f"SELECT count(*), tgrelid::regclass::text, tgtype, tgenabled FROM pg_trigger "  # noqa: S608
              f"WHERE tgrelid = {this} OR tgconstrrelid = {this} GROUP BY 2, 3, 4 ORDER BY 2, 3"),
    ]  # fmt: skip


def in_a_thread(act: Callable[[], Any]) -> threading.Thread:
    def run() -> None:
        try:
            act()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def at(phase: str, act: Callable[[], Any]) -> Callable[[str, int, int], None]:
    """A listener of the progress that acts once, in a connection of its own, when something of `phase` is done."""
    done: list[str] = []

    def tell(what: str, _done: int, _total: int) -> None:
        if what == phase and not done:
            done.append(what)
            thread = in_a_thread(act)
            thread.join(timeout=20)
            assert not thread.is_alive()

    return tell


def kill_at(phase: str, number: int) -> Callable[[str, int, int], None]:
    def tell(what: str, done: int, _total: int) -> None:
        if what == phase and done == number:
            raise Killed

    return tell


def spoil() -> None:
    ProductSearch.objects.update(hs6="", quality=-1)


def test_a_rebuild_leaves_the_table_as_migrations_made_it(products):
    MarketListing.of(products[0], make.MarketFactory()).list(by=make.UserFactory())
    indexing.set_answer_score(products[1].pk, 90)
    before, kept = table(), rows()
    spoil()

    assert rebuilding.reindex_all() == 4

    assert table() == before and rows() == kept
    assert asked("SELECT to_regclass('product_search_next')") == [(None,)]
    call_command("makemigrations", "--check", "--dry-run", "catalog", verbosity=0)


def test_rights_are_kept(products):
    with connection.cursor() as cursor:
        cursor.execute("GRANT SELECT, UPDATE ON product_search TO PUBLIC")
    try:
        before = table()
        rebuilding.reindex_all()
        assert table() == before and "=rw/" in str(before)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("REVOKE ALL ON product_search FROM PUBLIC")


def test_rows_of_products_that_are_not_public_go(products):
    Product.objects.filter(pk=products[0].pk).update(state="retired")

    assert rebuilding.reindex_all() == 3


def test_it_works_within_a_transaction(products):
    kept = rows()
    with transaction.atomic():
        extra = make.ProductFactory(published=True)
        spoil()
        rebuilding.reindex_all()
        transaction.set_rollback(True)
    assert (
        not ProductSearch.objects.filter(pk=extra.pk).exists() and ProductSearch.objects.filter(quality=-1).count() == 0
    )

    with transaction.atomic():
        spoil()
        rebuilding.reindex_all()
    assert rows() == kept


@pytest.mark.parametrize("phase", ["products", "indexes"])
def test_verbs_during_a_rebuild_are_not_lost(products, phase):
    suspended, listed, answered, deleted = products
    revision, staff, market = make.RevisionFactory(in_review=True), make.UserFactory(), make.MarketFactory()

    def work() -> None:
        revision.approve(by=revision.claimed_by, seen_version=revision.version)
        suspended.suspend(by=staff, why="A check.")
        MarketListing.of(listed, market).list(by=staff)
        indexing.set_answer_score(answered.pk, 100)
        Product.objects.get(pk=deleted.pk).delete()

    rebuilding.reindex_all(at(phase, work))

    found = {row.product_id: row for row in ProductSearch.objects.all()}
    assert set(found) == {revision.product_id, listed.pk, answered.pk}
    assert found[listed.pk].market_codes == ["CL"] and facets.market("CL") in found[listed.pk].facets
    assert found[answered.pk].answer_score == 100
    assert not WrittenMeanwhile.objects.exists()


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
    slowest = 0.0
    over = threading.Event()

    def search() -> None:
        nonlocal slowest
        while not over.is_set():
            began = time.monotonic()
            if len(find("sandal kulit", size=24).products) != len(products):
                failures.append("a search found something else")
            slowest = max(slowest, time.monotonic() - began)

    def write() -> None:
        score = 0
        while not over.is_set():
            score += 1
            indexing.set_answer_score(products[0].pk, score % 100)

    threads = [in_a_thread(search), in_a_thread(write)]
    for _turn in range(3):
        rebuilding.reindex_all()
    over.set()
    for thread in threads:
        thread.join(timeout=20)

    assert not failures and slowest < 2
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
    made = rebuilding._run

    def note(sql: str, params: Any = None) -> None:
        if sql == search_row.BUILD_NEXT:
            built.append(params["upto"])
        made(sql, params)

    monkeypatch.setattr(rebuilding, "_run", note)
    rebuilding.reindex_all()

    assert rows() == kept[:3]
    already = [product.pk for product in products[:2]] if phase == "products" else [product.pk for product in products]
    assert not set(already) & set(built)


def test_it_can_begin_anew_and_does_so_when_the_rows_are_made_otherwise(products, monkeypatch):
    for anew in (False, True):
        with pytest.raises(Killed):
            rebuilding.reindex_all(kill_at("indexes", 1))
        with connection.cursor() as cursor:
            cursor.execute("UPDATE product_search_next SET hs6 = 'before'")
            if not anew:
                cursor.execute("COMMENT ON TABLE product_search_next IS 'another version'")
        rebuilding.reindex_all(from_start=anew)
        assert not ProductSearch.objects.filter(hs6="before").exists()


def test_tiers_are_right_afterwards(products, monkeypatch):
    monkeypatch.setattr(search_row, "TIER_SIZES", {1: 1, 2: 2})
    indexing.set_answer_score(products[2].pk, 100)
    indexing.set_answer_score(products[1].pk, 80)
    SearchTier.objects.all().delete()
    ProductSearch.objects.update(tier=3)

    rebuilding.reindex_all()

    tiers = dict(ProductSearch.objects.values_list("pk", "tier"))
    assert [tiers[one.pk] for one in products] == [3, 2, 1, 3]


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


def test_only_one_rebuild_runs_at_a_time(products, capsys):
    refused: list[str] = []

    def another() -> None:
        try:
            call_command("reindex", "--all")
        except CommandError as error:
            refused.append(str(error))

    rebuilding.reindex_all(at("products", another))

    assert refused == ["Another run rebuilds all rows already."]


def test_verbs_note_nothing_when_no_rebuild_runs(products):
    rebuilding.reindex_all()
    indexing.reindex([products[0].pk])

    assert not WrittenMeanwhile.objects.exists()


def test_it_tells_how_far_it_is(products, capsys):
    call_command("reindex", "--all")

    out = capsys.readouterr().out
    assert "4 of 4 products (100 %)" in out and "10 of 10 indexes (100 %)" in out and "4 products looked at" in out


def test_an_index_that_it_cannot_read_stops_it(products, monkeypatch):
    monkeypatch.setattr(table_swap, "LIVE", "product")

    with pytest.raises(ValueError, match="INDEX"):
        table_swap.missing_indexes()

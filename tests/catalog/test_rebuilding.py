"""Rebuilding every search row: what it leaves, in the table and in its rows."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from catalog import indexing, rebuilding, search_row, table_swap
from catalog.models import Product, ProductSearch, SearchTier, WrittenMeanwhile
from markets.models import MarketListing
from tests import factories as make
from tests.catalog.rebuilds import Killed, asked, at, kill_at, rows, spoil

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("small_steps")]


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


def test_a_rebuild_leaves_the_table_as_migrations_made_it(products):
    MarketListing.of(products[0], make.MarketFactory()).list(by=make.UserFactory())
    indexing.set_answer_scores([products[1].pk], 90)
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
    indexing.set_answer_scores([products[2].pk], 100)
    indexing.set_answer_scores([products[1].pk], 80)
    SearchTier.objects.all().delete()
    ProductSearch.objects.update(tier=3)

    rebuilding.reindex_all()

    tiers = dict(ProductSearch.objects.values_list("pk", "tier"))
    assert [tiers[one.pk] for one in products] == [3, 2, 1, 3]


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

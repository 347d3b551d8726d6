"""Builds every search row anew beside the catalogue that serves, and lets the new rows take over at one moment.

The rows go into a table of their own, product_search_next, from several connections at once, and get their indexes
when all are there. What verbs and the worker write meanwhile is noted by the statement that writes it
(catalog/search_row.py) and built in the new table once more; then, under a lock of some milliseconds, the new table
takes the name, indexes and keys of the old one. Which products are done is read from the new table itself: a run
that was killed at any point goes on from there. Only the owner of the tables can do this.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from threading import Lock
from typing import Any, Final

from django.db import DatabaseError, OperationalError, connection, transaction
from django.utils import timezone

from catalog import search_row, table_swap
from catalog.facet_counts import refresh_browse_counts
from catalog.upkeep import CHANGE_OVER
from kit.sql import rows, run

HANDS: Final = 2  # connections that build rows
STEP: Final = 20_000  # keys of products in one statement
BATCH: Final = 500  # products that were written meanwhile, in one statement
FEW: Final = 50  # of them are left for the moment of the lock
LONGEST_PAUSE: Final = 30

Progress = Callable[[str, int, int], object]
"""Called with what is made, how many of it are done and how many there are."""


class AlreadyRuns(Exception):
    """Another rebuild of all rows is at work."""


def reindex_all(tell: Progress = lambda _what, _done, _total: None, *, from_start: bool = False) -> int:
    """Rebuild every row, the tiers and the counts of lists; how many rows there are.

    A run that was interrupted goes on where it stopped, unless `from_start`. Within a transaction all of it happens
    in that transaction. Raises AlreadyRuns.
    """
    with table_swap.for_long_statements(), _locked("reindex --all", wait=False):
        _begin(from_start=from_start)
        _build(tell)
        _make_indexes(tell)
        _take_over(tell)
    refresh_browse_counts()
    return _number("SELECT count(*) FROM product_search")


def _begin(*, from_start: bool) -> None:
    """Make the new table, or take up the one of a run that was interrupted; from now on what is written is noted."""
    from catalog.models import SearchRun, WrittenMeanwhile

    if from_start or table_swap.mark() != _fingerprint():
        _set_tier_floors()
        with transaction.atomic():
            table_swap.make(_fingerprint())
            WrittenMeanwhile.objects.all().delete()
            SearchRun.objects.update_or_create(name="all", defaults={"finished_at": None})
    if not connection.in_atomic_block:
        table_swap.wait_for_its_writers()  # of a run that was killed: the server may still be at its last statement
        _wait_for_verbs_that_do_not_note()


def _fingerprint() -> str:
    """What a run that goes on must have begun with: the same statement for a row, and the same table."""
    statement = hashlib.md5(search_row.BUILD_NEXT.encode(), usedforsecurity=False).hexdigest()
    migrations = _number("SELECT count(*) FROM django_migrations WHERE app = 'catalog'")
    return f"{statement} {migrations}"


def _set_tier_floors() -> None:
    """So that each row goes in with its tier: changing it later would write the row again."""
    from catalog.models import SearchTier

    best = [quality for (quality,) in rows(search_row.BEST_QUALITIES, [max(search_row.TIER_SIZES.values())])]
    for tier, size in search_row.TIER_SIZES.items():
        floor = best[size - 1] if size <= len(best) else 0
        SearchTier.objects.update_or_create(tier=tier, defaults={"floor": floor})


def _wait_for_verbs_that_do_not_note() -> None:
    """A verb that wrote a row before the run began may not be stored yet; no statement of the run sees its work."""
    writing = """SELECT virtualtransaction FROM pg_locks
        WHERE relation IN ('product_search'::regclass, 'catalog_product'::regclass) AND mode = 'RowExclusiveLock'
          AND database = (SELECT oid FROM pg_database WHERE datname = current_database()) AND pid <> pg_backend_pid()"""
    before = {one for (one,) in rows(writing)}
    while before & {one for (one,) in rows(writing)}:
        time.sleep(0.05)


def _build(tell: Progress) -> None:
    total, first, last = rows("SELECT count(*), coalesce(min(id), 1), coalesce(max(id), 0) FROM catalog_product")[0]
    done, counting = 0, Lock()

    def build(after: int) -> None:
        nonlocal done
        what = {"after": after, "upto": after + STEP}
        if not _number("SELECT count(*) FROM (SELECT FROM product_search_next WHERE product_id > %(after)s "
                       "AND product_id <= %(upto)s LIMIT 1) one", what):  # fmt: skip
            run(search_row.BUILD_NEXT, what)
        looked_at = _number("SELECT count(*) FROM catalog_product WHERE id > %(after)s AND id <= %(upto)s", what)
        with counting:
            done += looked_at
            tell("products", min(done, total), total)

    steps = range((first - 1) // STEP * STEP, last, STEP)  # the same in each run, whatever was deleted meanwhile
    _by_several_hands(build, steps)


def _by_several_hands(work: Callable[[int], None], tasks: Iterable[int]) -> None:
    """Share the tasks among connections; within a transaction this one does them all. The first failure ends it."""
    if connection.in_atomic_block:
        for task in tasks:
            work(task)
        return
    left, taking = iter(tasks), Lock()
    failed = False

    def take() -> int | None:
        with taking:
            return None if failed else next(left, None)

    def work_on() -> None:
        nonlocal failed
        try:
            with table_swap.for_long_statements():
                while (task := take()) is not None:
                    work(task)
        except BaseException:
            failed = True
            raise
        finally:
            connection.close()

    with ThreadPoolExecutor(HANDS) as hands:
        try:
            for one in [hands.submit(work_on) for _hand in range(HANDS)]:
                one.result()
        except BaseException:
            failed = True  # so that the others stop after their statement
            raise


def _make_indexes(tell: Progress) -> None:
    missing = table_swap.missing_indexes()
    for number, definition in enumerate(missing, 1):
        with transaction.atomic():
            table_swap.make_index(definition)
        tell("indexes", number, len(missing))
    if not connection.in_atomic_block:
        run("VACUUM (ANALYZE, PROCESS_TOAST FALSE) product_search_next")
    else:
        run("ANALYZE product_search_next")


def _take_over(tell: Progress) -> None:
    """Follow what was written meanwhile, and change over. Long readers are waited for, never in their way for long."""
    with _locked(CHANGE_OVER):  # the worker pauses; its next step finds the new table
        pause = 1
        while True:
            while _follow() > FEW:  # fewer are followed under the lock: who always writes would never let it end
                pass
            table_swap.drop_orphans(table_swap.NEXT)
            with suppress(_NotNow), transaction.atomic():
                _change_over()
                break
            tell("attempts to change over", pause.bit_length(), pause.bit_length() + 1)
            time.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE)
    table_swap.check_keys()


class _NotNow(Exception):
    """Somebody reads or writes for longer than the others should wait."""


def _change_over() -> None:
    from catalog.models import SearchRun

    try:
        table_swap.lock()
    except OperationalError as reason:
        raise _NotNow from reason
    if _number("SELECT count(*) FROM search_meanwhile") > FEW:
        raise _NotNow
    _follow()
    table_swap.swap()
    SearchRun.objects.filter(name="all").update(finished_at=timezone.now())


def _follow() -> int:
    """Build again some rows that were written since the run began; how many notes of them were taken."""
    with transaction.atomic():
        notes = rows("DELETE FROM search_meanwhile WHERE id IN (SELECT id FROM search_meanwhile ORDER BY id LIMIT %s) "
                      "RETURNING product_id", [BATCH])  # fmt: skip
        if ids := sorted({pk for (pk,) in notes}):
            run(search_row.DROP_NEXT, {"ids": ids})
            run(search_row.WRITE_NEXT, {"ids": ids})
    return len(notes)


@contextmanager
def _locked(name: str, *, wait: bool = True) -> Iterator[None]:
    """Hold a lock of this name; within a transaction until its end."""
    tries, scope = "" if wait else "try_", "_xact" if connection.in_atomic_block else ""
    if rows(f"SELECT pg_{tries}advisory{scope}_lock(hashtext(%s))::text", [name])[0][0] == "false":
        raise AlreadyRuns
    try:
        yield
    finally:
        if not scope:
            with suppress(DatabaseError):  # a lost connection has let go of it
                rows("SELECT pg_advisory_unlock(hashtext(%s))", [name])


def _number(sql: str, params: Any = None) -> int:
    return int(rows(sql, params)[0][0])

"""The search row of each public product: written by the verbs, derived, rebuilt at any time.

What upper apps know (where it is listed, how its enquiries are answered) they push in here; it is kept in
ProductStanding, so that it outlives a product's absence from the catalogue and a rebuild.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import islice

from django.contrib.postgres.indexes import GinIndex
from django.db import connection, transaction
from django.utils import timezone

from catalog import search_row

BATCH = 2_000
Progress = Callable[[int, int], object]
"""Called with how many products were looked at and how many there are."""


def reindex(product_ids: Iterable[int]) -> None:
    """Rebuild the search rows of these products; drop those that are not public any more.

    Called inside the verb's transaction, so that the catalogue and the product change at once.
    """
    for ids in _batches(sorted(set(product_ids))):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(search_row.DROP_ROWS, {"ids": ids})
            cursor.execute(search_row.WRITE_ROWS, {"ids": ids})


def reindex_all(progress: Progress | None = None, *, from_start: bool = False) -> int:
    """Rebuild every row and the tiers, beside readers and verbs; how many products were looked at.

    Each batch is stored by itself, and a run that was interrupted goes on where it stopped, unless `from_start`.
    Into an empty table the rows go in one transaction, and the search indexes after them: many times faster.
    """
    from catalog.models import ProductSearch

    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM catalog_product UNION SELECT product_id FROM product_search ORDER BY id")
        ids = [pk for (pk,) in cursor.fetchall()]
    if not ProductSearch.objects.exists():
        with transaction.atomic(), _search_indexes_afterwards():
            reindex(ids)
            refresh_tiers()
        return len(ids)
    done = _rebuild_from(0 if from_start else _interrupted_at(), ids, progress)
    refresh_tiers()
    return done


def _interrupted_at() -> int:
    """The last product of a rebuild that did not come to its end; 0 without one."""
    from catalog.models import SearchRun

    run = SearchRun.objects.filter(name="all", finished_at=None).first()
    return run.position if run else 0


def _rebuild_from(after: int, ids: list[int], progress: Progress | None) -> int:
    from catalog.models import SearchRun

    left = [pk for pk in ids if pk > after]
    done = 0
    for batch in _batches(left):
        with transaction.atomic():
            reindex(batch)
            SearchRun.objects.update_or_create(name="all", defaults={"position": batch[-1], "finished_at": None})
        done += len(batch)
        if progress:
            progress(len(ids) - len(left) + done, len(ids))
    SearchRun.objects.update_or_create(name="all", defaults={"position": 0, "finished_at": timezone.now()})
    return done


def reindex_stale() -> int:
    """Rebuild the rows that the day has overtaken; how many. Safe to run twice.

    Stale: rows that say another price, other rules or other certificates than hold today, rows of changed producers,
    and rows that are missing or should not be there.
    """
    with connection.cursor() as cursor:
        cursor.execute(search_row.STALE)
        ids = [pk for (pk,) in cursor.fetchall()]
    reindex(ids)
    refresh_tiers()
    return len(ids)


def refresh_tiers() -> None:
    """Sort the rows into the best 5,000, the next 45,000 and the rest; writes only rows whose tier changes."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(search_row.TIER_FLOORS)
        cursor.execute(search_row.TIER_ROWS)


def set_markets(product_id: int, ranks: Mapping[str, int]) -> None:
    """Push the markets where the product is listed, and its rank there, into search; called by the verbs of markets.

    The caller holds `lock_standing`, so that two missions that decide at once cannot overtake each other.
    """
    from catalog.models import MarketRank

    with transaction.atomic():
        lock_standing(product_id)
        MarketRank.objects.filter(product=product_id).exclude(market_code__in=ranks).delete()
        MarketRank.objects.bulk_create(
            [MarketRank(product_id=product_id, market_code=code, rank=rank) for code, rank in sorted(ranks.items())],
            update_conflicts=True, unique_fields=["product", "market_code"], update_fields=["rank"],
        )  # fmt: skip
        _push(product_id, "market_codes", sorted(ranks))


def lock_standing(product_id: int) -> None:
    """Keep what upper apps say of the product from changing until this transaction ends.

    A verb that also changes the product calls it first: the order is standing, revision, product, search row.
    """
    from catalog.models import ProductStanding

    ProductStanding.objects.select_for_update().get_or_create(product_id=product_id)


def set_market_rank(product_id: int, code: str, rank: int) -> None:
    """Push a new rank in a market; the search row stays as it is."""
    from catalog.models import MarketRank

    MarketRank.objects.filter(product=product_id, market_code=code).update(rank=rank)


def set_answer_score(product_id: int, score: int | None) -> None:
    """Push how reliably enquiries about the product are answered: 0 … 100, None while unknown."""
    _push(product_id, "answer_score", score)


def _push(product_id: int, column: str, value: object) -> None:
    from catalog.models import ProductStanding

    with transaction.atomic():
        ProductStanding.objects.update_or_create(product_id=product_id, defaults={column: value})
        reindex([product_id])


@contextmanager
def _search_indexes_afterwards() -> Iterator[None]:
    from catalog.models import ProductSearch

    indexes = [index for index in ProductSearch._meta.indexes if isinstance(index, GinIndex)]
    with connection.schema_editor() as editor:
        for index in indexes:
            editor.remove_index(ProductSearch, index)
    yield
    connection.check_constraints()  # no index is made while keys of new rows wait to be checked
    with connection.schema_editor() as editor:
        for index in indexes:
            editor.add_index(ProductSearch, index)


def _batches(ids: list[int]) -> Iterator[list[int]]:
    left = iter(ids)
    while batch := list(islice(left, BATCH)):
        yield batch

"""The search row of each public product: written by the verbs, derived, rebuilt at any time.

What upper apps know (where it is listed, how its enquiries are answered) they push in here; it is kept in
ProductStanding, so that it outlives a product's absence from the catalogue and a rebuild.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from itertools import islice

from django.contrib.postgres.indexes import GinIndex
from django.db import connection, transaction

from catalog import search_row

BATCH = 2_000


def reindex(product_ids: Iterable[int]) -> None:
    """Rebuild the search rows of these products; drop those that are not public any more.

    Called inside the verb's transaction, so that the catalogue and the product change at once.
    """
    for ids in _batches(sorted(set(product_ids))):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(search_row.DROP_ROWS, {"ids": ids})
            cursor.execute(search_row.WRITE_ROWS, {"ids": ids})


def reindex_all() -> int:
    """Rebuild every row and the tiers; how many products were looked at.

    Into an empty table the rows go first and the search indexes after them: many times faster.
    """
    from catalog.models import ProductSearch

    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM catalog_product UNION SELECT product_id FROM product_search")
        ids = [pk for (pk,) in cursor.fetchall()]
    with transaction.atomic(), nullcontext() if ProductSearch.objects.exists() else _search_indexes_afterwards():
        reindex(ids)
        refresh_tiers()
    return len(ids)


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


def set_markets(product_id: int, codes: Iterable[str]) -> None:
    """Push the markets where the product is listed into its search row; called by the verbs of markets.

    `codes` may be a queryset: it is read when two missions that decide at once cannot overtake each other.
    """
    with transaction.atomic():
        lock_standing(product_id)
        _push(product_id, "market_codes", sorted(set(codes)))


def lock_standing(product_id: int) -> None:
    """Keep what upper apps say of the product from changing until this transaction ends.

    A verb that also changes the product calls it first: the order is standing, revision, product, search row.
    """
    from catalog.models import ProductStanding

    ProductStanding.objects.select_for_update().get_or_create(product_id=product_id)


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

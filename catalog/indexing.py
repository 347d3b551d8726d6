"""The search row of each public product: written by the verbs, derived, rebuilt at any time.

What upper apps know (where it is listed, how its enquiries are answered) they push in here; it is kept in
ProductStanding, so that it outlives a product's absence from the catalogue and a rebuild.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from django.db import connection, transaction
from django.db.models import F

from catalog import search_row

BATCH = 2_000
AT_ONCE = 20  # products whose search rows a verb writes itself when it says the same of many


def reindex(product_ids: Iterable[int]) -> None:
    """Rebuild the search rows of these products; drop those that are not public any more.

    Called inside the verb's transaction, so that the catalogue and the product change at once.
    """
    for ids in _batches(sorted(set(product_ids))):
        with transaction.atomic(savepoint=False), connection.cursor() as cursor:
            cursor.execute(search_row.DROP_ROWS, {"ids": ids})
            cursor.execute(search_row.WRITE_ROWS, {"ids": ids})


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
    """Push the markets where the product is listed into search, with its rank where that is new there.

    Called by the verbs of markets. A rank that search has already is changed by `set_market_rank` alone: another
    market's verb may be changing it now.

    The caller holds `lock_standing`, so that two missions that decide at once cannot overtake each other.
    """
    from catalog.models import MarketRank, ProductStanding

    codes = sorted(ranks)
    with transaction.atomic(savepoint=False):
        if not ProductStanding.objects.filter(product_id=product_id).update(market_codes=codes):
            ProductStanding.objects.create(product_id=product_id, market_codes=codes)
        MarketRank.objects.filter(product=product_id).exclude(market_code__in=ranks).delete()
        MarketRank.objects.bulk_create(
            [MarketRank(product_id=product_id, market_code=code, rank=rank) for code, rank in sorted(ranks.items())],
            ignore_conflicts=True,
        )
        reindex([product_id])


def lock_standing(product_id: int) -> None:
    """Keep what upper apps say of the product from changing until this transaction ends.

    A verb that also changes the product calls it first: the order is standing, revision, product, search row.
    """
    from catalog.models import ProductStanding

    ProductStanding.objects.bulk_create([ProductStanding(product_id=product_id)], ignore_conflicts=True)
    ProductStanding.objects.select_for_update().get(product_id=product_id)


def set_market_rank(product_id: int, code: str, rank: int) -> None:
    """Push a new rank in a market; the search row stays as it is."""
    from catalog.models import MarketRank

    MarketRank.objects.filter(product=product_id, market_code=code).update(rank=rank)


def shift_market_ranks(code: str, ranks: tuple[int, int]) -> None:
    """Push that the products from the first to the last of `ranks` in a market stand one rank lower."""
    from catalog.models import MarketRank

    MarketRank.objects.filter(market_code=code, rank__range=ranks).update(rank=F("rank") + 1)


def set_answer_scores(product_ids: Iterable[int], score: int | None) -> None:
    """Push how reliably enquiries about these products are answered: 0 … 100, None while unknown.

    What has that score already is left alone. The search rows of a few follow at once, of many within seconds.
    """
    from catalog.models import ProductStanding, SearchMark

    with transaction.atomic():
        wanted = sorted(product_ids)
        known = dict(ProductStanding.objects.filter(pk__in=wanted).values_list("pk", "answer_score"))
        changed = [pk for pk in wanted if known.get(pk) != score]
        ProductStanding.objects.bulk_create([ProductStanding(pk=pk) for pk in changed], ignore_conflicts=True)
        rows = ProductStanding.objects.filter(pk__in=changed)
        list(rows.select_for_update().order_by("pk").values_list("pk"))  # one order for all who write them
        rows.update(answer_score=score)
        if len(changed) <= AT_ONCE:
            reindex(changed)
        else:
            SearchMark.objects.bulk_create(SearchMark(kind="product", key=str(pk)) for pk in changed)


def _batches(ids: list[int]) -> Iterator[list[int]]:
    left = iter(ids)
    while batch := list(islice(left, BATCH)):
        yield batch

"""Lists without text, in an order that goes on from a position: by a walk along an index, or by sorting the few.

A walk along the order meets many matches soon, and a few of them late or never; few are therefore found first, by
the index of facets, and sorted then. PostgreSQL cannot tell the two apart well enough, so we count a sample.
"""

from __future__ import annotations

from typing import Final

from django.db.models import BooleanField, QuerySet
from django.db.models.expressions import RawSQL
from django.utils import timezone

from catalog.facet_counts import Counts, estimate
from catalog.models import ProductSearch
from catalog.narrowing import Condition, Filters, both
from catalog.vocabulary import vocabulary
from kit.keyset import Keyset, decode

FEW: Final = 5_000


def select(
    order: Keyset,
    filters: Filters,
    always: list[Condition],
    after: str | None,
    count: int,
    market: str | None,
    counts: Counts | None,
) -> Condition:
    """The SELECT of the next rows: the columns of the order. `market`: in its mission's rank. Raises BadCursor."""
    narrowed = filters.conditions(timezone.now().date())
    where = [*(one for these in narrowed.values() for one in these), *always]
    few = _are_few(filters, where, market, order, counts)
    if market is not None:
        return _in_market(order, where, after, count, market, few=few)
    if not few:
        if len(filters.categories) == 1:
            narrowed["category"] = [_shelf(filters.categories[0])]
        along = filters.prices_between() if order.fields[0] == "price_usd" else []
        where = [*(one for these in narrowed.values() for one in these), *always, *along]
    rows = ProductSearch.objects.all()
    for condition in where:
        rows = rows.filter(RawSQL(condition.sql, condition.params, output_field=BooleanField()))  # noqa: S611
    return _sorted_afterwards(order, rows, after, count) if few else walk(order, rows, after, count)


def walk(order: Keyset, rows: QuerySet[ProductSearch], after: str | None, count: int) -> Condition:
    """The next rows along the index of the order. Raises BadCursor."""
    return Condition(*order.slice(rows, after, count).values_list(*order.fields).query.sql_with_params())


def _sorted_afterwards(order: Keyset, rows: QuerySet[ProductSearch], after: str | None, count: int) -> Condition:
    """All rows behind the position first, walled off by OFFSET 0, then sorted."""
    query = order.slice(rows, after, count).values_list(*order.fields).query
    query.clear_limits()
    query.clear_ordering(force=True)
    inner, params = query.sql_with_params()
    by = ", ".join(f"{column.field} {column.direction}" for column in order.columns)
    return Condition(f"SELECT * FROM ({inner} OFFSET 0) few ORDER BY {by} LIMIT {count}", params)  # noqa: S608


def _in_market(
    order: Keyset, where: list[Condition], after: str | None, count: int, market: str, *, few: bool
) -> Condition:
    narrowed = both(where)
    behind = Condition("TRUE", ())
    if after:
        behind = Condition("(rank, product_id) > (%s, %s)", decode(after, [int, int], listing=order.listing))
    rows = f"(SELECT product_id FROM product_search WHERE {narrowed.sql} OFFSET 0)" if few else "product_search"  # noqa: S608
    sql = f"""
        SELECT rank, product_id FROM market_rank JOIN {rows} found USING (product_id)
        WHERE market_code = %s AND {behind.sql} AND {"TRUE" if few else narrowed.sql}
        ORDER BY rank, product_id LIMIT {count}
    """  # noqa: S608
    first, last = (narrowed.params, ()) if few else ((), narrowed.params)
    return Condition(sql, (*first, market, *behind.params, *last))


def _shelf(pk: int) -> Condition:
    """A category by its own column, which leads an index."""
    category = vocabulary().categories.get(pk)
    column = "top_category" if category and category.parent_id is None else "category"
    return Condition(f"{column} = %s", (pk,))


def _are_few(
    filters: Filters, where: list[Condition], market: str | None, order: Keyset, counts: Counts | None
) -> bool:
    """Whether few rows match. In a small catalogue it does not matter; some walks are short by their index."""
    if not where or vocabulary().tiers == 1:
        return False
    alone = filters == Filters(markets=filters.markets) if market else filters.only_category() is not None
    if alone and order.fields[0] in ("rank", "quality"):
        return False
    return (counts.chosen.total.n if counts else estimate(both(where))) <= FEW

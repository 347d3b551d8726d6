"""The window of a text search: its best 200 matches in order, and the pages that are cut from it.

The best products are asked first, then wider circles while they give too few; a product whose title is just the query
comes first whatever its circle. Among the first twelve are at most three of one producer: those that this brings
forward are remembered in the position, so that pages neither repeat nor skip, even while products come and go.
"""

# ruff: noqa: S608  conditions carry their values as parameters

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final, NamedTuple, cast

from catalog.narrowing import Condition, both
from catalog.search_query import Query
from kit.keyset import BadCursor, decode, encode
from kit.limited_reads import rows_of

WINDOW: Final = 200
SAFETY_CAP: Final = 6_000
FIRST: Final = 12
MOST_OF_ONE_PRODUCER: Final = 3
WEIGHTS: Final = "{0.02,0.05,0.6,1.0}"
"""Of descriptions, of names around the product, of the commodity, of titles: D, C, B, A."""
TITLED: Final = 10
"""Added where the query is just a title, so that those come first."""
KIND: Final = 0.2
"""By which part relevance grows where the query names the kind of product, as far as it does."""
SOME: Final = 0.001
"""The relevance of what matches only by a word that means the same: then quality decides."""
TIERS: Final = ("tier = 1", "tier <= 2", "TRUE")
_COLUMNS: Final = "product_id, ranked, quality, published_at, price_usd, price_until"


class Match(NamedTuple):
    """A match as the database ranks it; `price` in USD while it is valid, `market_rank` where one market is asked."""

    product_id: int
    relevance: float
    published_at: datetime.datetime
    price: Decimal | None
    producer_id: int
    market_rank: int | None


class Hit(NamedTuple):
    """A product in the window; `place` is where it stands in the order, lowest first, and `behind` breaks ties."""

    place: float
    behind: int
    product_id: int
    producer_id: int = 0

    @property
    def position(self) -> tuple[float, int]:
        """Where pages may go on."""
        return self.place, self.behind


class Cut(NamedTuple):
    """A page of the window, and where it goes on; None at the end."""

    product_ids: list[int]
    next_after: str | None


def matches(asked: Query, where: Condition, tiers: int, market: str | None = None) -> list[Match]:
    """The best matches, one more than the window when there are more. `tiers` in use: 1 to 3. Raises TooSlow."""
    found: list[Match] = []
    for tier in TIERS[3 - tiers :]:
        found = _ranked(asked, where, tier, market)
        if len(found) > WINDOW:
            break
    return found


def _ranked(asked: Query, where: Condition, tier: str, market: str | None) -> list[Match]:
    matching = Condition(f"document @@ {asked.sql}", asked.params)
    inner = both([Condition(tier, ()), matching, where])
    sql = f"(SELECT {_COLUMNS} FROM product_search WHERE {inner.sql} LIMIT {SAFETY_CAP})"
    params: list[Any] = list(inner.params)
    titled = Condition("FALSE", ())
    if asked.title is not None:
        titled = Condition(f"ranked @@ {asked.title_sql}", (asked.title,))
        if tier != "TRUE":
            indexed = Condition(f"document @@ {asked.title_sql}", (asked.title,))
            others = both([Condition(f"NOT ({tier})", ()), indexed, matching, where])
            sql += f" UNION ALL (SELECT {_COLUMNS} FROM product_search WHERE {others.sql} LIMIT {WINDOW})"
            params += others.params
    rows = rows_of(
        f"""
        SELECT best.product_id,
            relevance * CASE WHEN product.commodity_id = ANY(%s::int[]) THEN 1 + {KIND} * %s ELSE 1 END,
            best.published_at, price, product.producer_id, listed.rank
        FROM (
            SELECT product_id, ({SOME} + ts_rank('{WEIGHTS}', ranked, %s::tsquery)) * (0.7 + 0.3 * quality / 1e6)
                   + {TITLED} * ({titled.sql})::int AS relevance, published_at,
                   CASE WHEN price_until >= (now() AT TIME ZONE 'UTC')::date THEN price_usd END AS price
            FROM ({sql}) c ORDER BY relevance DESC, product_id DESC LIMIT {WINDOW + 1}) best
        JOIN catalog_product product ON product.id = best.product_id
        LEFT JOIN market_rank listed ON listed.product_id = best.product_id AND listed.market_code = %s
        ORDER BY 2 DESC, best.product_id DESC
        """,
        [list(asked.kinds.commodities), asked.kinds.share, asked.rank, *titled.params, *params, market or ""],
    )
    return [Match(*row) for row in rows]


def cut(hits: Sequence[Hit], after: str | None, size: int, listing: str, *, varied: bool) -> Cut:
    """The next `size` of these hits, which are in order. `varied`: no producer fills the first. Raises BadCursor."""
    if after:
        place, behind, ahead = _position(after, listing)
        left = [hit for hit in hits if hit.position > (place, behind) and hit.product_id not in ahead]
        page = left[:size]
        ends_at = page[-1].position if page else (place, behind)
        rest = len(left) > size
    else:
        page, ahead = _first_page(hits, size) if varied else (list(hits[:size]), set())
        shown = {hit.product_id for hit in page}
        ends_at = _unbroken_to(hits, shown)
        rest = len(hits) > size
    still_ahead = [hit.product_id for hit in hits if hit.position > ends_at and hit.product_id in ahead]
    token = encode([*ends_at, ",".join(map(str, still_ahead))], listing=listing) if rest else None
    return Cut([hit.product_id for hit in page], token)


def _position(after: str, listing: str) -> tuple[float, int, set[int]]:
    place, behind, ahead = decode(after, [float, int, str], listing=listing)
    try:
        return cast(float, place), cast(int, behind), {int(pk) for pk in str(ahead).split(",") if pk}
    except ValueError as error:
        raise BadCursor("not a position of a window") from error


def _first_page(hits: Sequence[Hit], size: int) -> tuple[list[Hit], set[int]]:
    """The first page, and its products."""
    wanted = min(FIRST, size)
    first: list[Hit] = []
    of_producer: Counter[int] = Counter()
    for hit in hits:
        if len(first) == wanted:
            break
        if of_producer[hit.producer_id] < MOST_OF_ONE_PRODUCER:
            first.append(hit)
            of_producer[hit.producer_id] += 1
    chosen = {hit.product_id for hit in first}
    page = [*first, *(hit for hit in hits if hit.product_id not in chosen)][:size]
    return page, {hit.product_id for hit in page}


def _unbroken_to(hits: Sequence[Hit], shown: set[int]) -> tuple[float, int]:
    """The position up to which every hit was shown; before all when not even the first was."""
    reached = (float("-inf"), 0)
    for hit in hits:
        if hit.product_id not in shown:
            break
        reached = hit.position
    return reached

"""Finding public products: the list page, its API and every picker go through `find`.

Works over ProductSearch alone, then fetches the products of one page. Without text it pages by keyset; with text it
ranks and shows the best 200, then asks to refine. Multilingual ranking and counts have their place behind `find`.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final, NamedTuple, cast

from django.db import connection, models
from django.db.models import BooleanField, QuerySet
from django.db.models.expressions import RawSQL
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog import facets
from catalog.list_rows import ListedProduct, read, read_beside
from catalog.models import Product, ProductSearch
from catalog.search_query import Query, parse
from catalog.vocabulary import vocabulary
from kit.keyset import BadCursor, Keyset, Order, decode, encode

PAGE_SIZE: Final = 24
WINDOW: Final = 200
SAFETY_CAP: Final = 6_000
COUNT_CAP: Final = 1_000


class Sort(models.TextChoices):
    RELEVANCE = "relevance", gettext_lazy("Best first")
    NEWEST = "newest", gettext_lazy("Newest first")
    PRICE = "price", gettext_lazy("Price, low to high")


ORDERS: Final = {
    Sort.RELEVANCE: Keyset("products", [("quality", "desc"), ("product_id", "desc")]),
    Sort.NEWEST: Keyset("products", [("published_at", "desc"), ("product_id", "desc")]),
    Sort.PRICE: Keyset("products", [Order("price_usd"), Order("product_id", "desc")]),
}


@dataclass(frozen=True)
class Filters:
    """What a list is narrowed to. Values of one field are alternatives; fields narrow each other.

    `price_max` is in USD at the rates kept by staff, `lead_max` in days, `moq_max` in the product's own unit.
    """

    categories: tuple[int, ...] = ()
    hs: tuple[str, ...] = ()
    markets: tuple[str, ...] = ()
    certificates: tuple[str, ...] = ()
    incoterms: tuple[str, ...] = ()
    provinces: tuple[str, ...] = ()
    moq_max: Decimal | None = None
    price_max: Decimal | None = None
    lead_max: int | None = None

    def facet_codes(self) -> list[list[int]]:
        """The facet codes of each field that is set, categories apart when there is just one."""
        chosen = [
            [facets.category(pk) for pk in self.categories] if len(self.categories) > 1 else [],
            [facets.hs(digits) for digits in self.hs],
            [facets.market(iso2) for iso2 in self.markets],
            [facets.certificate(code) for code in self.certificates],
            [facets.incoterm(code) for code in self.incoterms],
            [facets.province(code) for code in self.provinces],
        ]
        return [codes for codes in chosen if codes]


@dataclass(frozen=True)
class Found:
    """One page of products. `total` stops counting at COUNT_CAP (then `is_capped`); None when it was not asked."""

    products: list[ListedProduct]
    next_after: str | None
    total: int | None
    is_capped: bool = False
    notes: list[str] = field(default_factory=list)


def find(
    query: str = "",
    filters: Filters | None = None,
    after: str | None = None,
    *,
    sort: Sort = Sort.RELEVANCE,
    size: int = PAGE_SIZE,
    count: bool = True,
) -> Found:
    """Public products that match, a page of them. Raises BadCursor when `after` is not from this order."""
    asked, today = parse(query), timezone.now().date()
    rows = _narrowed(filters or Filters(), today)
    notes = _notes(asked, filters, sort)
    if asked is not None:
        return _find_by_text(asked, rows, after, sort, size, notes)
    if sort == Sort.PRICE:
        rows = rows.filter(price_usd__isnull=False, price_until__gte=today)
    total = rows.order_by()[: COUNT_CAP + 1].values("pk").count() if count else None
    products, next_after = _page(rows, ORDERS[sort], after, size)
    capped = total is not None and total > COUNT_CAP
    return Found(products, next_after, COUNT_CAP if capped else total, capped, notes)


def take(ids: list[int]) -> list[ListedProduct]:
    """These products as a list shows them, in this order; those that are not public are left out."""
    rows = _products(ProductSearch.objects.filter(pk__in=ids)) if ids else []
    found = {product.pk: product for product in rows}
    return [found[pk] for pk in ids if pk in found]


def of_producer(producer_id: int, after: str | None = None, size: int = PAGE_SIZE) -> Found:
    """A producer's public products, the best first. Raises BadCursor."""
    rows = ProductSearch.objects.filter(product__producer=producer_id)
    return Found(*_page(rows, ORDERS[Sort.RELEVANCE], after, size), total=None)


def newest(size: int) -> list[ListedProduct]:
    """The products published last, without those that are never promoted (tobacco, alcohol)."""
    rows = vocabulary()
    kept_back = [pk for pk in rows.categories if not rows.may_be_promoted(pk)]
    promotable = ProductSearch.objects.exclude(category__in=kept_back)
    return _products(promotable.order_by("-published_at", "-product_id")[:size])


def alternatives(product: Product, size: int) -> list[ListedProduct]:
    """The best other products of the same category, filled up from its parent's."""
    path = [category.pk for category in vocabulary().path_to(product.category_id)]
    if not path:
        return []
    return read_beside(product.pk, path[-1], path[0], size)


def _narrowed(filters: Filters, today: datetime.date) -> QuerySet[ProductSearch]:
    rows = ProductSearch.objects.all()
    if len(filters.categories) == 1:
        (pk,) = filters.categories
        category = vocabulary().categories.get(pk)
        rows = rows.filter(top_category=pk) if category and category.parent_id is None else rows.filter(category=pk)
    for codes in filters.facet_codes():
        rows = rows.filter(facets__overlap=codes)
    if filters.moq_max is not None:
        rows = rows.filter(moq__lte=filters.moq_max)
    if filters.price_max is not None:
        rows = rows.filter(price_usd__lte=filters.price_max, price_until__gte=today)
    if filters.lead_max is not None:
        rows = rows.filter(lead_time_days__lte=filters.lead_max)
    return rows


def _page(
    rows: QuerySet[ProductSearch], order: Keyset, after: str | None, size: int
) -> tuple[list[ListedProduct], str | None]:
    """A page of an order, without products taken down since their row was written, and where it goes on."""
    entries = read(order.slice(rows, after, size + 1), order.fields)
    is_last = len(entries) <= size
    return (
        [entry.product for entry in entries[:size] if entry.product],
        None if is_last else encode(entries[size - 1].position, listing=order.listing),
    )


def _products(rows: QuerySet[ProductSearch]) -> list[ListedProduct]:
    return [entry.product for entry in read(rows) if entry.product]


# --- with text: a ranked window -------------------------------------------------------------------


class Hit(NamedTuple):
    """A product in the window of a text search; `place` is where it stands in the order, lowest first."""

    place: float
    behind: int
    product_id: int


def _find_by_text(
    asked: Query, rows: QuerySet[ProductSearch], after: str | None, sort: Sort, size: int, notes: list[str]
) -> Found:
    hits, is_capped = _window(asked, rows, sort)
    listing, total = f"products found:{sort}", len(hits)
    if after:
        place, key = decode(after, [float, int], listing=listing)
        hits = [hit for hit in hits if hit[:2] > (place, -cast(int, key))]
    page, rest = hits[:size], hits[size:]
    next_after = encode([page[-1].place, page[-1].product_id], listing=listing) if rest else None
    if is_capped:
        notes.append(
            _("These are the best %(count)d matches. Add a word or a filter to see others.") % {"count": WINDOW}
        )
    return Found(take([hit.product_id for hit in page]), next_after, total, is_capped, notes)


def _window(asked: Query, rows: QuerySet[ProductSearch], sort: Sort) -> tuple[list[Hit], bool]:
    """The best matches in order, and whether there are more: from the best products, from all when those are few."""
    matching = rows.filter(RawSQL(f"document @@ {asked.sql}", asked.params, output_field=BooleanField()))  # noqa: S611
    steps = [matching.filter(tier=1), matching.filter(tier__lte=2), matching][3 - vocabulary().tiers :]
    found: list[Ranked] = []
    for step in steps:
        found = _ranked(asked, step)
        if len(found) > WINDOW:
            break
    if sort == Sort.PRICE:
        hits = [Hit(float(one.price), -one.product_id, one.product_id) for one in found[:WINDOW] if one.price]
    elif sort == Sort.NEWEST:
        hits = [Hit(-one.published_at.timestamp(), -one.product_id, one.product_id) for one in found[:WINDOW]]
    else:
        hits = [Hit(-one.rank, -one.product_id, one.product_id) for one in found[:WINDOW]]
    return sorted(hits), len(found) > WINDOW


class Ranked(NamedTuple):
    """A match as the database ranks it; `price` in USD while it is valid."""

    product_id: int
    rank: float
    published_at: datetime.datetime
    price: Decimal | None


def _ranked(asked: Query, rows: QuerySet[ProductSearch]) -> list[Ranked]:
    fields = ("product_id", "document", "quality", "published_at", "price_usd", "price_until")
    inner, params = rows.order_by().values(*fields)[:SAFETY_CAP].query.sql_with_params()
    sql = f"""
        SELECT product_id, ts_rank('{{0.02,0.05,0.6,1.0}}', document, {asked.sql}) * (0.7 + 0.3 * quality / 1e6) AS r,
               published_at, CASE WHEN price_until >= (now() AT TIME ZONE 'UTC')::date THEN price_usd END
        FROM ({inner}) c ORDER BY r DESC, product_id DESC LIMIT {WINDOW + 1}
    """  # noqa: S608  the inner query is Django's own, with its values as parameters
    with connection.cursor() as cursor:
        cursor.execute(sql, [*asked.params, *params])
        return [Ranked(*row) for row in cursor.fetchall()]


# --- what to tell the reader ----------------------------------------------------------------------


def _notes(asked: Query | None, filters: Filters | None, sort: Sort) -> list[str]:
    notes = []
    if asked is not None and asked.is_shortened:
        notes.append(
            _("HS codes are the same worldwide in their first six digits: showing %(code)s.")
            % {"code": asked.hs_digits}
        )
    if sort == Sort.PRICE or (filters is not None and filters.price_max is not None):
        notes.append(
            _("Left out here: products without a valid price, and prices in a currency without an exchange rate.")
        )
    return notes


__all__ = ["BadCursor", "Filters", "Found", "Sort", "find", "take"]

"""Finding public products: the list page, its API and every picker go through `find`.

Works over search rows alone, then fetches the products of one page. Without text it pages by keyset; with text it
ranks and shows the best 200 (catalog/text_window.py), then asks to refine.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Final

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog import browsing, facet_counts, text_window
from catalog.corrections import corrections
from catalog.facet_counts import Counts
from catalog.list_rows import ListedProduct, read, read_beside, read_these
from catalog.loosening import loosen
from catalog.models import Product, ProductSearch
from catalog.narrowing import Condition, Filters, both, priced, text_condition
from catalog.search_query import Query, parse
from catalog.text_window import Hit, Match
from catalog.vocabulary import vocabulary
from kit.keyset import BadCursor, Keyset, Order, encode
from kit.limited_reads import TooSlow

PAGE_SIZE: Final = 24
MOST_TRIED: Final = 4  # ways to put a query right
FEW: Final = 3  # fewer matches than this, and the query may have been mistyped
LAST_RANK: Final = 2**31


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
class Found:
    """One page of products. `total` is None when it was not asked; with text it is that of the window.

    `is_capped`: more match than the window holds. `meant` is the query put right: shown instead when `is_corrected`
    (`is_loosened`: by leaving words out), else offered. `counts` are None when they were not asked or took too long.
    `is_given_up`: the search took too long.
    """

    products: list[ListedProduct]
    next_after: str | None
    total: int | None
    is_capped: bool = False
    notes: list[str] = field(default_factory=list)
    counts: Counts | None = None
    meant: str | None = None
    is_corrected: bool = False
    is_loosened: bool = False
    is_given_up: bool = False


def find(
    query: str = "",
    filters: Filters | None = None,
    after: str | None = None,
    *,
    sort: Sort = Sort.RELEVANCE,
    size: int = PAGE_SIZE,
    count: bool = True,
    correcting: bool = True,
) -> Found:
    """Public products that match, a page of them; a query that finds nothing is put right unless not `correcting`.

    Raises BadCursor when `after` is not from this order, TooSlow when the database gave up.
    """
    filters = filters or Filters()
    asked = parse(query)
    if asked is None:
        return _browse(filters, after, sort, size, count=count)
    found, matched = _find_by_text(asked, filters, after, sort, size, count=count)
    if not correcting or asked.hs_digits or (matched >= FEW and all(word.is_known for word in asked.words)):
        return found
    meant = list(islice(corrections(query), MOST_TRIED))
    if matched:
        return replace(found, meant=meant[0] if meant else None)
    for text, is_loosened in _instead(query, asked, meant):
        if (other := parse(text)) is None:
            continue
        shown, matched = _find_by_text(other, filters, after, sort, size, count=count)
        if matched:
            return replace(shown, meant=text, is_corrected=True, is_loosened=is_loosened)
    return found


def _instead(query: str, asked: Query, meant: list[str]) -> Iterator[tuple[str, bool]]:
    """What may be shown for a query that finds nothing: put right, else with fewer words; whether words are missing."""
    yield from ((text, False) for text in meant)
    if meant:
        query, asked = meant[0], parse(meant[0]) or asked
    if (fewer := loosen(query, asked)) is not None:
        yield fewer, True


def take(ids: list[int]) -> list[ListedProduct]:
    """These products as a list shows them, in this order; those that are not public are left out."""
    rows = read(ProductSearch.objects.filter(pk__in=ids)) if ids else []
    found = {entry.product.pk: entry.product for entry in rows if entry.product}
    return [found[pk] for pk in ids if pk in found]


def of_producer(producer_id: int, after: str | None = None, size: int = PAGE_SIZE) -> Found:
    """A producer's public products, the best first. Raises BadCursor."""
    rows = ProductSearch.objects.filter(product__producer=producer_id)
    order = ORDERS[Sort.RELEVANCE]
    return Found(*_page(browsing.walk(order, rows, after, size + 1), order, size), total=None)


def newest(size: int) -> list[ListedProduct]:
    """The products published last, without those that are never promoted (tobacco, alcohol)."""
    rows = vocabulary()
    kept_back = [pk for pk in rows.categories if not rows.may_be_promoted(pk)]
    promotable = ProductSearch.objects.exclude(category__in=kept_back)
    entries = read(promotable.order_by("-published_at", "-product_id")[:size])
    return [entry.product for entry in entries if entry.product]


def alternatives(product: Product, size: int) -> list[ListedProduct]:
    """The best other products of the same category, filled up from its parent's."""
    path = [category.pk for category in vocabulary().path_to(product.category_id)]
    if not path:
        return []
    return read_beside(product.pk, path[-1], path[0], size)


def _count(filters: Filters, text: list[Condition], sort: Sort, notes: list[str]) -> Counts | None:
    """The counts of all facets; None, with a note, when they took too long."""
    try:
        return facet_counts.count(filters, text, timezone.now().date(), only_priced=sort == Sort.PRICE)
    except TooSlow:
        notes.append(_("Counting the products took too long, so the numbers beside the filters are missing."))
        return None


# --- without text: an order, page by page ----------------------------------------------------------


def _browse(filters: Filters, after: str | None, sort: Sort, size: int, *, count: bool) -> Found:
    notes, always = _notes(None, filters, sort), _always(sort)
    counts = _count(filters, [], sort, notes) if count else None
    market = _market_view(filters, sort)
    order = Keyset(f"market {market}", [("rank", "asc"), ("product_id", "asc")]) if market else ORDERS[sort]
    wanted = browsing.select(order, filters, always, after, size + 1, market, counts)
    products, next_after = _page(wanted, order, size)
    return Found(products, next_after, counts.chosen.total.n if counts else None, notes=notes, counts=counts)


def _page(wanted: Condition, order: Keyset, size: int) -> tuple[list[ListedProduct], str | None]:
    """A page of an order, without products taken down since their row was written, and where it goes on."""
    entries = read_these(wanted.sql, wanted.params, len(order.fields))
    is_last = len(entries) <= size
    return (
        [entry.product for entry in entries[:size] if entry.product],
        None if is_last else encode(entries[size - 1].position, listing=order.listing),
    )


def _always(sort: Sort) -> list[Condition]:
    """What an order leaves out."""
    return [priced(timezone.now().date())] if sort == Sort.PRICE else []


def _market_view(filters: Filters, sort: Sort) -> str | None:
    """The market whose mission ranks the list: the one that is chosen, when nothing else orders it."""
    return filters.markets[0] if len(filters.markets) == 1 and sort == Sort.RELEVANCE else None


# --- with text: a ranked window -------------------------------------------------------------------


def _find_by_text(
    asked: Query, filters: Filters, after: str | None, sort: Sort, size: int, *, count: bool
) -> tuple[Found, int]:
    """A page of the window, and how many the window holds."""
    notes, always, market = _notes(asked, filters, sort), _always(sort), _market_view(filters, sort)
    narrowed = [one for these in filters.conditions(timezone.now().date()).values() for one in these]
    matches = text_window.matches(asked, both([*narrowed, *always]), vocabulary().tiers, market)
    is_capped = len(matches) > text_window.WINDOW
    hits = sorted(_hit(match, sort, market) for match in matches[: text_window.WINDOW])
    listing = f"products found:{sort}:{market or ''}"
    page = text_window.cut(hits, after, size, listing, varied=sort == Sort.RELEVANCE and market is None)
    if is_capped:
        notes.append(
            _("These are the best %(count)d matches. Add a word or a filter to see others.")
            % {"count": text_window.WINDOW}
        )
    counts = _count(filters, [text_condition(asked)], sort, notes) if count else None
    products = take(page.product_ids)
    return Found(products, page.next_after, len(hits), is_capped, notes, counts), len(hits)


def _hit(match: Match, sort: Sort, market: str | None) -> Hit:
    """Where a match stands in the order."""
    if sort == Sort.PRICE:
        place = float(match.price or 0)
    elif sort == Sort.NEWEST:
        place = -match.published_at.timestamp()
    elif market:
        place = float(match.market_rank or LAST_RANK)
    else:
        place = -match.relevance
    return Hit(place, -match.product_id, match.product_id, match.producer_id)


# --- what to tell the reader ----------------------------------------------------------------------


def _notes(asked: Query | None, filters: Filters, sort: Sort) -> list[str]:
    notes = []
    if asked is not None and asked.is_shortened:
        notes.append(
            _("HS codes are the same worldwide in their first six digits: showing %(code)s.")
            % {"code": asked.hs_digits}
        )
    if sort == Sort.PRICE or filters.price_max is not None or filters.prices:
        notes.append(
            _("Left out here: products without a valid price, and prices in a currency without an exchange rate.")
        )
    return notes


__all__ = ["BadCursor", "Filters", "Found", "Sort", "TooSlow", "find", "take"]

"""The home page: where to begin, for importers and for producers."""

from __future__ import annotations

import datetime
from typing import Any, Final, NamedTuple

from django.contrib.auth.decorators import login_not_required
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalog.cards import cards
from catalog.list_rows import ListedProduct
from catalog.models import ExportFigure, ProductSearch
from catalog.search import newest, take
from catalog.target_markets import target_market_choices
from catalog.vocabulary import vocabulary
from exporters.models import Producer
from kit.keeping import kept
from kit.languages import pick
from kit.units import format_number
from markets.collection_showing import faces, with_faces
from markets.models import Collection, MarketListing
from markets.showing import market_tiles
from markets.views import TOP_PRIORITY

SHOWN_PRODUCTS = 8
SHOWN_COLLECTIONS = 3
FIGURES_OF = ("Kota Mojokerto", 2021)
EXPORTED: Final = {
    "Kretek cigarettes": gettext_lazy("Kretek cigarettes"),
    "Furniture": gettext_lazy("Furniture"),
    "Mineral products": gettext_lazy("Mineral products"),
    "Sandals and shoes": gettext_lazy("Sandals and shoes"),
    "Cassava chips": gettext_lazy("Cassava chips"),
    "Batik cloth": gettext_lazy("Batik cloth"),
}
"""What the figures name, by their English names; the published values themselves are never changed."""


class Counts(NamedTuple):
    """What the portal holds, as counted at a moment."""

    products: int
    producers: int
    by_category: dict[int, int]
    counted_at: datetime.datetime


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Search, markets, categories, collections and products to see first, and published figures of exports."""
    counts = count_all()
    products, promoted = products_to_see()
    context = {
        "market_choices": target_market_choices(),
        "tiles": [tile for tile in market_tiles() if tile.priority == TOP_PRIORITY],
        "categories": category_tiles(counts),
        "collections": faces(newest_collections())[:SHOWN_COLLECTIONS],
        "cards": cards(products, promoted=promoted),
        "figures": export_figures(),
        "stats": [
            (format_number(counts.products), _("products with their trade terms")),
            (format_number(counts.producers), _("producers")),
            (format_number(len(target_market_choices())), _("markets of Latin America and the Caribbean")),
        ],
        "counted_on": formats.date_format(counts.counted_at.date()),
    }
    return render(request, "inaaccess/home.html", context)


def products_to_see() -> tuple[list[ListedProduct], dict[int, str]]:
    """Those that missions promote, then the newest; and the words that say so, by product."""
    listings = MarketListing.objects.public().promoted().order_by("rank", "pk")
    ids = list(dict.fromkeys(listings.values_list("product", flat=True)[: 3 * SHOWN_PRODUCTS]))[:SHOWN_PRODUCTS]
    promoted = take(ids)
    fresh = [product for product in newest(SHOWN_PRODUCTS) if product.pk not in ids]
    return [*promoted, *fresh][:SHOWN_PRODUCTS], {product.pk: _("Promoted by a mission") for product in promoted}


@kept(60)
def newest_collections() -> list[Collection]:
    """The collections published last, without those that hold what is never promoted (tobacco, alcohol).

    A few more than are shown: one without a public product is left out.
    """
    newest_first = Collection.objects.public().featurable().order_by("-published_at", "-pk")
    return list(with_faces(newest_first)[: 2 * SHOWN_COLLECTIONS])


def category_tiles(counts: Counts) -> list[dict[str, str]]:
    """The upper categories that may be promoted, with how many products each holds."""
    base, rows = reverse("product_list"), vocabulary()
    return [
        {
            "url": f"{base}?category={category.slug}",
            "icon": category.icon,
            "name": pick(category.name).text,
            "note": _products(counts.by_category.get(category.pk, 0)),
        }
        for category in rows.top_categories()
        if category.may_be_promoted
    ]


def _products(count: int) -> str:
    return ngettext("%(count)d product", "%(count)d products", count) % {"count": count} if count else ""


@kept(60)
def count_all() -> Counts:
    """How much there is to see now."""
    by_category = dict(ProductSearch.objects.values_list("top_category").annotate(Count("pk")).order_by())
    return Counts(sum(by_category.values()), Producer.objects.listed().count(), by_category, timezone.now())


@kept(60)
def _figures() -> list[ExportFigure]:
    place, year = FIGURES_OF
    return list(ExportFigure.objects.filter(place=place, year=year))


def export_figures() -> dict[str, Any]:
    """The export values of Kota Mojokerto in 2021, with the exact text that was published, never added up."""
    rows = _figures()
    reads_indonesian = get_language() == "id"
    return {
        "place": FIGURES_OF[0],
        "year": str(FIGURES_OF[1]),
        "rows": [
            {
                "name": row.name_id if reads_indonesian else EXPORTED.get(row.name_en, row.name_en),
                "lang": "" if reads_indonesian or row.name_en in EXPORTED else "en",
                "value": row.value_as_published,
                "is_unclear": row.amount is None,
            }
            for row in rows
        ],
        "sources": list(dict.fromkeys(row.source for row in rows)),
    }

"""The pages that are measured, each with addresses to draw from, and the bare page that each is compared with."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random
from typing import Final
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import translation

from catalog.models import Category, Product, ProductSearch
from catalog.search import ORDERS, Sort

VARIANTS: Final = 40  # addresses of one kind of page
DEPTH: Final = 0.9  # how far down the catalogue the deep page lies


@dataclass(frozen=True)
class Page:
    """A kind of page: its bare counterpart, the largest ratio to it, and how many queries it may make."""

    name: str
    bare: str = ""
    most_times: float | None = None
    most_queries: int = 8
    addresses: list[str] = field(default_factory=list, compare=False)


PAGES: Final = (
    Page("bare_empty"),
    Page("bare_key"),
    Page("bare_list"),
    Page("home", "bare_list"),
    Page("product_list", "bare_list", 6),
    Page("product_list_filtered", "bare_list", 6),
    Page("category", "bare_list", 6),
    Page("deep_page", "bare_list", 6),
    Page("product_detail", "bare_key", 12),
    Page("market_list", "bare_list", 6),
    Page("market_detail", "bare_list", 6, most_queries=10),
    Page("api_product_list", "bare_key", 6, most_queries=3),
)


def addressed(draw: Random) -> list[Page]:
    """The pages with addresses into the catalogue of the present database."""
    numbers = list(Product.objects.published().order_by("pk").values_list("pk", "slug"))
    drawn = draw.choices(numbers, k=VARIANTS)
    with translation.override("en"):
        products = reverse("product_list")
        found = {
            "bare_empty": ["/bare/empty"],
            "bare_key": [f"/bare/key/{pk}" for pk, _slug in drawn],
            "bare_list": [f"/bare/list/{max(pk, 100)}" for pk, _slug in drawn],
            "home": [reverse("home")],
            "product_list": [products, f"{products}?sort=newest", f"{products}?sort=price"],
            "product_list_filtered": _filtered(products),
            "category": [f"{products}?category={slug}" for slug in _busy_categories()],
            "deep_page": [f"{products}?{urlencode({'after': after})}" for after in _deep_positions(draw)],
            "product_detail": [reverse("product_detail", args=[slug]) for _pk, slug in drawn],
            "market_list": [reverse("market_list")],
            "market_detail": [reverse("market_detail", args=[code]) for code in ("BR", "CL", "MX", "PE", "AR")],
            "api_product_list": ["/api/v1/products/", *(f"/api/v1/products/?category={s}" for s in _busy_categories())],
        }
    return [Page(page.name, page.bare, page.most_times, page.most_queries, found[page.name]) for page in PAGES]


def _busy_categories() -> list[str]:
    """Every upper category that has products, as it stands in addresses."""
    busy = ProductSearch.objects.values_list("top_category", flat=True).distinct()
    return list(Category.objects.filter(pk__in=busy).order_by("pk").values_list("slug", flat=True))


def _filtered(products: str) -> list[str]:
    """Frequent and rare choices, alone and together."""
    asked: list[dict[str, str]] = []
    for category in _busy_categories():
        asked += [
            {"category": category, "incoterm": "FOB", "price_max": "20"},
            {"category": category, "moq_max": "100", "lead_max": "30"},
        ]
    asked += [{"province": code, "certificate": "SNI"} for code in ("35", "32", "51", "73")]
    asked += [{"market": iso2, "incoterm": "CIF"} for iso2 in ("BR", "CL", "MX", "PE", "AR")]
    asked += [{"hs": digits, "sort": "newest"} for digits in ("64", "09", "6403", "94")]
    return [f"{products}?{urlencode(one)}" for one in asked]


def _deep_positions(draw: Random) -> list[str]:
    """Where a person would be after many pages; found by OFFSET here, never by the page itself."""
    order = ORDERS[Sort.RELEVANCE]
    rows = ProductSearch.objects.order_by(*(column.by() for column in order.columns))
    first = int(rows.count() * DEPTH)
    deep = list(rows.only("quality")[first : first + VARIANTS])
    draw.shuffle(deep)
    return [order.position(row) for row in deep]

"""Visitors of a large catalogue, all at once: mixed pages through the production server."""

from __future__ import annotations

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from random import Random
from typing import Final
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import translation

from catalog.models import Category, ProductSearch
from inaaccess.bench.clients import Client
from inaaccess.bench.running import percentile
from inaaccess.bench.search_mix import Mix, Search

CLIENTS: Final = (1, 8, 32)
LANGUAGES: Final = ("en", "id", "es", "pt-br")
TEXTS: Final = (Mix.common_word, Mix.rare_word, Mix.phrase, Mix.typo, Mix.hs, Mix.text_filtered)
LISTS: Final = (Mix.browse, Mix.filtered)
OF_TEN: Final = {"search": 5, "browse": 2, "detail": 2, "api": 1}


@dataclass(frozen=True)
class Load:
    """So many clients: pages a second, and times in milliseconds."""

    clients: int
    per_second: float
    p50_ms: float
    p95_ms: float


def addresses(mix: Mix, draw: Random, count: int) -> list[str]:
    """Searches, lists without text, products and the API, in four languages; none comes twice in a row."""
    slugs = dict(Category.objects.values_list("pk", "slug"))
    found = []
    for kind in draw.choices(list(OF_TEN), list(OF_TEN.values()), k=count):
        with translation.override(draw.choice(LANGUAGES)):
            if kind == "detail":
                row = ProductSearch.objects.filter(pk__gte=draw.randint(1, mix.last)).order_by("pk")
                slug = row.values_list("product__slug", flat=True)[0]
                found.append(reverse("product_detail", args=[slug]))
            elif kind == "api":
                found.append(f"/api/v1/products/?{_asked(mix.phrase(), slugs)}")
            else:
                search = draw.choice(LISTS if kind == "browse" else TEXTS)(mix)
                found.append(f"{reverse('product_list')}?{_asked(search, slugs)}")
    return found


def _asked(search: Search, slugs: dict[int, str]) -> str:
    chosen = search.filters
    pairs = [
        ("q", search.query),
        *(("category", slugs[pk]) for pk in chosen.categories),
        *(("hs", digits) for digits in chosen.hs),
        *(("market", iso2) for iso2 in chosen.markets),
        *(("incoterm", rule) for rule in chosen.incoterms),
        *(("province", code) for code in chosen.provinces),
    ]
    return urlencode([(name, value) for name, value in pairs if value])


def load(port: int, pages: Sequence[str], clients: int) -> Load:
    """Let so many clients share these pages, each asking one after the other without a pause."""
    shares = [pages[number::clients] for number in range(clients)]
    began = time.perf_counter()
    with ThreadPoolExecutor(clients) as threads:
        times = [one for some in threads.map(_times, [port] * clients, shares) for one in some]
    return Load(clients, len(times) / (time.perf_counter() - began), percentile(times, 0.5), percentile(times, 0.95))


def _times(port: int, pages: Sequence[str]) -> list[float]:
    with Client(port) as client:
        return [client.get(page).seconds * 1000 for page in pages]

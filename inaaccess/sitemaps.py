"""Addresses for search engines: a sitemap index, its sections one language each, and robots.txt."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import SitemapIndexItem, sitemap
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import translation
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from catalog.models import Product
from exporters.models import Producer
from markets.models import Collection, Market

PER_FILE = 5_000
HOUR = 3_600


class OneLanguage(Sitemap[Any]):
    """A section of the sitemap in one language, on the site's own address."""

    limit = PER_FILE
    protocol = urlsplit(settings.SITE_URL).scheme or None

    def __init__(self, language: str) -> None:
        with translation.override(language):
            self.base = self.base_path()

    def base_path(self) -> str:
        """The address, in the language that is active, under which the items are."""
        raise NotImplementedError

    def get_domain(self, site: object = None) -> str:
        return str(urlsplit(settings.SITE_URL).netloc)

    def get_latest_lastmod(self) -> None:
        """Not told in the index: it would read every item."""

    def location(self, item: Any) -> str:
        return f"{self.base}{item[0]}/"

    def lastmod(self, item: Any) -> Any:
        return item[1]


class ProductSitemap(OneLanguage):
    """Public products."""

    def base_path(self) -> str:
        return reverse("product_list")

    def items(self) -> QuerySet[Product, Any]:
        return Product.objects.published().order_by("pk").values_list("slug", "changed_at")


class ProducerSitemap(OneLanguage):
    """Listed producers."""

    def base_path(self) -> str:
        return reverse("producer_list")

    def items(self) -> QuerySet[Producer, Any]:
        return Producer.objects.listed().order_by("pk").values_list("slug", "listed_at")


class CollectionSitemap(OneLanguage):
    """Public collections."""

    def base_path(self) -> str:
        return f"{reverse('home')}collections/"

    def items(self) -> QuerySet[Collection, Any]:
        return Collection.objects.public().order_by("pk").values_list("slug", "changed_at")


class MarketSitemap(OneLanguage):
    """Markets; no day of change is kept for what is offered in one."""

    def base_path(self) -> str:
        return reverse("market_list")

    def items(self) -> Sequence[Any]:
        return [(iso2, None) for iso2 in Market.objects.order_by("pk").values_list("pk", flat=True)]


class ListSitemap(OneLanguage):
    """The home page and the lists."""

    def base_path(self) -> str:
        return reverse("home")

    def items(self) -> Sequence[Any]:
        return ["", "products/", "producers/", "markets/"]

    def location(self, item: Any) -> str:
        return f"{self.base}{item}"

    def lastmod(self, item: Any) -> Any:
        return None


KINDS: dict[str, type[OneLanguage]] = {
    "collections": CollectionSitemap,
    "lists": ListSitemap,
    "markets": MarketSitemap,
    "producers": ProducerSitemap,
    "products": ProductSitemap,
}


def sections() -> dict[str, OneLanguage]:
    """Each kind in each language: “products-es”."""
    return {f"{kind}-{code}": made(code) for code, _name in settings.LANGUAGES for kind, made in KINDS.items()}


@login_not_required
@require_safe
@cache_control(public=True, max_age=HOUR)
def sitemap_index(request: HttpRequest) -> HttpResponse:
    """The files of the sitemap."""
    files = []
    for name, section in sections().items():
        address = f"{settings.SITE_URL}{reverse('sitemap_section', args=[name])}"
        pages = section.paginator.num_pages
        files += [SitemapIndexItem(address if page == 1 else f"{address}?p={page}") for page in range(1, pages + 1)]
    return TemplateResponse(request, "sitemap_index.xml", {"sitemaps": files}, content_type="application/xml")


@login_not_required
@require_safe
@cache_control(public=True, max_age=HOUR)
def sitemap_section(request: HttpRequest, section: str) -> HttpResponse:
    """One kind of pages in one language, `?p=` for the next 5,000."""
    return sitemap(request, {**sections()}, section)


@login_not_required
@require_safe
@cache_control(public=True, max_age=HOUR)
def robots(request: HttpRequest) -> HttpResponse:
    """What search engines may read: the public pages, not the endless combinations of filters."""
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /api/",
        *(f"Disallow: /{code}/{part}/" for code, _name in settings.LANGUAGES for part in ("desk", "account")),
        "Disallow: /*?*after=",
        "",
        f"Sitemap: {settings.SITE_URL}{reverse('sitemap_index')}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")

"""What is offered in a market, for programs: new products as Atom, all of them as CSV and as JSON lines.

In the language of the address, for everybody, so many times an hour by network address (settings.RATE_LIMITS).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any, Final

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.feedgenerator import Atom1Feed
from django.utils.http import http_date
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts import ratelimit
from catalog.api.listed import listed
from catalog.search import take
from kit.csv_export import csv_response
from kit.json_lines import json_lines_response
from kit.keyset import Keyset
from kit.languages import pick
from markets.models import Market, MarketListing

NEWEST: Final = 50
AT_ONCE: Final = 500
FRESH_SECONDS: Final = 600
COLUMNS: Final = (
    "rank", "slug", "title", "summary", "commodity", "category", "hs6", "producer", "place", "minimum_order", "unit",
    "lead_time_days", "price", "currency", "incoterm", "incoterm_place", "from_quantity", "price_valid_until",
    "certificates", "published_at", "changed_at", "confirmed_on", "url",
)  # fmt: skip
Row = dict[str, Any]


@login_not_required
@require_safe
def market_feed(request: HttpRequest, iso2: str) -> HttpResponseBase:
    """The products that were listed in the market last, as an Atom feed; 304 for whoever has it already."""
    market = get_object_or_404(Market, iso2=iso2.upper())
    if iso2 != market.iso2:
        return redirect("market_feed", market.iso2, permanent=True)
    ratelimit.hit("feed", ratelimit.client_address(request))
    rows = MarketListing.objects.public().filter(market=market, decided_at__isnull=False)
    newest = list(rows.select_related("product__producer").order_by("-decided_at", "-pk")[:NEWEST])
    text = _atom(request, market, newest)
    etag = f'"{hashlib.blake2b(text.encode(), digest_size=16).hexdigest()}"'
    answer = HttpResponse(text, content_type="application/atom+xml; charset=utf-8", headers={"ETag": etag})
    if changed := [_changed(one) for one in newest]:
        answer["Last-Modified"] = http_date(max(changed).timestamp())
    patch_cache_control(answer, public=True, max_age=FRESH_SECONDS)
    return get_conditional_response(request, etag=etag, response=answer) or answer


@login_not_required
@require_safe
def market_catalogue_csv(request: HttpRequest, iso2: str) -> HttpResponseBase:
    """Everything that is offered in the market, for a spreadsheet."""
    market = get_object_or_404(Market, iso2=iso2.upper())
    if iso2 != market.iso2:
        return redirect("market_catalogue_csv", market.iso2, permanent=True)
    ratelimit.hit("catalogue", ratelimit.client_address(request))
    rows = (_cells(row) for row in _catalogue(market))
    return csv_response(_name(market), COLUMNS, rows)


@login_not_required
@require_safe
def market_catalogue_jsonl(request: HttpRequest, iso2: str) -> HttpResponseBase:
    """Everything that is offered in the market, for a program: each line as the API tells it, and its rank."""
    market = get_object_or_404(Market, iso2=iso2.upper())
    if iso2 != market.iso2:
        return redirect("market_catalogue_jsonl", market.iso2, permanent=True)
    ratelimit.hit("catalogue", ratelimit.client_address(request))
    return json_lines_response(_name(market), _catalogue(market))


def _name(market: Market) -> str:
    return f"indonesia-{market.iso2.lower()}-{get_language()}"


def _catalogue(market: Market) -> Iterator[Row]:
    """Every public product of the market in its rank, some hundreds at a time: no more are ever in memory."""
    order = Keyset(f"catalogue of {market.iso2}", [("rank", "asc"), ("product_id", "asc")])
    rows = MarketListing.objects.public().filter(market=market).only("rank", "product_id", "market_id")
    after: str | None = None
    while True:
        page = order.page(rows, after, AT_ONCE)
        ranks = {one.product_id: one.rank for one in page.items}
        found = take(list(ranks))
        for product, told in zip(found, listed(found), strict=True):
            yield {"rank": ranks[product.pk], **told, "url": f"{settings.SITE_URL}{told['url']}"}
        if (after := page.next_after) is None:
            return


def _cells(row: Row) -> list[object]:
    """One product on its line, words in the reader's language."""
    words, price, producer = row["display"], row["price"] or {}, row["producer"]
    prices = [price.get(name) for name in ("amount", "currency", "incoterm", "place", "from_quantity", "valid_until")]
    return [
        row["rank"], row["slug"], words["title"], words["summary"], words["commodity"], words["category"], row["hs6"],
        producer["trade_name"], producer["place"], row["moq"], words["unit"], row["lead_time_days"], *prices,
        " ".join(row["certificates"]), row["published_at"], row["changed_at"], row["confirmed_on"], row["url"],
    ]  # fmt: skip


def _atom(request: HttpRequest, market: Market, listings: list[MarketListing]) -> str:
    name, base = pick(market.name).text, f"{settings.SITE_URL}{reverse('product_list')}"
    here = f"{settings.SITE_URL}{request.path}"
    feed = Atom1Feed(
        title=_("New Indonesian products for %(market)s") % {"market": name},
        link=f"{settings.SITE_URL}{reverse('market_detail', args=[market.iso2])}",
        description=_("Products that Indonesian missions have listed in %(market)s, the newest first.")
        % {"market": name},
        language=get_language(),
        author_name="INA Access",
        feed_url=here,
        feed_guid=here,
    )
    for one in listings:
        product = one.product
        feed.add_item(
            title=pick(product.title).text,
            link=f"{base}{product.slug}/",
            description=pick(one.pitch).text or pick(product.summary).text,
            unique_id=f"{base}{product.slug}/",
            author_name=product.producer.trade_name,
            pubdate=one.decided_at,
            updateddate=_changed(one),
        )
    text: str = feed.writeString("utf-8")
    return text


def _changed(listing: MarketListing) -> Any:
    """When it was listed, or its product changed since."""
    return max(at for at in (listing.decided_at, listing.product.changed_at) if at is not None)

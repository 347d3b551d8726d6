"""The public pages of markets."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalog.cards import cards
from catalog.list_page import ignored_notes
from catalog.search import PAGE_SIZE, take
from catalog.vocabulary import vocabulary
from kit.keyset import BadCursor, Keyset, Page
from kit.languages import pick
from markets.models import Market, MarketListing
from markets.showing import Checked, agreement_text, language_name, market_tiles, missions_of, sectors_of

TOP_PRIORITY = 1


@login_not_required
@require_safe
def market_list(request: HttpRequest) -> HttpResponse:
    """The 33 markets, those of the first priority apart."""
    tiles = market_tiles()
    return render(
        request,
        "markets/market_list.html",
        {
            "first": [tile for tile in tiles if tile.priority == TOP_PRIORITY],
            "others": [tile for tile in tiles if tile.priority != TOP_PRIORITY],
        },
    )


@login_not_required
@require_safe
def market_detail(request: HttpRequest, iso2: str) -> HttpResponse:
    """One market: its missions, what is in demand, and the products offered there in the missions' rank."""
    market = get_object_or_404(Market, iso2=iso2.upper())
    if iso2 != market.iso2:
        return redirect("market_detail", market.iso2, permanent=True)
    page, is_forged = _listings(market, request.GET.get("after", ""))
    path = reverse("market_detail", args=[iso2])
    shown = {listing.product_id: listing for listing in page.items}
    promoted = {pk: _("Promoted by the mission") for pk, listing in shown.items() if _is_promoted(listing)}
    context = {
        "market": market,
        "name": pick(market.name).text,
        "missions": missions_of(market),
        "sectors": sectors_of(market),
        "agreement": agreement_text(market),
        "label_language": language_name(market.label_language),
        "checked": Checked(market.source, market.checked_on),
        "cards": cards(take(list(shown)), promoted=promoted),
        "kept": [("market", market.iso2)],
        "notes": ignored_notes([], is_forged=is_forged),
        "next_url": f"{path}?after={page.next_after}" if page.next_after else "",
        "first_url": path if request.GET.get("after") and not is_forged else "",
    }
    return render(request, "markets/market_detail.html", context)


def _listings(market: Market, after: str) -> tuple[Page[MarketListing], bool]:
    """A page of public listings in rank, and whether its position was forged: then it is the first one."""
    order = Keyset(f"market {market.iso2}", [("rank", "asc"), ("product_id", "asc")])
    rows = MarketListing.objects.public().filter(market=market).select_related("product")
    rows = rows.only("rank", "promoted_until", "market", "product__category")
    try:
        return order.page(rows, after or None, PAGE_SIZE), False
    except BadCursor:
        return order.page(rows, None, PAGE_SIZE), True


def _is_promoted(listing: MarketListing) -> bool:
    """Promoted today, and of a category that may be."""
    until = listing.promoted_until
    if until is None or until < timezone.now().date():
        return False
    return vocabulary().may_be_promoted(listing.product.category_id)

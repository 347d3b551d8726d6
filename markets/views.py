"""The public pages of markets."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from catalog.list_page import ignored_notes
from kit.languages import pick
from markets.market_map import map_of
from markets.market_page import offered_in, rules_in
from markets.models import Market
from markets.showing import Checked, agreement_text, blocs_of, language_name, market_tiles, missions_of, sectors_of

TOP_PRIORITY = 1


@login_not_required
@require_safe
def market_list(request: HttpRequest) -> HttpResponse:
    """The 33 markets on a map and as a list, those of the first priority apart."""
    tiles = market_tiles()
    return render(
        request,
        "markets/market_list.html",
        {
            "map": map_of(tiles, first_priority=TOP_PRIORITY),
            "first": [tile for tile in tiles if tile.priority == TOP_PRIORITY],
            "others": [tile for tile in tiles if tile.priority != TOP_PRIORITY],
        },
    )


@login_not_required
@require_safe
def market_detail(request: HttpRequest, iso2: str) -> HttpResponse:
    """One market: its missions, what is offered in their rank, what is in demand, what is known, and how to buy."""
    market = get_object_or_404(Market, iso2=iso2.upper())
    if iso2 != market.iso2:
        return redirect("market_detail", market.iso2, permanent=True)
    offered = offered_in(market, request.GET.get("after", ""))
    path = reverse("market_detail", args=[iso2])
    context = {
        "market": market,
        "name": pick(market.name).text,
        "missions": missions_of(market),
        "offered": offered,
        "rules": rules_in(market),
        "kept": [("market", market.iso2)],
        **_facts(market),
        "notes": ignored_notes([], is_forged=offered.is_forged),
        "next_url": f"{path}?after={offered.next_after}" if offered.next_after else "",
        "first_url": path if request.GET.get("after") and not offered.is_forged else "",
    }
    return render(request, "markets/market_detail.html", context)


def _facts(market: Market) -> dict[str, object]:
    """What the market's own row says. No query."""
    return {
        "sectors": sectors_of(market),
        "agreement": agreement_text(market),
        "blocs": blocs_of(market),
        "label_language": language_name(market.label_language),
        "checked": Checked(market.source, market.checked_on),
    }

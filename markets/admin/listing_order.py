"""The order of a market's page: a place up or down, to the top, beside another; and what is promoted."""

from __future__ import annotations

from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from accounts.http import SignedInRequest
from markets import ranking, scope
from markets.models import Market, MarketListing
from markets.models.listing_state import MOST_PROMOTED


@require_POST
@permission_required("markets.decide_listing", raise_exception=True)
def listing_move(request: SignedInRequest, iso2: str, pk: int) -> HttpResponse:
    """A new place in the market's page: up, down, to the top, or `beside`: where that product stands."""
    listing = get_object_or_404(scope.listings_of(request.user), market=iso2, product=pk)
    direction, beside = request.POST.get("direction", ""), request.POST.get("beside", "")
    if beside:
        others = scope.listings_of(request.user).filter(market=iso2)
        other = get_object_or_404(others, product=int(beside) if beside.isdecimal() and len(beside) < 19 else 0)
        ranking.move_beside(listing, other, by=request.user)
    elif direction == "top":
        ranking.move_to_top(listing, by=request.user)
    else:
        ranking.move(listing, up=direction == "up", by=request.user)
    back = reverse("admin:market_listings", args=[iso2])
    return redirect(f"{back}{kept_place(request.GET)}#listing-{pk}")


def kept_place(query: QueryDict) -> str:
    """The page of what is offered that a person is on, as a query."""
    kept = {name: str(query[name]) for name in ("q", "after") if query.get(name)}
    return f"?{urlencode({'view': 'listed', **kept})}"


def promoted_in(market: Market) -> list[MarketListing]:
    """What is promoted in the market today, in its order; the verb keeps it to 12."""
    rows = MarketListing.objects.promoted().filter(market=market).select_related("product")
    return list(rows.order_by("rank", "product_id")[:MOST_PROMOTED])

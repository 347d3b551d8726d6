"""The listings desk: per market what waits, what is offered in which order, and what was decided otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.db.models import Prefetch, Q, QuerySet
from django.http import HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import SignedInRequest
from accounts.models import User
from accounts.naming import People
from accounts.workflow import Refused
from catalog.models import PhotoPlacement, Product
from catalog.photo_address import photo_url
from catalog.unit_names import quantity
from kit.keyset import Keyset, Page
from kit.languages import CONTENT_LANGUAGES, content_key
from kit.money import format_money
from kit.text import clean_text
from kit.units import format_number
from markets import scope
from markets.admin.listing_csv import download
from markets.admin.listing_form import DONE, STAYS, ListingForm
from markets.admin.listing_order import kept_place, promoted_in
from markets.admin.page import desk_page, page_links, page_of, with_query
from markets.models import Market, MarketListing
from markets.models.listing_state import MOST_PROMOTED
from markets.pitch import draft_pitch, pitch_languages
from markets.requests import waiting_by_market

NEWEST = Keyset("listing_products", [("pk", "desc")])
BY_RANK = Keyset("listing_ranks", [("rank", "asc"), ("product_id", "asc")])
LATEST = Keyset("listing_decided", [("pk", "desc")])
VIEWS = {
    "waiting": gettext_lazy("Waiting"),
    "listed": gettext_lazy("Offered, by rank"),
    "proposed": gettext_lazy("Proposed"),
    "declined": gettext_lazy("Declined"),
    "withdrawn": gettext_lazy("Withdrawn"),
    "propose": gettext_lazy("Propose another"),
}
UNDECIDED = ("waiting", "propose")  # the tabs of products without a decision
CAN_TICK = ("waiting", "listed")  # the tabs whose rows are offered or withdrawn several at once


@dataclass(frozen=True)
class ListingRow:
    """A product in a market, decided or not; `who` decided last, as the reader may know them."""

    product: Product
    listing: MarketListing | None
    thumb: str
    who: str = ""


@require_safe
@permission_required("markets.decide_listing", raise_exception=True)
def listing_markets(request: SignedInRequest) -> HttpResponse:
    """The markets of the person with what waits in each; a single one opens at once."""
    markets = list(scope.markets_to_decide(request.user))
    if len(markets) == 1:
        return redirect("admin:market_listings", iso2=markets[0].pk)
    waiting = waiting_by_market()
    rows = [(market, waiting.get(market.pk, 0)) for market in markets]
    context = {"title": _("Market listings"), "rows": sorted(rows, key=lambda row: (-row[1], str(row[0])))}
    return desk_page(request, "listing_markets", context)


@require_safe
@permission_required("markets.decide_listing", raise_exception=True)
def market_listings(request: SignedInRequest, iso2: str) -> HttpResponseBase:
    """One market: what waits, what is offered by rank, what was proposed, declined or withdrawn; also as CSV."""
    market = get_object_or_404(scope.markets_to_decide(request.user), pk=iso2)
    view = request.GET.get("view", "waiting") if request.GET.get("view") in VIEWS else "waiting"
    text = clean_text(request.GET.get("q", ""))[:80]
    if request.GET.get("format") == "csv":
        return download(selected(request.user, market, view, text), market, view)
    rows, page, total = _rows(request, market, view, text)
    context = {
        "title": _("%(market)s: listings") % {"market": market},
        "market": market,
        "view": view,
        "q": text,
        "rows": rows,
        "total": total,
        "can_tick": view in CAN_TICK,
        "kept_query": kept_place(request.GET),
        "promoted": promoted_in(market) if view == "listed" else None,
        "most_promoted": MOST_PROMOTED,
        "tabs": [(label, f"?view={name}", name == view) for name, label in VIEWS.items()],
        "csv_url": with_query(request, view=view, format="csv"),
        **page_links(request, page),
    }
    return desk_page(request, "market_listings", context)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("markets.decide_listing", raise_exception=True)
def listing_decide(request: SignedInRequest, iso2: str, pk: int) -> HttpResponse:
    """One product in one market: list, decline, withdraw, propose, rank, promote."""
    market = get_object_or_404(scope.markets_to_decide(request.user), pk=iso2)
    products = scope.products_to_decide(request.user, market) | scope.products_to_propose(request.user, market)
    product = get_object_or_404(products.select_related("producer__regency", "category__parent", "hs6", "unit"), pk=pk)
    listing = MarketListing.of(product, market)
    if request.method != "POST":
        return _decide_page(request, listing, ListingForm(initial=_initial(listing)))
    decision = request.POST.get("do", "")
    form = ListingForm(request.POST, decision=decision)
    if decision not in DONE or not form.is_valid():
        return _decide_page(request, listing, form, status=422)
    try:
        form.decide(listing, by=request.user)
    except (Refused, ValidationError) as refusal:
        for message in [refusal.message] if isinstance(refusal, Refused) else refusal.messages:
            form.add_error(None, str(message))
        status = 409 if isinstance(refusal, Refused) else 422
        return _decide_page(request, MarketListing.of(product, market), form, status=status)
    messages.success(request, DONE[decision] % {"product": product, "market": market})
    place = kept_place(QueryDict()) if decision in STAYS else ""
    return redirect(reverse("admin:market_listings", args=[iso2]) + place)


def _rows(request: SignedInRequest, market: Market, view: str, text: str) -> tuple[list[ListingRow], Page[Any], int]:
    """The rows of one tab, their page, and how many there are."""
    chosen = selected(request.user, market, view, text)
    if view in UNDECIDED:
        page = page_of(request, NEWEST, for_desk(chosen))
        return [row_of(product, None) for product in page.items], page, chosen.count()
    photos = PhotoPlacement.objects.order_by("position", "pk").select_related("photo")
    decided = chosen.select_related("product__producer__regency", "product__category")
    order = BY_RANK if view == "listed" else LATEST
    found = page_of(request, order, decided.prefetch_related(Prefetch("product__placements", photos)))
    people = People.read(request.user, (row.decided_by_id for row in found.items))
    rows = [row_of(row.product, row, people.name(row.decided_by_id)) for row in found.items]
    return rows, found, chosen.count()


def selected(user: User, market: Market, view: str, text: str) -> QuerySet[Any]:
    """What a tab shows and `text` finds: products that nobody decided yet, or listings."""
    if view in UNDECIDED:
        word = scope.products_waiting if view == "waiting" else scope.products_to_propose
        return matching(word(user, market), text, "")
    return matching(scope.listings_of(user).filter(market=market, state=view), text, "product__")


def for_desk(products: QuerySet[Product]) -> QuerySet[Product]:
    """With what a row of the desk shows."""
    photos = PhotoPlacement.objects.order_by("position", "pk").select_related("photo")
    return products.select_related("producer__regency", "category").prefetch_related(Prefetch("placements", photos))


def matching(rows: QuerySet[Any], text: str, path: str) -> QuerySet[Any]:
    """Rows whose product (found by `path`) or its producer is called like `text`."""
    if not text:
        return rows
    found = Q(**{f"{path}producer__trade_name__icontains": text})
    for language in CONTENT_LANGUAGES:
        found |= Q(**{f"{path}title__{language}__icontains": text})
    return rows.filter(found)


def row_of(product: Product, listing: MarketListing | None, who: str = "") -> ListingRow:
    """The row of a product that came by `for_desk`, with the first photo."""
    thumb = next((photo_url(placed.photo.key, 320) for placed in product.placements.all()), "")
    return ListingRow(product, listing, thumb, who)


def _initial(listing: MarketListing) -> dict[str, Any]:
    """What is decided already; a first pitch begins with the product's own words, in the market's languages."""
    languages = dict.fromkeys([*pitch_languages(listing.market), content_key()])
    decided = listing.state == "listed"
    return {
        "pitch": listing.pitch or draft_pitch(listing.product, languages),
        "rank": listing.rank if decided else None,
        "until": listing.promoted_until,
    }


def _decide_page(
    request: SignedInRequest, listing: MarketListing, form: ListingForm, *, status: int = 200
) -> HttpResponse:
    product, market = listing.product, listing.market
    asks = market.pk in product.target_markets
    may = {verb: listing.may(verb) for verb in DONE}
    may["list"] &= asks
    may["decline"] &= asks
    may["propose"] &= not asks
    context = {
        "title": str(product),
        "product": product,
        "market": market,
        "listing": listing,
        "asks": asks,
        "is_decided": listing.pk is not None,
        "may": may,
        "may_nothing": not any(may.values()),
        "form": form,
        "facts": _facts(product),
        "photos": [photo_url(placed.photo.key, 320) for placed in product.placements.select_related("photo")[:6]],
    }
    return desk_page(request, "listing_decide", context, status=status)


def _facts(product: Product) -> list[tuple[str, str]]:
    """What a mission weighs: the code, the terms, the prices that hold."""
    facts = [
        (_("HS code"), product.hs6.dotted if product.hs6 else ""),
        (_("Minimum order"), quantity(product.moq, product.unit_id)),
        (_("Lead time (days)"), format_number(product.lead_time_days) if product.lead_time_days else ""),
    ]
    valid = [offer for offer in product.offers.all() if not offer.is_expired()]
    facts += [
        (
            _("%(rule)s %(place)s, from %(quantity)s")
            % {"rule": offer.incoterm_id, "place": offer.place, "quantity": format_number(offer.from_quantity)},
            format_money(offer.unit_price, offer.currency),
        )
        for offer in valid
    ]
    return facts if valid else [*facts, (_("Price"), _("on request"))]

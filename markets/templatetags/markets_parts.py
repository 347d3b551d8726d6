"""Components about markets that pages of lower apps may load."""

from __future__ import annotations

import datetime

from django import template
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.models import Product, ProductState
from kit.countries import country_name
from kit.languages import interface_language, pick
from markets.clearance import card_of, market_choices, market_names
from markets.collection_showing import faces, with_faces
from markets.incoterms_picture import incoterms_picture as picture_of_incoterms
from markets.models import Collection, ListingState, Market, MarketListing

register = template.Library()
MOST_COLLECTIONS = 12
LISTING_BADGES = {"listed": "ok", "declined": "warn", "proposed": "info"}


@register.inclusion_tag("components/product_markets.html")
def product_markets(product: Product) -> dict[str, object]:
    """The markets where missions offer a product that is public, each with its pitch. One query."""
    listings = MarketListing.objects.listed().filter(product=product, market__in=product.target_markets)
    rows = listings.order_by("market__priority", "market").values_list("market", "market__name", "pitch")
    return {
        "offered": [
            {
                "name": pick(name).text,
                "url": reverse("market_detail", args=[iso2]),
                "code": iso2,
                "pitch": pick(pitch),
            }
            for iso2, name, pitch in rows
        ]
    }


@register.inclusion_tag("components/market_collections.html")
def market_collections(market: Market) -> dict[str, object]:
    """The public collections for a market, those for all markets included, the newest first. One query."""
    rows = with_faces(Collection.objects.public().for_market(market)).order_by("-published_at", "-pk")
    return {"collections": faces(rows[:MOST_COLLECTIONS])}


@register.inclusion_tag("components/listing_states.html", takes_context=True)
def listing_states(context: template.Context, product: Product) -> dict[str, object]:
    """What missions decided about a product, for its producer; a member answers proposals here. At most two queries."""
    request = context["request"]
    decided = {row.market_id: row for row in product.listings.select_related("market").order_by("market")}
    proposed = [row for row in decided.values() if row.state == ListingState.PROPOSED]
    is_member = bool(proposed) and product.producer.has_member(request.user)
    asked = sorted(set(product.target_markets) | set(decided)) if product.state == ProductState.PUBLISHED else []
    rows = [_standing(code, decided.get(code)) for code in asked]
    return {"rows": rows, "proposed": proposed if is_member else [], "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("components/clearance_card.html", takes_context=True)
def clearance_card(context: template.Context, product: Product, own_country: str) -> dict[str, object]:
    """What is known about importing a product into the reader's market: `?market=`, else `own_country`.

    One query with a market, none without; the markets' names are kept.
    """
    request, markets = context["request"], market_names()
    asked = request.GET.get("market", "").upper()
    market = markets.get(asked) or markets.get(own_country)
    note = ""
    if asked and asked not in markets:
        note = _("“%(value)s” is not a value for “%(label)s” and was ignored.")
        note %= {"value": asked[:20], "label": _("Your market")}
    return {
        "card": card_of(product, market) if market else None,
        "choices": market_choices(),
        "chosen": market.pk if market else "",
        "note": note,
        "action": request.path,
    }


@register.inclusion_tag("components/incoterms_picture.html")
def incoterms_picture() -> dict[str, object]:
    """Incoterms 2020: who pays how far, and where the risk passes. No query."""
    return {"picture": picture_of_incoterms()}


def _standing(code: str, listing: MarketListing | None) -> dict[str, object]:
    """How a product stands in one market; its pitch while it is offered, or was."""
    state = listing.state if listing else ""
    is_said = state in {ListingState.LISTED, ListingState.PROPOSED, ListingState.WITHDRAWN}
    pitch = pick(listing.pitch if listing and is_said else None)
    return {
        "market": country_name(code),
        "listing": listing,
        "badge": LISTING_BADGES.get(state, ""),
        "is_promoted": bool(state == ListingState.LISTED and listing and _is_ahead(listing.promoted_until)),
        "pitch": pitch.text,
        "pitch_tag": interface_language(pitch.language) or "en",
    }


def _is_ahead(day: datetime.date | None) -> bool:
    return day is not None and day >= timezone.now().date()

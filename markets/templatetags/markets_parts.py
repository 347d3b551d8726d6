"""Components about markets that pages of lower apps may load."""

from __future__ import annotations

import datetime

from django import template
from django.urls import reverse
from django.utils import timezone

from catalog.models import Product, ProductState
from kit.countries import country_name
from kit.languages import interface_language, pick
from markets.models import ListingState, MarketListing

register = template.Library()
LISTING_BADGES = {"listed": "ok", "declined": "warn", "proposed": "info"}


@register.inclusion_tag("components/product_markets.html")
def product_markets(product: Product) -> dict[str, object]:
    """The markets where missions offer a product that is public, each with its pitch. One query."""
    listings = MarketListing.objects.listed().filter(product=product, market__in=product.target_markets)
    rows = listings.order_by("market__priority", "market").values_list("market", "market__name", "pitch")
    return {
        "offered": [
            {"name": pick(name).text, "url": reverse("market_detail", args=[iso2]), "pitch": pick(pitch)}
            for iso2, name, pitch in rows
        ]
    }


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

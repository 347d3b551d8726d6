"""Product cards: what a list shows of each product, as plain values for the template.

All numbers, names and addresses are made here once, in the reader's language; two queries for any number of cards.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final, NamedTuple

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from catalog.models import CertificateCoverage, PriceOffer, Product
from catalog.offers import lowest_valid
from catalog.photo_address import photo_url, srcset
from catalog.showing_facts import badge_name, days, dotted
from catalog.unit_names import quantity, unit_name
from catalog.vocabulary import Vocabulary, vocabulary
from exporters.models import Certificate
from kit.languages import content_key, pick
from kit.money import format_money

Card = dict[str, Any]
BADGES: Final = 3


class ListedOffer(NamedTuple):
    """A price offer, as much of it as a list needs."""

    product_id: int
    incoterm_id: str
    place: str
    currency: str
    unit_price: Decimal
    from_quantity: Decimal
    valid_until: date


def cards(products: Iterable[Product], *, promoted: Mapping[int, str] | None = None) -> list[Card]:
    """The cards of these products (from `catalog.search`). `promoted`: words of a badge, by product."""
    products = list(products)
    ids = [product.pk for product in products]
    if not ids:
        return []
    rows, offers, badges = vocabulary(), lowest_offers(ids), badges_of(ids)
    base, reader = reverse("product_list"), content_key(get_language())
    return [
        _card(product, offers.get(product.pk), badges[product.pk], rows, base, reader)
        | {"promoted": (promoted or {}).get(product.pk, "")}
        for product in products
    ]


def lowest_offers(ids: list[int]) -> dict[int, ListedOffer]:
    """The cheapest price of each product that holds today."""
    today, rates = timezone.now().date(), vocabulary().usd_rates
    by_product: dict[int, list[ListedOffer]] = defaultdict(list)
    valid = PriceOffer.objects.filter(product__in=ids, valid_until__gte=today).order_by()
    for row in valid.values_list(*ListedOffer._fields):
        offer = ListedOffer(*row)
        by_product[offer.product_id].append(offer)
    lowest = {pk: lowest_valid(offers, today, rates) for pk, offers in by_product.items()}
    return {pk: offer for pk, offer in lowest.items() if offer is not None}


def badges_of(ids: list[int]) -> dict[int, list[str]]:
    """The names of the valid certificates that give a badge, by product."""
    held: dict[int, list[str]] = defaultdict(list)
    rows = CertificateCoverage.objects.filter(
        product__in=ids, certificate__in=Certificate.objects.valid(), certificate__type__gives_badge=True
    )
    for product_id, code in rows.order_by("certificate__type").values_list("product_id", "certificate__type"):
        name = badge_name(code)
        if name not in held[product_id]:
            held[product_id].append(name)
    return held


def _card(
    product: Product, offer: ListedOffer | None, badges: list[str], rows: Vocabulary, base: str, reader: str
) -> Card:
    title, language = pick(product.title)
    place = rows.places.get(product.producer.regency_id)
    cover: Mapping[str, Any] | None = getattr(product, "cover", None)
    return {
        "url": f"{base}{product.slug}/",
        "title": title,
        "title_lang": "" if language == reader else language,
        "commodity": rows.commodity_name(product.commodity_id),
        "by": product.producer.trade_name,
        "place": place.regency if place else "",
        "hs": dotted(product.hs6_id),
        "moq": quantity(product.moq, product.unit_id, rows),
        "lead": days(product.lead_time_days),
        "badges": badges[:BADGES],
        "photo": _photo(cover["key"], pick(cover["alt"]).text or title) if cover else None,
        **_price(offer, product.unit_id, rows),
    }


def _price(offer: ListedOffer | None, unit_id: str | None, rows: Vocabulary) -> Card:
    if offer is None:
        return {"price": "", "price_note": _("on request"), "price_unit": "", "incoterm": ""}
    return {
        "price": format_money(offer.unit_price, offer.currency),
        "price_unit": unit_name(unit_id, rows),
        "price_note": "",
        "incoterm": f"{offer.incoterm_id} {offer.place}",
    }


def _photo(key: uuid.UUID | str, alt: str) -> Card:
    return {"src": photo_url(key, 320), "srcset": srcset(key, 320, 640), "alt": alt}

"""Product cards: what a list shows of each product, as plain values for the template.

All numbers, names and addresses are made here once, in the reader's language; no query but those of the list.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from catalog.list_rows import Cover, ListedOffer, ListedProduct
from catalog.offers import lowest_valid
from catalog.photo_address import photo_url, srcset
from catalog.showing_facts import badge_name, days, dotted
from catalog.unit_names import quantity, unit_name
from catalog.vocabulary import Vocabulary, vocabulary
from kit.languages import content_key, pick
from kit.money import format_money

Card = dict[str, Any]
BADGES: Final = 3


def cards(products: Iterable[ListedProduct], *, promoted: Mapping[int, str] | None = None) -> list[Card]:
    """The cards of these products (from `catalog.search`). `promoted`: words of a badge, by product."""
    rows, today = vocabulary(), timezone.now().date()
    base, reader = reverse("product_list"), content_key(get_language())
    return [
        _card(product, lowest_valid(product.offers, today, rows.usd_rates), rows, base, reader)
        | {"promoted": (promoted or {}).get(product.pk, "")}
        for product in products
    ]


def _card(product: ListedProduct, offer: ListedOffer | None, rows: Vocabulary, base: str, reader: str) -> Card:
    title, language = pick(product.title)
    place = rows.places.get(product.producer.regency_id)
    return {
        "pk": product.pk,
        "slug": product.slug,
        "url": f"{base}{product.slug}/",
        "title": title,
        "title_lang": "" if language == reader else language,
        "commodity": rows.commodity_name(product.commodity_id),
        "by": product.producer.trade_name,
        "place": place.regency if place else "",
        "hs": dotted(product.hs6_id),
        "moq": quantity(product.moq, product.unit_id, rows),
        "lead": days(product.lead_time_days),
        "badges": _badges(product.certificates, rows)[:BADGES],
        "photo": _photo(product.cover, title) if product.cover else None,
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


def _badges(codes: Iterable[str], rows: Vocabulary) -> list[str]:
    """The names of the certificates that give a badge, each once."""
    types = rows.certificate_types
    return list(dict.fromkeys(badge_name(code) for code in codes if code in types and types[code].gives_badge))


def _photo(cover: Cover, title: str) -> Card:
    alt = pick(cover.alt).text or title
    return {"src": photo_url(cover.key, 320), "srcset": srcset(cover.key, 320, 640), "alt": alt}

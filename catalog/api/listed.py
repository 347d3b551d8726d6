"""Products in a list of the API: their shape, and how a page of them is told without a query beside the search.

Told as plain values, not through the serializer: a page of 100 costs what a page of cards does. A test holds the two
together.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from rest_framework import serializers

from catalog.content import plain
from catalog.list_rows import Cover, ListedOffer, ListedProduct
from catalog.models import PriceOffer
from catalog.offers import lowest_valid
from catalog.photo_address import photo_url
from catalog.vocabulary import Vocabulary, vocabulary
from kit.api_fields import TextsField
from kit.languages import pick

Told = dict[str, Any]


class PriceSerializer(serializers.Serializer[Any]):
    """A price per unit; it holds today."""

    amount = serializers.DecimalField(14, 4)
    currency = serializers.CharField(help_text="ISO 4217")
    incoterm = serializers.CharField(help_text="Incoterms 2020")
    place = serializers.CharField()
    from_quantity = serializers.DecimalField(12, 2)
    valid_until = serializers.DateField()


class ProducerNameSerializer(serializers.Serializer[Any]):
    """Who makes it, and where."""

    slug = serializers.SlugField()
    trade_name = serializers.CharField()
    regency = serializers.CharField(help_text="Code of the home ministry: 35.76 is Kota Mojokerto")
    place = serializers.CharField()


class CoverSerializer(serializers.Serializer[Any]):
    """The first photo."""

    url = serializers.CharField(help_text="WebP, longer side 640 px")
    alt = TextsField()


class ListedProductSerializer(serializers.Serializer[Any]):
    """A public product in a list. `display` holds words in the reader's language."""

    slug = serializers.SlugField()
    url = serializers.CharField(help_text="Its page")
    title = TextsField()
    summary = TextsField()
    category = serializers.SlugField(allow_null=True)
    commodity_name = TextsField()
    hs6 = serializers.CharField(allow_null=True, help_text="HS 2022, six digits")
    producer = ProducerNameSerializer()
    unit = serializers.CharField(allow_null=True, help_text="UN/ECE Recommendation 20 or 21")
    moq = serializers.DecimalField(12, 2, allow_null=True, help_text="In `unit`")
    lead_time_days = serializers.IntegerField(allow_null=True)
    price = PriceSerializer(allow_null=True, help_text="The lowest that holds today; null: on request")
    certificates = serializers.ListField(child=serializers.CharField(), help_text="Types of valid certificates")
    target_markets = serializers.ListField(child=serializers.CharField(), help_text="ISO 3166-1 alpha-2")
    photo = CoverSerializer(allow_null=True)
    published_at = serializers.DateTimeField()
    changed_at = serializers.DateTimeField()
    confirmed_on = serializers.DateField(allow_null=True)
    display = serializers.DictField(child=serializers.CharField())


def listed(products: Iterable[ListedProduct]) -> list[Told]:
    """A page of products as ListedProductSerializer describes it. No query."""
    rows, page, today = vocabulary(), Page(reverse("product_list"), get_language() or "en"), timezone.now().date()
    return [_told(product, lowest_valid(product.offers, today, rows.usd_rates), rows, page) for product in products]


class Page(NamedTuple):
    """What is the same for every row: where product pages are, and the reader's language."""

    base: str
    reader: str


def _told(product: ListedProduct, offer: ListedOffer | None, rows: Vocabulary, page: Page) -> Told:
    category = rows.categories.get(product.category_id or 0)
    commodity = rows.commodities.get(product.commodity_id or 0, {})
    unit = rows.units.get(product.unit_id or "")
    producer, place = product.producer, rows.places.get(product.producer.regency_id)
    return {
        "slug": product.slug,
        "url": f"{page.base}{product.slug}/",
        "title": product.title,
        "summary": product.summary,
        "category": category.slug if category else None,
        "commodity_name": commodity,
        "hs6": product.hs6_id,
        "producer": {
            "slug": producer.slug,
            "trade_name": producer.trade_name,
            "regency": producer.regency_id,
            "place": f"{place.regency}, {place.province}" if place else "",
        },
        "unit": product.unit_id,
        "moq": plain(product.moq),
        "lead_time_days": product.lead_time_days,
        "price": price(offer),
        "certificates": product.certificates,
        "target_markets": product.target_markets,
        "photo": _cover(product.cover) if product.cover else None,
        "published_at": product.published_at,
        "changed_at": product.changed_at,
        "confirmed_on": product.confirmed_on,
        "display": {
            "title": pick(product.title, page.reader).text,
            "summary": pick(product.summary, page.reader).text,
            "commodity": pick(commodity, page.reader).text,
            "category": pick(category.name, page.reader).text if category else "",
            "unit": pick(unit.name, page.reader).text if unit else "",
        },
    }


def _cover(cover: Cover) -> Told:
    return {"url": photo_url(cover.key, 640), "alt": cover.alt}


def price(offer: ListedOffer | PriceOffer | None) -> Told | None:
    """A price as PriceSerializer describes it."""
    if offer is None:
        return None
    return {
        "amount": plain(offer.unit_price),
        "currency": offer.currency,
        "incoterm": offer.incoterm_id,
        "place": offer.place,
        "from_quantity": plain(offer.from_quantity),
        "valid_until": offer.valid_until,
    }

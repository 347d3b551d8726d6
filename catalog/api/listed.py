"""Products in a list of the API: their shape, and how a page of them is told in one query beside the search.

Told as plain values, not through the serializer: a page of 100 costs what a page of cards does. A test holds the two
together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.db.models import CharField, DateField, DecimalField, F, Value
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone
from rest_framework import serializers

from catalog.cards import ListedOffer
from catalog.content import plain
from catalog.models import CertificateCoverage, PriceOffer, Product
from catalog.offers import lowest_valid
from catalog.photo_address import photo_url
from catalog.vocabulary import Vocabulary, vocabulary
from exporters.models import Certificate
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


class Parts(NamedTuple):
    """What a list needs of each product beside its own row."""

    prices: Mapping[int, ListedOffer]
    certificates: Mapping[int, list[str]]


def listed(products: Iterable[Product]) -> list[Told]:
    """A page of products as ListedProductSerializer describes it. One query."""
    products = list(products)
    if not products:
        return []
    rows, base = vocabulary(), reverse("product_list")
    parts = _parts([product.pk for product in products], rows)
    return [_told(product, parts, rows, base) for product in products]


def _parts(ids: list[int], rows: Vocabulary) -> Parts:
    """The lowest valid price and the valid certificates of each: two tables asked at once."""
    today = timezone.now().date()
    offers = PriceOffer.objects.filter(product__in=ids, valid_until__gte=today).order_by()
    held = CertificateCoverage.objects.filter(product__in=ids, certificate__in=Certificate.objects.valid()).order_by()
    nothing = {"currency": Value(""), "unit_price": _none(DecimalField(max_digits=14, decimal_places=4))}
    nothing |= {"from_quantity": _none(DecimalField(max_digits=12, decimal_places=2)), "until": _none(DateField())}
    as_offers = held.annotate(code=F("certificate__type"), place=Value(""), **nothing).values_list(
        "product_id", "code", "place", "currency", "unit_price", "from_quantity", "until"
    )
    prices: dict[int, list[ListedOffer]] = defaultdict(list)
    certificates: dict[int, list[str]] = defaultdict(list)
    for row in offers.values_list(*ListedOffer._fields).union(as_offers, all=True):
        if row[4] is None:
            certificates[row[0]].append(row[1])
        else:
            prices[row[0]].append(ListedOffer(*row))
    lowest = {pk: lowest_valid(found, today, rows.usd_rates) for pk, found in prices.items()}
    return Parts({pk: offer for pk, offer in lowest.items() if offer}, certificates)


def _none(field: Any) -> Cast:
    return Cast(Value(None, output_field=CharField()), output_field=field)


def _told(product: Product, parts: Parts, rows: Vocabulary, base: str) -> Told:
    category = rows.categories.get(product.category_id or 0)
    commodity = rows.commodities.get(product.commodity_id or 0, {})
    unit = rows.units.get(product.unit_id or "")
    producer, place = product.producer, rows.places.get(product.producer.regency_id)
    cover: Mapping[str, Any] | None = getattr(product, "cover", None)
    return {
        "slug": product.slug,
        "url": f"{base}{product.slug}/",
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
        "price": price(parts.prices.get(product.pk)),
        "certificates": sorted(set(parts.certificates.get(product.pk, ()))),
        "target_markets": product.target_markets,
        "photo": {"url": photo_url(cover["key"], 640), "alt": cover["alt"]} if cover else None,
        "published_at": product.published_at,
        "changed_at": product.changed_at,
        "confirmed_on": product.confirmed_on,
        "display": {
            "title": pick(product.title).text,
            "summary": pick(product.summary).text,
            "commodity": pick(commodity).text,
            "category": pick(category.name).text if category else "",
            "unit": pick(unit.name).text if unit else "",
        },
    }


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

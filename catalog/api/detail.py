"""One public product in the API: its whole export passport."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from rest_framework import serializers

from catalog import attributes
from catalog.api.listed import CoverSerializer, ListedProductSerializer, PriceSerializer, Told, listed, price
from catalog.content import plain
from catalog.list_rows import Cover, ListedOffer, ListedProducer, ListedProduct
from catalog.loading import loading_of
from catalog.models import AttributeField, Passport, Photo, PhotoPlacement, PriceOffer, Product
from catalog.photo_address import photo_url
from catalog.showing_facts import latest
from catalog.vocabulary import vocabulary
from exporters.models import Certificate
from kit.api_fields import TextsField
from kit.uploads import picture_sizes

TEXTS = ("description", "materials", "materials_origin", "storage", "sample_note", "packing_note")
NUMBERS = (
    "capacity_per_month", "sample_quantity", "sample_price", "units_per_carton",
    "carton_length_cm", "carton_width_cm", "carton_height_cm", "gross_kg", "net_kg",
)  # fmt: skip
READ_APART = ("producer", "cover", "offers", "certificates")
PLAIN = ("sample_currency", "sample_days", "shelf_life_days", "brand", "business_models")


class TierSerializer(PriceSerializer):
    """A price per unit from a quantity on; an expired one is told without its amount."""

    amount = serializers.DecimalField(14, 4, allow_null=True, help_text="null: expired, on request")


class PhotoSizeSerializer(serializers.Serializer[Any]):
    """A file of a photo."""

    url = serializers.CharField()
    width = serializers.IntegerField(help_text="px")
    height = serializers.IntegerField(help_text="px")


class ShownPhotoSerializer(CoverSerializer):
    """A photo with its sizes (WebP)."""

    sizes = PhotoSizeSerializer(many=True)


class FactSerializer(serializers.Serializer[Any]):
    """A fact that the category asks for; the value is a text, number, yes or no, or a list of choices."""

    key = serializers.CharField()
    label = TextsField()  # type: ignore[assignment]
    value = serializers.JSONField()
    unit = serializers.CharField(allow_blank=True)
    text = serializers.CharField(help_text="For the reader")


class ContainerLoadSerializer(serializers.Serializer[Any]):
    """How much of the product a container holds."""

    container = serializers.CharField()
    units = serializers.DecimalField(14, 2)
    cartons = serializers.IntegerField()
    limited_by = serializers.CharField(help_text="volume or payload")


class ShownCertificateSerializer(serializers.Serializer[Any]):
    """A verified, unexpired certificate."""

    type = serializers.CharField()
    name = TextsField()
    number = serializers.CharField()
    issuer = serializers.CharField()
    expires_on = serializers.DateField(allow_null=True)


class ProductSerializer(ListedProductSerializer):
    """A public product: the whole export passport. Weights in kg, lengths in cm, volumes in m³, times in days."""

    description = TextsField()
    hs6_name = serializers.CharField(allow_null=True, help_text="HS 2022, English")
    materials = TextsField()
    materials_origin = TextsField()
    facts = FactSerializer(many=True)
    brand = serializers.CharField(allow_blank=True)
    business_models = serializers.ListField(child=serializers.CharField())
    shelf_life_days = serializers.IntegerField(allow_null=True)
    storage = TextsField()
    capacity_per_month = serializers.DecimalField(14, 2, allow_null=True, help_text="In `unit`")
    prices = TierSerializer(many=True)
    sample_quantity = serializers.DecimalField(10, 2, allow_null=True)
    sample_price = serializers.DecimalField(12, 2, allow_null=True)
    sample_currency = serializers.CharField(allow_blank=True)
    sample_days = serializers.IntegerField(allow_null=True)
    sample_note = TextsField()
    units_per_carton = serializers.DecimalField(10, 2, allow_null=True)
    carton_length_cm = serializers.DecimalField(6, 1, allow_null=True)
    carton_width_cm = serializers.DecimalField(6, 1, allow_null=True)
    carton_height_cm = serializers.DecimalField(6, 1, allow_null=True)
    gross_kg = serializers.DecimalField(8, 3, allow_null=True)
    net_kg = serializers.DecimalField(8, 3, allow_null=True)
    packing_note = TextsField()
    carton_cbm = serializers.DecimalField(12, 3, allow_null=True)
    containers = ContainerLoadSerializer(many=True)
    photos = ShownPhotoSerializer(many=True)
    certificates_shown = ShownCertificateSerializer(many=True)


def detail(product: Product) -> Told:
    """A public product as ProductSerializer describes it; read it with its producer and HS code. Three queries."""
    placements, prices = list(product.placements.select_related("photo")), list(product.offers.all())
    valid = Certificate.objects.valid().filter(coverages__product=product).order_by("type", "pk")
    certificates, today = list(valid.select_related("type")), timezone.now().date()
    told = listed([_as_listed(product, placements, prices, certificates)])[0]
    told |= {name: getattr(product, name) for name in (*TEXTS, *PLAIN)}
    told |= {name: plain(getattr(product, name)) for name in NUMBERS}
    told |= packing(product)
    told["prices"] = [_tier(offer, is_expired=offer.is_expired(today)) for offer in prices]
    told["hs6_name"] = product.hs6.name if product.hs6 else None
    told["facts"] = facts(product)
    told["photos"] = [shown_photo(placed) for placed in placements]
    told["certificates_shown"] = [_certificate(one) for one in latest(certificates)]
    return told


def _as_listed(
    product: Product, placements: list[PhotoPlacement], prices: list[PriceOffer], certificates: list[Certificate]
) -> ListedProduct:
    """The same as a list reads it, from what is read already."""
    own = {name: getattr(product, name) for name in ListedProduct._fields if name not in READ_APART}
    producer = product.producer
    return ListedProduct(
        **own,
        producer=ListedProducer(producer.slug or "", producer.trade_name, producer.regency_id),
        cover=Cover(str(placements[0].photo.key), placements[0].alt) if placements else None,
        offers=[
            ListedOffer(*(getattr(one, name) for name in ListedOffer._fields)) for one in prices if not one.is_expired()
        ],
        certificates=sorted({one.type_id for one in certificates}),
    )


def packing(passport: Passport) -> Told:
    """Computed from the carton: its volume, and what each container holds."""
    loading = loading_of(passport, vocabulary().containers)
    return {
        "carton_cbm": f"{loading.cbm:.3f}" if loading.cbm is not None else None,
        "containers": [
            {"container": load.code, "units": plain(load.units), "cartons": load.cartons, "limited_by": load.limit}
            for load in loading.containers
            if load.units
        ],
    }


def facts(passport: Passport) -> list[Told]:
    """The facts that the category asks for, in its order."""
    asked = attributes.fields_of(vocabulary().template_of(passport.category_id))
    return [_fact(field, passport.attributes[field.key]) for field in asked if field.key in passport.attributes]


def shown_photo(placed: PhotoPlacement) -> Told:
    """A placed photo with its sizes."""
    return {"url": photo_url(placed.photo.key, 640), "alt": placed.alt, "sizes": photo_sizes(placed.photo)}


def photo_sizes(photo: Photo) -> list[Told]:
    """The files of a photo for pages, in pixels."""
    sizes = picture_sizes(photo.width, photo.height)
    return [
        {"url": photo_url(photo.key, name), "width": sizes[name][0], "height": sizes[name][1]}
        for name in ("320", "640", "1280")
    ]


def _fact(field: AttributeField, value: Any) -> Told:
    text = attributes.shown_value(field, value)
    return {"key": field.key, "label": field.label, "value": value, "unit": field.unit, "text": text}


def _tier(offer: PriceOffer, *, is_expired: bool) -> Told:
    told = price(offer) or {}
    return {**told, "amount": None} if is_expired else told


def _certificate(certificate: Certificate) -> Told:
    return {
        "type": certificate.type_id,
        "name": certificate.type.name,
        "number": certificate.number if certificate.type.gives_badge else "",
        "issuer": certificate.issuer,
        "expires_on": certificate.expires_on,
    }

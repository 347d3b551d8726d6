"""Products, their revisions, photos and prices, and the tables they point to."""

from __future__ import annotations

import uuid
from decimal import Decimal
from typing import Any

from django.utils import timezone
from factory import LazyAttribute, LazyFunction, Sequence, SubFactory, Trait, post_generation
from factory.django import DjangoModelFactory

from catalog.models import (
    Category,
    CertificateRequirement,
    Commodity,
    HSCode,
    Incoterm,
    Photo,
    PhotoPlacement,
    PriceOffer,
    Product,
    ProductRevision,
    Unit,
)
from tests.factories.accounts import UserFactory
from tests.factories.days import in_days
from tests.factories.exporters import CertificateTypeFactory, ProducerFactory


class CategoryFactory(DjangoModelFactory[Category]):
    class Meta:
        model = Category
        django_get_or_create = ("slug",)

    slug = "sandals-flip-flops"
    name = LazyFunction(lambda: {"en": "Sandals & flip-flops", "id": "Sandal", "es": "Sandalias", "pt": "Sandálias"})
    parent = LazyFunction(
        lambda: Category.objects.get_or_create(slug="footwear", defaults={"name": {"en": "Footwear"}})[0]
    )


class HSCodeFactory(DjangoModelFactory[HSCode]):
    class Meta:
        model = HSCode
        django_get_or_create = ("code",)

    code = "640399"
    level = LazyAttribute(lambda row: len(row.code))
    parent = LazyAttribute(lambda row: HSCodeFactory(code=row.code[:-2]) if len(row.code) > 2 else None)
    name = LazyAttribute(lambda row: f"Footwear {row.code}")


class CommodityFactory(DjangoModelFactory[Commodity]):
    class Meta:
        model = Commodity
        django_get_or_create = ("slug",)

    slug = "leather-sandals"
    name = LazyFunction(
        lambda: {"en": "Leather sandals", "id": "Sandal kulit", "es": "Sandalias de cuero", "pt": "Sandálias de couro"}
    )
    synonyms = LazyFunction(lambda: {"es": ["ojotas de cuero", "huaraches"]})
    hs6 = SubFactory(HSCodeFactory)
    category = SubFactory(CategoryFactory)


class UnitFactory(DjangoModelFactory[Unit]):
    class Meta:
        model = Unit
        django_get_or_create = ("code",)

    code = "PR"
    symbol = "pair"
    name = LazyFunction(lambda: {"en": "pair", "id": "pasang", "es": "par", "pt": "par"})
    kind = "piece"


class IncotermFactory(DjangoModelFactory[Incoterm]):
    class Meta:
        model = Incoterm
        django_get_or_create = ("code",)

    code = "FOB"
    name = "Free On Board"
    place_kind = "named port of shipment"


class _PassportFactory(DjangoModelFactory[Any]):
    class Meta:
        abstract = True

    class Params:
        complete = Trait(
            description=LazyFunction(lambda: {"en": "Full-grain leather footbed.", "id": "Alas kulit asli."}),
            summary=LazyFunction(lambda: {"en": "Leather sandals with a batik strap."}),
            category=SubFactory(CategoryFactory),
            commodity=SubFactory(CommodityFactory),
            hs6=SubFactory(HSCodeFactory),
            unit=SubFactory(UnitFactory),
            moq=Decimal(300),
            capacity_per_month=Decimal(6000),
            lead_time_days=35,
            units_per_carton=Decimal(24),
            carton_length_cm=Decimal(60),
            carton_width_cm=Decimal(42),
            carton_height_cm=Decimal(38),
            gross_kg=Decimal("14.2"),
            net_kg=Decimal("12.8"),
            parts=True,
        )

    parts = False
    title = LazyFunction(lambda: {"en": "Leather sandals with batik strap", "id": "Sandal kulit dengan tali batik"})

    @classmethod
    def _create(cls, model_class: type[Any], *args: Any, parts: bool, **fields: Any) -> Any:
        """`parts`: also one photo and one price offer."""
        row = super()._create(model_class, *args, **fields)
        if parts:
            holder = {row.HOLDER: row}
            producer = row.producer if row.HOLDER == "product" else row.product.producer
            PhotoPlacementFactory(photo__producer=producer, **holder)
            PriceOfferFactory(**holder)
        return row


class ProductFactory(_PassportFactory):
    class Meta:
        model = Product

    class Params:
        published = Trait(
            complete=True,
            state="published",
            slug=Sequence(lambda n: f"leather-sandals-{n}"),
            published_at=LazyFunction(timezone.now),
            changed_at=LazyFunction(timezone.now),
            content_number=1,
            confirmed_on=LazyFunction(lambda: in_days(0)),
            producer=SubFactory(ProducerFactory, listed=True),
        )
        suspended = Trait(published=True, state="suspended")
        retired = Trait(published=True, state="retired")

    producer = SubFactory(ProducerFactory)


class RevisionFactory(_PassportFactory):
    class Meta:
        model = ProductRevision

    class Params:
        submitted = Trait(complete=True, state="submitted", submitted_at=LazyFunction(timezone.now))
        in_review = Trait(
            submitted=True,
            state="in_review",
            claimed_by=SubFactory(UserFactory, ministry=True),
            claimed_at=LazyFunction(timezone.now),
        )
        changes_requested = Trait(submitted=True, state="changes_requested")
        approved = Trait(submitted=True, state="approved", decided_at=LazyFunction(timezone.now))
        rejected = Trait(submitted=True, state="rejected", decided_at=LazyFunction(timezone.now))
        withdrawn = Trait(submitted=True, state="withdrawn", decided_at=LazyFunction(timezone.now))

    product = SubFactory(ProductFactory)
    number = Sequence(lambda n: n + 1)


class PhotoFactory(DjangoModelFactory[Photo]):
    class Meta:
        model = Photo

    key = LazyFunction(uuid.uuid4)
    producer = SubFactory(ProducerFactory)
    width = 1600
    height = 1200
    sha256 = "0" * 64


class PhotoPlacementFactory(DjangoModelFactory[PhotoPlacement]):
    class Meta:
        model = PhotoPlacement

    photo = SubFactory(PhotoFactory)
    position = Sequence(lambda n: n)


class PriceOfferFactory(DjangoModelFactory[PriceOffer]):
    class Meta:
        model = PriceOffer

    class Params:
        expired = Trait(valid_until=LazyFunction(lambda: in_days(-1)))

    incoterm = SubFactory(IncotermFactory)
    place = "Tanjung Perak, Surabaya"
    currency = "USD"
    unit_price = Decimal("6.80")
    from_quantity = Decimal(300)
    valid_until = LazyFunction(lambda: in_days(90))


class CertificateRequirementFactory(DjangoModelFactory[CertificateRequirement]):
    """Sandals need a halal certificate; `types` names other codes."""

    class Meta:
        model = CertificateRequirement
        skip_postgeneration_save = True

    code = Sequence(lambda n: f"requirement-{n}")
    category = SubFactory(CategoryFactory)
    source = "Law 6/2023."
    checked_on = LazyFunction(lambda: in_days(-10))

    @post_generation
    def types(self: Any, create: bool, codes: Any, **_more: Any) -> None:
        self.types.set([CertificateTypeFactory(code=code) for code in codes or ["HALAL"]])

"""Rows for tests: the default is the smallest valid row, a trait per state."""

from __future__ import annotations

import datetime
import uuid
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import Group
from django.utils import timezone
from factory import LazyAttribute, LazyFunction, Sequence, SubFactory, Trait, post_generation
from factory.django import DjangoModelFactory

from accounts import roles
from accounts.models import User
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
from exporters.models import (
    Certificate,
    CertificateType,
    Membership,
    OfficerScope,
    Producer,
    Province,
    Regency,
)
from inquiries.models import (
    Basket,
    BasketLine,
    BuyingRequest,
    Importer,
    ImporterNote,
    Match,
    SavedProduct,
    SavedSearch,
)
from kit.sealing import seal
from markets.models import (
    Accreditation,
    Collection,
    CollectionItem,
    Market,
    MarketListing,
    MarketRule,
    Mission,
    MissionNote,
    MissionStaff,
)
from promotion.models import Campaign, Document
from promotion.models.campaign import new_code
from webhooks.models import Delivery, Webhook
from webhooks.models.webhook import PURPOSE
from webhooks.signing import new_secret

PASSWORD = "correct horse battery"
PASSWORD_HASH = (
    "argon2$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$RyqP3xZ5bBqMvYq1Zo0jlg"  # of nothing: log in by force_login
)


def in_days(days: int) -> datetime.date:
    return timezone.now().date() + datetime.timedelta(days=days)


class UserFactory(DjangoModelFactory[User]):
    class Meta:
        model = User

    class Params:
        ministry = Trait(is_staff=True, role=roles.MINISTRY)
        mission = Trait(is_staff=True, role=roles.MISSION)
        officer = Trait(role=roles.OFFICER)

    email = Sequence(lambda n: f"person{n}@example.test")
    name = Sequence(lambda n: f"Person {n}")
    language = "en"
    password = PASSWORD_HASH

    role: str | None = None

    @classmethod
    def _create(cls, model_class: type[User], *args: Any, role: str | None, **fields: Any) -> User:
        user = super()._create(model_class, *args, **fields)
        if role:
            user.groups.add(Group.objects.get(name=role))
        return user


class ProvinceFactory(DjangoModelFactory[Province]):
    class Meta:
        model = Province
        django_get_or_create = ("code",)

    code = "35"
    name = "Jawa Timur"


class RegencyFactory(DjangoModelFactory[Regency]):
    class Meta:
        model = Regency
        django_get_or_create = ("code",)

    code = "35.76"
    name = "Kota Mojokerto"
    province = SubFactory(ProvinceFactory)


class ProducerFactory(DjangoModelFactory[Producer]):
    class Meta:
        model = Producer

    class Params:
        listed = Trait(state="listed", slug=Sequence(lambda n: f"producer-{n}"), listed_at=LazyFunction(timezone.now))
        suspended = Trait(state="suspended")

    trade_name = Sequence(lambda n: f"Sandal Maju {n}")
    regency = SubFactory(RegencyFactory)


class MembershipFactory(DjangoModelFactory[Membership]):
    class Meta:
        model = Membership

    user = SubFactory(UserFactory)
    producer = SubFactory(ProducerFactory)
    role = "owner"


class OfficerScopeFactory(DjangoModelFactory[OfficerScope]):
    class Meta:
        model = OfficerScope

    user = SubFactory(UserFactory, officer=True)
    regency = SubFactory(RegencyFactory)


class CertificateTypeFactory(DjangoModelFactory[CertificateType]):
    class Meta:
        model = CertificateType
        django_get_or_create = ("code",)

    code = "HALAL"
    name = LazyFunction(lambda: {"en": "Halal certificate", "id": "Sertifikat Halal"})


class CertificateFactory(DjangoModelFactory[Certificate]):
    class Meta:
        model = Certificate

    class Params:
        verified = Trait(
            state="verified", decided_at=LazyFunction(timezone.now), verified_at=LazyFunction(timezone.now)
        )
        rejected = Trait(state="rejected", rejection="The scan cannot be read.")
        expired = Trait(issued_on=LazyFunction(lambda: in_days(-400)), expires_on=LazyFunction(lambda: in_days(-1)))

    producer = SubFactory(ProducerFactory)
    type = SubFactory(CertificateTypeFactory)
    number = Sequence(lambda n: f"ID{n:017d}")
    issuer = "BPJPH"
    issued_on = LazyFunction(lambda: in_days(-30))
    expires_on = LazyFunction(lambda: in_days(300))
    file_path = LazyFunction(lambda: f"certificates/{uuid.uuid4()}.pdf")
    file_kind = "pdf"


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


class MarketFactory(DjangoModelFactory[Market]):
    class Meta:
        model = Market
        django_get_or_create = ("iso2",)

    iso2 = "CL"
    name = LazyFunction(lambda: {"en": "Chile", "id": "Cile", "es": "Chile", "pt": "Chile"})
    currency = "CLP"
    languages = LazyFunction(lambda: ["es"])


class MissionFactory(DjangoModelFactory[Mission]):
    class Meta:
        model = Mission
        django_get_or_create = ("code",)

    code = "KBRI-SCL"
    type = "embassy"
    city = "Santiago"
    country = "CL"


class AccreditationFactory(DjangoModelFactory[Accreditation]):
    class Meta:
        model = Accreditation
        django_get_or_create = ("mission", "market")

    mission = SubFactory(MissionFactory)
    market = SubFactory(MarketFactory)


class MissionStaffFactory(DjangoModelFactory[MissionStaff]):
    class Meta:
        model = MissionStaff

    user = SubFactory(UserFactory, mission=True)
    mission = SubFactory(MissionFactory)


class MarketListingFactory(DjangoModelFactory[MarketListing]):
    class Meta:
        model = MarketListing

    class Params:
        listed = Trait(state="listed", decided_at=LazyFunction(timezone.now))
        declined = Trait(state="declined", decline_reason="no_demand", decided_at=LazyFunction(timezone.now))
        withdrawn = Trait(state="withdrawn", decided_at=LazyFunction(timezone.now))
        proposed = Trait(state="proposed", decided_at=LazyFunction(timezone.now))

    product = SubFactory(ProductFactory, published=True)
    market = SubFactory(MarketFactory)


class MarketRuleFactory(DjangoModelFactory[MarketRule]):
    """A checked rule about all goods in Chile."""

    class Meta:
        model = MarketRule

    class Params:
        unconfirmed = Trait(source_url="", checked_on=None)
        old = Trait(checked_on=LazyFunction(lambda: in_days(-366)))
        ended = Trait(valid_until=LazyFunction(lambda: in_days(-1)))

    market = SubFactory(MarketFactory)
    kind = "label"
    text = LazyFunction(lambda: {"en": "Labels in Spanish.", "es": "Etiquetas en español."})
    source_title = "Law 1"
    source_url = "https://www.example.com/law-1"
    checked_on = LazyFunction(lambda: in_days(-10))


class CollectionFactory(DjangoModelFactory[Collection]):
    """`products` are put in, in their order; they are listed in the collection's market."""

    class Meta:
        model = Collection
        skip_postgeneration_save = True

    class Params:
        published = Trait(state="published", published_at=LazyFunction(timezone.now))
        archived = Trait(state="archived", published_at=LazyFunction(timezone.now))

    slug = Sequence(lambda n: f"sandals-for-summer-{n}")
    title = LazyFunction(lambda: {"en": "Sandals for the summer", "es": "Sandalias para el verano"})
    introduction = LazyFunction(lambda: {"en": "Small orders from 200 pairs."})
    market = SubFactory(MarketFactory)

    @post_generation
    def products(self: Any, create: bool, products: Any, **_more: Any) -> None:
        for position, product in enumerate(products or (), start=1):
            CollectionItem.objects.create(collection=self, product=product, position=position)
            if self.market_id and not MarketListing.objects.filter(product=product, market=self.market_id).exists():
                MarketListingFactory(listed=True, product=product, market=self.market)


class MissionNoteFactory(DjangoModelFactory[MissionNote]):
    class Meta:
        model = MissionNote

    mission = SubFactory(MissionFactory)
    product = SubFactory(ProductFactory, published=True)
    text = "The heel came off in the sample."
    author = LazyAttribute(lambda row: MissionStaffFactory(mission=row.mission).user)
    keeper = LazyAttribute(lambda row: row.author)


class ImporterNoteFactory(DjangoModelFactory[ImporterNote]):
    class Meta:
        model = ImporterNote

    mission = SubFactory(MissionFactory)
    importer = SubFactory("tests.factories.ImporterFactory", country="CL")
    text = "Pays late, but pays."
    author = LazyAttribute(lambda row: MissionStaffFactory(mission=row.mission).user)
    keeper = LazyAttribute(lambda row: row.author)


class CampaignFactory(DjangoModelFactory[Campaign]):
    class Meta:
        model = Campaign

    code = LazyFunction(new_code)
    name = Sequence(lambda n: f"Feria {n}")
    market = SubFactory(MarketFactory)


class DocumentFactory(DjangoModelFactory[Document]):
    class Meta:
        model = Document

    class Params:
        ready = Trait(
            state="ready",
            file_path=LazyFunction(lambda: f"documents/{uuid.uuid4()}.pdf"),
            ready_at=LazyFunction(timezone.now),
            as_of=LazyFunction(lambda: in_days(0)),
            pages=4,
            done=1,
        )

    kind = "market_catalogue"
    market = SubFactory(MarketFactory)
    language = "es"
    product_ids = LazyFunction(lambda: [1])
    total = LazyAttribute(lambda row: len(row.product_ids))
    made_by = SubFactory(UserFactory)
    expires_at = LazyFunction(lambda: timezone.now() + datetime.timedelta(days=7))


class ImporterFactory(DjangoModelFactory[Importer]):
    class Meta:
        model = Importer

    class Params:
        verified = Trait(
            verified_at=LazyFunction(timezone.now),
            verified_by=SubFactory(UserFactory, mission=True),
            verify_note="Seen.",
        )

    user = SubFactory(UserFactory)
    company = "Calzados del Sur"
    country = "CL"


class SavedProductFactory(DjangoModelFactory[SavedProduct]):
    class Meta:
        model = SavedProduct

    importer = SubFactory(ImporterFactory)
    product = SubFactory(ProductFactory, published=True)


class SavedSearchFactory(DjangoModelFactory[SavedSearch]):
    """Every week; it finds what is called a sandal, and knows of nothing yet."""

    class Meta:
        model = SavedSearch

    class Params:
        due = Trait(next_on=LazyFunction(lambda: timezone.now().date()))

    importer = SubFactory(ImporterFactory)
    name = "Sandalias"
    query = Sequence(lambda n: f"q=sandal&moq_max={n + 1000}")
    frequency = "weekly"
    known = LazyFunction(list)
    next_on = LazyFunction(lambda: in_days(7))


class BasketFactory(DjangoModelFactory[Basket]):
    class Meta:
        model = Basket

    user = SubFactory(UserFactory)


class BasketLineFactory(DjangoModelFactory[BasketLine]):
    class Meta:
        model = BasketLine

    basket = SubFactory(BasketFactory)
    product = SubFactory(ProductFactory, published=True)
    quantity = Decimal(300)


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


class WebhookFactory(DjangoModelFactory[Webhook]):
    class Meta:
        model = Webhook

    class Params:
        active = Trait(state="active", sealed_secret=LazyFunction(lambda: seal(new_secret(), purpose=PURPOSE)))

    name = Sequence(lambda n: f"Newsletter {n}")
    address = Sequence(lambda n: f"https://hooks.sandal.cl/{n}")
    events = LazyFunction(lambda: ["product.published", "listing.listed"])


class DeliveryFactory(DjangoModelFactory[Delivery]):
    class Meta:
        model = Delivery

    class Params:
        failed = Trait(state="failed", tries=9, last_error="TimeoutError: timed out")

    webhook = SubFactory(WebhookFactory, active=True)
    event_id = Sequence(lambda n: f"event_{n}")
    event = "product.published"
    body = '{"id":"event_1"}'


class BuyingRequestFactory(DjangoModelFactory[BuyingRequest]):
    """3,000 pairs of leather sandals for Chile, in Spanish."""

    class Meta:
        model = BuyingRequest

    class Params:
        opened = Trait(state="open", decided_at=LazyFunction(timezone.now))
        rejected = Trait(state="rejected", reject_reason="unclear", decided_at=LazyFunction(timezone.now))
        withdrawn = Trait(state="withdrawn", ended_at=LazyFunction(timezone.now))
        closed = Trait(opened=True, state="closed", outcome="not_found", ended_at=LazyFunction(timezone.now))
        expired = Trait(opened=True, state="expired", deadline=LazyFunction(lambda: in_days(-1)))

    importer = SubFactory(ImporterFactory)
    title = Sequence(lambda n: f"Sandalias de cuero {n}")
    commodity = SubFactory(CommodityFactory)
    quantity = Decimal(3000)
    unit = SubFactory(UnitFactory)
    frequency = "month"
    country = "CL"
    deadline = LazyFunction(lambda: in_days(60))
    language = "es"


class MatchFactory(DjangoModelFactory[Match]):
    class Meta:
        model = Match

    class Params:
        invited = Trait(state="invited", invited_at=LazyFunction(timezone.now))
        passed = Trait(invited=True, state="passed", pass_reason="price", answered_at=LazyFunction(timezone.now))

    request = SubFactory(BuyingRequestFactory, opened=True)
    product = SubFactory(ProductFactory, published=True)
    score = 60
    reasons = LazyFunction(lambda: [["capacity", {"capacity": "6000", "quantity": "3000", "unit": "PR"}]])
    lacking = LazyFunction(lambda: [["lead_unknown", {}]])

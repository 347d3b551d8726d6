"""Importers, what they keep, gather and ask for."""

from __future__ import annotations

from decimal import Decimal

from django.utils import timezone
from factory import LazyAttribute, LazyFunction, Sequence, SubFactory, Trait
from factory.django import DjangoModelFactory

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
from tests.factories.accounts import UserFactory
from tests.factories.catalog import CommodityFactory, ProductFactory, UnitFactory
from tests.factories.days import in_days
from tests.factories.markets import MissionFactory, MissionStaffFactory


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


class ImporterNoteFactory(DjangoModelFactory[ImporterNote]):
    class Meta:
        model = ImporterNote

    mission = SubFactory(MissionFactory)
    importer = SubFactory(ImporterFactory, country="CL")
    text = "Pays late, but pays."
    author = LazyAttribute(lambda row: MissionStaffFactory(mission=row.mission).user)
    keeper = LazyAttribute(lambda row: row.author)


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

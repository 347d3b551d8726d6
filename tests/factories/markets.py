"""Markets, missions and what they show."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from factory import LazyAttribute, LazyFunction, Sequence, SubFactory, Trait, post_generation
from factory.django import DjangoModelFactory

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
from tests.factories.accounts import UserFactory
from tests.factories.catalog import ProductFactory
from tests.factories.days import in_days


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

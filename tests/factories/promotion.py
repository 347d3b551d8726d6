"""Campaigns and documents."""

from __future__ import annotations

import datetime
import uuid

from django.utils import timezone
from factory import LazyAttribute, LazyFunction, Sequence, SubFactory, Trait
from factory.django import DjangoModelFactory

from promotion.models import Campaign, Document
from promotion.models.campaign import new_code
from tests.factories.accounts import UserFactory
from tests.factories.days import in_days
from tests.factories.markets import MarketFactory


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

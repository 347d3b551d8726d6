"""Webhooks and what they deliver."""

from __future__ import annotations

from factory import LazyFunction, Sequence, SubFactory, Trait
from factory.django import DjangoModelFactory

from kit.sealing import seal
from webhooks.models import Delivery, Webhook
from webhooks.models.webhook import PURPOSE
from webhooks.signing import new_secret


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

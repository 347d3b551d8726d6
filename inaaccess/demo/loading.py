"""Loads the demo, and takes it away again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from django.db import transaction
from django.db.models import Max, QuerySet
from django.test.utils import override_settings
from django_q.models import OrmQ

from accounts import letters
from catalog.corrections import rebuild_words
from catalog.models import Photo, PhotoPlacement, Product
from catalog.rebuilding import reindex_all
from exporters.models import Producer
from inaaccess.demo import asking, collecting, importing, producers, requesting, trading
from inaaccess.demo.clock import Timeline
from inaaccess.demo.people import make_log_ins
from inaaccess.demo.producers import Company
from inaaccess.demo.stories import Story
from kit.uploads import delete_document, delete_picture


def is_loaded() -> bool:
    """Is any company of the demo there?"""
    return _demo_producers().exists()


def load() -> None:
    """Make the people, then let everything happen in the order of time. Needs the reference data."""
    with transaction.atomic():
        timeline = Timeline()
        people = make_log_ins()
        stories: dict[str, Story] = {}
        trading.set_rates(timeline)
        for number, facts in enumerate(producers.described()):
            company = Company(facts, people, timeline)
            timeline.add(company.found, days=facts.get("age", 200 - number))
            for certificate in facts.get("certificates", []):
                sent = company.sent(certificate["ref"])
                timeline.add(partial(company.certify, certificate), days=sent)
                if certificate.get("state", "verified") != "submitted":
                    timeline.add(partial(company.decide, certificate), days=sent - 2)
            for product in facts.get("products", []):
                story = Story(facts.get("defaults", {}) | product, company)
                story.tell()
                stories[story.key] = story
            if why := facts.get("suspended"):
                timeline.add(partial(company.suspend, why=why), days=5)
        trading.tell(stories, people, timeline)
        collecting.tell(stories, people, timeline)
        importing.tell(stories, people, timeline)
        asking.tell(stories, people, timeline)
        requesting.tell(people, timeline)
        with _letters_to_nobody():
            timeline.play()
        reindex_all()  # what the sweeps of the past days would have done: suspended producers, lapsed prices, tiers
        rebuild_words()
        requesting.find_products()
        importing.keep_search(people)


def unload() -> None:
    """Take away the demo's companies with all that hangs on them; its people and the audit trail stay."""
    with transaction.atomic():
        collecting.forget()
        requesting.forget()
        importing.forget()
        gone = _demo_producers()
        asking.forget(gone)
        photos = Photo.objects.filter(producer__in=gone)
        keys = [*photos.values_list("key", flat=True)]
        for producer in gone.prefetch_related("certificates"):
            keys += [key for key in (producer.logo_key, producer.cover_key) if key]
            for certificate in producer.certificates.all():
                transaction.on_commit(partial(delete_document, certificate.file_path))
        products = Product.objects.filter(producer__in=gone)
        PhotoPlacement.objects.filter(photo__in=photos).delete()
        products.delete()
        gone.delete()
        for key in keys:
            transaction.on_commit(partial(delete_picture, key))


def _demo_producers() -> QuerySet[Producer]:
    """The companies of our files, known by their business numbers."""
    return Producer.objects.filter(nib__in=[facts["nib"] for facts in producers.described()])


@contextmanager
def _letters_to_nobody() -> Iterator[None]:
    """Count the letters of the past as sent, so that the first start does not pour them all out."""
    last = OrmQ.objects.aggregate(last=Max("pk"))["last"] or 0
    yield
    with override_settings(EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend"):
        letters.send_due(limit=100_000)
    OrmQ.objects.filter(pk__gt=last).delete()  # each woke the queue for one of these letters

"""Loads the demo, and takes it away again."""

from __future__ import annotations

from django.db import transaction
from django.test.utils import override_settings

from accounts import letters
from catalog.models import Photo, PhotoPlacement, Product
from exporters.models import Producer
from inaaccess.demo import producers, trading
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
                timeline.add(lambda company=company, facts=certificate: company.certify(facts), days=sent)
                if certificate.get("state", "verified") != "submitted":
                    timeline.add(lambda company=company, facts=certificate: company.decide(facts), days=sent - 2)
            for product in facts.get("products", []):
                story = Story(facts.get("defaults", {}) | product, company)
                story.tell()
                stories[story.key] = story
            if why := facts.get("suspended"):
                timeline.add(
                    lambda company=company, why=why: _fresh(company).suspend(by=people["ministry"], why=why), days=5
                )
        trading.tell(stories, people, timeline)
        timeline.play()
        _post_nowhere()


def unload() -> None:
    """Take away the demo's companies with all that hangs on them; its people and the audit trail stay."""
    with transaction.atomic():
        gone = _demo_producers()
        photos = Photo.objects.filter(producer__in=gone)
        keys = [*photos.values_list("key", flat=True)]
        for producer in gone.prefetch_related("certificates"):
            keys += [key for key in (producer.logo_key, producer.cover_key) if key]
            documents = [certificate.file_path for certificate in producer.certificates.all()]
            transaction.on_commit(lambda documents=documents: [delete_document(name) for name in documents])
        products = Product.objects.filter(producer__in=gone)
        PhotoPlacement.objects.filter(photo__in=photos).delete()
        products.delete()
        gone.delete()
        transaction.on_commit(lambda: [delete_picture(key) for key in keys])


def _demo_producers():  # type: ignore[no-untyped-def]
    return Producer.objects.filter(nib__in=[facts["nib"] for facts in producers.described()])


def _fresh(company: Company) -> Producer:
    return Producer.objects.get(pk=company.producer.pk)


def _post_nowhere() -> None:
    """Send the letters of the past to nobody, so that the first start does not pour them all out."""
    with override_settings(EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend"):
        letters.send_due(limit=100_000)

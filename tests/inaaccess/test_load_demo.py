"""manage.py load_demo: something true to life for every page, safe to repeat, never in production."""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core.files.storage import FileSystemStorage
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test.utils import override_settings
from django.utils import timezone

from accounts.models import AuditEntry, Letter, LetterState, User
from catalog import completeness
from catalog.models import (
    ExchangeRate,
    Photo,
    PhotoPlacement,
    PriceOffer,
    Product,
    ProductRevision,
    ProductSearch,
    ProductState,
    RevisionState,
)
from catalog.offers import MAX_VALID_DAYS
from exporters.models import Certificate, CertificateState, Producer, ProducerState
from inaaccess.demo import loading, people, pictures
from inaaccess.run_local import LOG_INS
from kit.languages import CONTENT_LANGUAGES
from kit.uploads import picture_path
from markets.models import Collection, ListingState, MarketListing

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def uploads(django_db_setup, django_db_blocker, tmp_path_factory) -> Generator[FileSystemStorage]:
    """The demo, loaded once for this file; all of it is taken back at its end."""
    folder = tmp_path_factory.mktemp("uploads")
    with django_db_blocker.unblock(), transaction.atomic():
        with override_settings(MEDIA_ROOT=str(folder)):
            call_command("load_demo", verbosity=0)
        yield FileSystemStorage(folder)
        transaction.set_rollback(True)


def test_the_log_ins_are_those_that_make_run_prints():
    assert set(people.LOG_INS) == set(LOG_INS)
    for email in LOG_INS:
        person = User.objects.get(email=email)
        assert person.check_password("demo-inaaccess")
        assert EmailAddress.objects.get(user=person).verified
    others = User.objects.exclude(email__in=LOG_INS)
    assert others and not any(person.has_usable_password() for person in others)


def test_there_are_enough_producers_of_kota_mojokerto_and_of_other_provinces():
    listed = Producer.objects.filter(state=ProducerState.LISTED)
    assert listed.count() >= 12
    assert listed.filter(regency="35.76").count() >= 8
    assert listed.exclude(regency__province="35").values("regency__province").distinct().count() >= 4
    assert {"id", "en"} <= set.intersection(*(set(producer.story) for producer in listed))
    assert all(producer.founded and producer.employees and producer.logo_key for producer in listed)


def test_products_are_in_every_state():
    states = Counter(Product.objects.values_list("state", flat=True))
    assert set(states) == set(ProductState.values)
    assert sum(states.values()) >= 60
    assert states[ProductState.PUBLISHED] >= 48


def test_revisions_are_in_every_state_and_some_products_have_a_history():
    assert set(ProductRevision.objects.values_list("state", flat=True)) == set(RevisionState.values)
    assert Product.objects.filter(content_number__gte=2).count() >= 3
    assert ProductRevision.objects.filter(state="submitted", change_requests__isnull=False).exists()
    assert ProductRevision.objects.filter(state="submitted", product__state="published").exists()


def test_the_queue_holds_something_new_and_something_overdue():
    now = timezone.now()
    waiting = ProductRevision.objects.filter(state="submitted")
    assert waiting.filter(submitted_at__gt=now - timedelta(days=1)).exists()
    assert waiting.filter(submitted_at__lt=now - timedelta(days=8)).exists()
    claimed = ProductRevision.objects.filter(state="in_review")
    assert claimed and not claimed.filter(claimed_at__lt=now - timedelta(hours=2)).exists()


def test_published_products_are_complete_and_in_the_catalogue():
    published = Product.objects.published()
    for product in published:
        assert {"id", "en"} <= set(product.title) & set(product.summary) & set(product.description), product
        assert 1 <= product.placements.count() <= 4, product
        missing = [part.field for part in completeness.of(product).required_missing]
        assert missing in ([], ["offers"]), (product, missing)  # a price that lapsed is part of the story
    in_four = [product for product in published if set(product.title) == set(CONTENT_LANGUAGES)]
    assert len(in_four) * 2 >= len(published)
    assert ProductSearch.objects.count() == published.count()


def test_prices_keep_the_rules_and_some_have_lapsed():
    today = timezone.now().date()
    offers = PriceOffer.objects.filter(product__isnull=False)
    assert all(offer.valid_until <= today + timedelta(days=MAX_VALID_DAYS) for offer in offers)
    assert offers.filter(valid_until__lt=today).exists()
    assert set(offers.values_list("currency", flat=True)) == {"USD", "EUR", "IDR"}
    assert offers.values("incoterm").distinct().count() >= 5
    assert not ExchangeRate.objects.filter(is_demo=False).exists()


def test_certificates_tell_every_story():
    certificates = Certificate.objects.all()
    assert {certificate.state for certificate in certificates} == set(CertificateState.values)
    verified = [certificate for certificate in certificates if certificate.state == CertificateState.VERIFIED]
    assert any(certificate.is_expired() for certificate in verified)
    soon = timezone.now().date() + timedelta(days=30)
    assert any(
        certificate.is_valid() and certificate.expires_on and certificate.expires_on < soon for certificate in verified
    )
    assert {certificate.file_kind for certificate in certificates} == {"pdf", "picture"}


def test_missions_have_decided_in_several_markets():
    states = {ListingState.LISTED, ListingState.DECLINED, ListingState.WITHDRAWN, ListingState.PROPOSED}
    assert set(MarketListing.objects.values_list("state", flat=True)) == states
    assert {"CL", "BR", "MX", "PE", "CO", "AR"} <= set(MarketListing.objects.public().values_list("market", flat=True))
    assert MarketListing.objects.promoted().exists()
    assert not MarketListing.objects.promoted().filter(product__category__may_be_promoted=False).exists()


def test_two_missions_have_published_a_collection_in_four_languages():
    for iso2, least in (("CL", 6), ("BR", 5)):
        collection = Collection.objects.public().get(market=iso2)
        assert set(collection.title) == set(collection.introduction) == set(CONTENT_LANGUAGES)
        assert collection.items.shown().count() >= least and collection.cover and collection.mission


def test_every_photo_has_its_file_and_words_in_four_languages(uploads):
    for photo in Photo.objects.all():
        assert uploads.exists(picture_path(photo.key, "640"))
    for placed in PhotoPlacement.objects.all():
        assert set(placed.alt) == set(CONTENT_LANGUAGES)


def test_every_described_picture_is_rendered_and_none_is_left_over():
    assert {path.stem for path in pictures.RENDERED.glob("*.webp")} == set(pictures.described())


def test_the_past_is_in_the_audit_trail_in_its_order_and_its_letters_wait_for_nobody():
    times = list(AuditEntry.objects.order_by("pk").values_list("at", flat=True))
    assert len(times) > 300 and times == sorted(times)
    assert timezone.now() - times[0] > timedelta(days=100)
    assert not Letter.objects.exclude(state=LetterState.SENT).exists()


def test_a_second_run_changes_nothing(django_assert_max_num_queries):
    before = Product.objects.count(), AuditEntry.objects.count()
    with django_assert_max_num_queries(5):
        call_command("load_demo", verbosity=0)
    assert (Product.objects.count(), AuditEntry.objects.count()) == before


def test_taking_it_away_leaves_people_and_audit_trail():
    audited, someone = AuditEntry.objects.count(), User.objects.count()
    loading.unload()
    assert not loading.is_loaded()
    assert not Product.objects.exists() and not Photo.objects.exists() and not MarketListing.objects.exists()
    assert not Collection.objects.exists()
    assert (AuditEntry.objects.count(), User.objects.count()) == (audited, someone)


def test_production_refuses_it(settings):
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="not for production"):
        call_command("load_demo")

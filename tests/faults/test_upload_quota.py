"""What one producer may store: 500 MB of photos and certificates, however many upload at once."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse

from catalog import photos
from catalog.models import Photo
from catalog.stored_sizes import fill_sizes
from exporters import quota
from exporters.models import Certificate, Producer
from inaaccess.bench.races import at_once
from kit.uploads import UploadRefused
from tests.exporters.certificates import NEW, said
from tests.factories import CertificateFactory, MembershipFactory, PhotoFactory, ProductFactory, RevisionFactory
from tests.kit import picture_corpus as corpus

MEGABYTE = 1024 * 1024


def files() -> list[Path]:
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


@pytest.fixture
def draft(client: Any, db: None) -> Any:
    membership = MembershipFactory.create()
    client.force_login(membership.user)
    return RevisionFactory.create(product=ProductFactory.create(producer=membership.producer))


def fill(producer: Any, megabytes: float) -> None:
    PhotoFactory.create(producer=producer, bytes=int(megabytes * MEGABYTE))


def test_S18_photos_and_certificates_count_together(draft):
    producer = draft.product.producer
    fill(producer, 3)
    CertificateFactory.create(producer=producer, file_bytes=MEGABYTE)
    PhotoFactory.create(bytes=MEGABYTE)  # of another producer
    assert quota.used_bytes(producer.pk) == 4 * MEGABYTE


def test_S18_a_stored_photo_counts_with_all_its_sizes(draft):
    placed = photos.add_photo(draft, SimpleUploadedFile("a.jpg", corpus.jpeg()), by=MembershipFactory.create().user)
    assert placed.photo.bytes == sum(path.stat().st_size for path in files()) > 0


@pytest.mark.parametrize("full", [500, 499.9999])
def test_S18_a_photo_beyond_the_quota_is_refused_with_a_sentence_and_leaves_nothing(client, draft, full):
    fill(draft.product.producer, full)
    address = reverse("photo_upload", args=[draft.pk])
    sent = {"photos": SimpleUploadedFile("a.jpg", corpus.jpeg())}
    response = client.post(address, sent, headers={"accept": "application/json"})
    assert response.status_code == 422 and "take up the 500 MB there are" in response.json()["error"]
    assert not draft.placements.exists() and not files()


def test_S18_a_certificate_beyond_the_quota_is_refused_at_its_field(client, draft):
    fill(draft.product.producer, 500)
    response = client.post(NEW, said())
    assert response.status_code == 422 and "500 MB there are" in response.content.decode()
    assert not Certificate.objects.exists() and not files()


def test_S18_the_api_says_it_in_its_own_shape(client, draft, settings):
    settings.UPLOAD_QUOTA_MB = 0
    sent = {"revision": draft.pk, "file": SimpleUploadedFile("a.jpg", corpus.jpeg())}
    answer = client.post("/api/v1/my/photos/", sent)
    assert answer.status_code == 400 and "file" in answer.json()["fields"]


@pytest.mark.django_db(transaction=True)
def test_S18_ten_uploads_at_once_do_not_pass_the_quota_together():
    membership = MembershipFactory.create()
    drafts = [RevisionFactory.create(product__producer=membership.producer) for _number in range(6)]
    one = photos.add_photo(drafts[0], SimpleUploadedFile("a.jpg", corpus.jpeg()), by=membership.user)
    fill(membership.producer, 500 - 3.5 * one.photo.bytes / MEGABYTE)  # with the first there is room for two more

    def upload(draft: Any) -> None:
        photos.add_photo(draft, SimpleUploadedFile("a.jpg", corpus.jpeg()), by=membership.user)

    outcomes = at_once([lambda draft=draft: upload(draft) for draft in drafts[1:]], refusals=(UploadRefused,))  # type: ignore[misc]
    assert sorted(outcomes) == ["done"] * 2 + ["quota_reached"] * 3
    assert Photo.objects.filter(producer=membership.producer).count() == 4
    assert quota.used_bytes(membership.producer.pk) <= 500 * MEGABYTE


def logo(client: Any, producer: Any, content: bytes) -> Any:
    sent = {"kind": "logo", "picture": SimpleUploadedFile("logo.jpg", content)}
    return client.post(reverse("producer_picture", args=[producer.pk]), sent, follow=True)


def test_S18_a_logo_counts_and_another_takes_its_room(client, draft):
    producer = draft.product.producer
    logo(client, producer, corpus.jpeg())
    first = quota.used_bytes(producer.pk)
    assert first == sum(path.stat().st_size for path in files()) > 0
    client.post(reverse("producer_picture", args=[producer.pk]), {"kind": "logo", "remove": "1"})
    assert quota.used_bytes(producer.pk) == 0


def test_S18_a_logo_beyond_the_quota_is_refused_and_one_of_the_same_size_may_take_its_place(client, draft, settings):
    producer = draft.product.producer
    settings.UPLOAD_QUOTA_MB = 0
    assert "there are" in logo(client, producer, corpus.jpeg()).content.decode() and not files()
    settings.UPLOAD_QUOTA_MB = 500
    logo(client, producer, corpus.jpeg())
    producer.refresh_from_db()
    before = producer.logo_key
    settings.UPLOAD_QUOTA_MB = 0
    logo(client, producer, corpus.jpeg())
    producer.refresh_from_db()
    assert producer.logo_key != before


def test_S18_pictures_of_before_are_counted_from_the_storage_once(draft, client):
    producer = draft.product.producer
    placed = photos.add_photo(draft, SimpleUploadedFile("a.jpg", corpus.jpeg()), by=MembershipFactory.create().user)
    logo(client, producer, corpus.png())
    true = quota.used_bytes(producer.pk)
    gone = PhotoFactory.create(producer=producer, bytes=0)
    Photo.objects.filter(pk=placed.photo_id).update(bytes=0)
    Producer.objects.update(logo_bytes=0)
    assert quota.used_bytes(producer.pk) == 0
    call_command("fill_sizes", stdout=(said_first := StringIO()))
    assert "2 pictures counted" in said_first.getvalue()
    assert quota.used_bytes(producer.pk) == true and fill_sizes() == 0
    gone.refresh_from_db()
    assert gone.bytes == 0

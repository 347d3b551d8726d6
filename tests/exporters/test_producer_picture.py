from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import AuditEntry
from exporters.models import Producer
from kit.uploads import picture_path
from tests.kit import picture_corpus


def address_of(producer: Producer) -> str:
    return f"/en/desk/producers/{producer.pk}/"


def send_picture(desk: Client, producer: Producer, content: bytes, kind: str = "logo") -> Any:
    file = SimpleUploadedFile("toko saya.jpg", content, content_type="image/jpeg")
    return desk.post(f"{address_of(producer)}picture/", {"kind": kind, "picture": file}, follow=True)


@pytest.mark.parametrize("kind", ["logo", "cover"])
def test_a_picture_is_made_anew_in_its_sizes(desk: Client, producer, kind):
    send_picture(desk, producer, picture_corpus.camera_jpeg(), kind)
    producer.refresh_from_db()
    key = getattr(producer, f"{kind}_key")
    assert default_storage.exists(picture_path(key, "320"))
    assert AuditEntry.objects.filter(verb=f"change_{kind}").exists()


def test_another_picture_takes_the_place_of_the_first_and_its_files_go(
    desk: Client, producer, django_capture_on_commit_callbacks
):
    send_picture(desk, producer, picture_corpus.jpeg())
    producer.refresh_from_db()
    first = producer.logo_key
    with django_capture_on_commit_callbacks(execute=True):
        send_picture(desk, producer, picture_corpus.png())
    producer.refresh_from_db()
    assert producer.logo_key != first
    assert not default_storage.exists(picture_path(first, "320"))


def test_a_picture_can_be_removed(desk: Client, producer):
    send_picture(desk, producer, picture_corpus.jpeg())
    desk.post(f"{address_of(producer)}picture/", {"kind": "logo", "remove": "1"})
    producer.refresh_from_db()
    assert producer.logo_key is None


def test_sending_no_file_removes_nothing(desk: Client, producer):
    send_picture(desk, producer, picture_corpus.jpeg())
    page = desk.post(f"{address_of(producer)}picture/", {"kind": "logo"}, follow=True)
    assert "Choose a picture first." in page.content.decode()
    producer.refresh_from_db()
    assert producer.logo_key is not None


def test_a_broken_file_gets_a_sentence_and_the_picture_stays(desk: Client, producer):
    send_picture(desk, producer, picture_corpus.jpeg())
    producer.refresh_from_db()
    before = producer.logo_key
    page = send_picture(desk, producer, io.BytesIO(b"<svg onload=alert(1)>").read())
    assert "“toko saya.jpg” is not a JPEG, PNG or WebP picture." in page.content.decode()
    producer.refresh_from_db()
    assert producer.logo_key == before

"""The picture of a certificate's first page: drawn by the queue, never in the way of the upload."""

from __future__ import annotations

import io

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django_q.models import OrmQ
from PIL import Image

from exporters import first_page
from exporters.models import Certificate
from kit.uploads import store_first_page
from tests.exporters.certificates import NEW, said
from tests.factories import CertificateFactory
from tests.kit import pdf_corpus


def with_file(content: bytes, **more) -> Certificate:
    certificate = CertificateFactory.create(**more)
    default_storage.save(certificate.file_path, ContentFile(content))
    return certificate


def test_an_upload_asks_the_queue_and_the_queue_draws(desk: Client, owner):
    desk.post(NEW, said())
    certificate = Certificate.objects.get()
    assert certificate.first_page_path == ""
    assert any(job.task["func"] == "exporters.first_page.draw_missing" for job in OrmQ.objects.all())
    assert first_page.draw_missing() == 1
    certificate.refresh_from_db()
    with default_storage.open(certificate.first_page_path) as file, Image.open(file) as picture:
        assert picture.format == "JPEG"
    assert first_page.draw_missing() == 0


def test_a_page_that_cannot_be_drawn_is_tried_twice_and_left(db):
    certificate = with_file(b"%PDF-1.7 nothing that can be drawn")
    for _run in range(3):
        assert first_page.draw_missing() == 0
    certificate.refresh_from_db()
    assert (certificate.first_page_path, certificate.first_page_tries) == ("", first_page.TRIES)


def test_a_lost_file_stops_nobody(db):
    CertificateFactory.create()
    drawable = with_file(pdf_corpus.pdf())
    first_page.draw_missing()
    drawable.refresh_from_db()
    assert drawable.first_page_path


def test_a_rejected_certificate_is_not_drawn(db):
    with_file(pdf_corpus.pdf(), rejected=True)
    assert first_page.draw_missing() == 0


def test_one_that_was_removed_meanwhile_leaves_no_picture(db, monkeypatch):
    certificate = with_file(pdf_corpus.pdf())
    draw = store_first_page

    def draw_slowly(name: str) -> str | None:
        path = draw(name)
        Certificate.objects.filter(pk=certificate.pk).delete()
        return path

    monkeypatch.setattr(first_page, "store_first_page", draw_slowly)
    assert first_page.draw_missing() == 0
    assert len(default_storage.listdir("certificates")[1]) == 1  # the test's own file


def test_removing_a_certificate_removes_its_picture(owner, django_capture_on_commit_callbacks):
    certificate = with_file(pdf_corpus.pdf(), producer=owner.producers.get())
    first_page.draw_missing()
    certificate.refresh_from_db()
    with django_capture_on_commit_callbacks(execute=True):
        certificate.remove(by=owner)
    assert default_storage.listdir("certificates")[1] == []


@pytest.mark.parametrize("size", [(600, 400), (3000, 2000)])
def test_a_photographed_certificate_is_shown_smaller(db, size):
    out = io.BytesIO()
    Image.new("RGB", size, "navy").save(out, "JPEG")
    certificate = with_file(out.getvalue(), file_kind="picture", file_path="certificates/photo.jpg")
    first_page.draw_missing()
    certificate.refresh_from_db()
    with default_storage.open(certificate.first_page_path) as file, Image.open(file) as picture:
        assert max(picture.size) == min(max(size), 1400)

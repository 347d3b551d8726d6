from __future__ import annotations

from django.core.files.storage import default_storage
from django.test import Client

from exporters.models import Certificate
from tests.exporters.certificates import NEW, said
from tests.factories import CertificateFactory, UserFactory


def test_a_certificate_that_waits_can_be_taken_back_with_its_file(
    desk: Client, owner, django_capture_on_commit_callbacks
):
    desk.post(NEW, said())
    certificate = Certificate.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        desk.post(f"/en/desk/certificates/{certificate.pk}/remove/")
    assert not Certificate.objects.exists()
    assert not default_storage.exists(certificate.file_path)


def test_a_verified_certificate_stays(desk: Client, owner):
    certificate = CertificateFactory.create(verified=True, producer=owner.producers.get())
    assert desk.post(f"/en/desk/certificates/{certificate.pk}/remove/").status_code == 409
    assert Certificate.objects.exists()


def test_one_that_was_verified_stays_after_the_verification_was_taken_back(desk: Client, owner):
    certificate = CertificateFactory.create(verified=True, producer=owner.producers.get())
    certificate.revoke(by=UserFactory.create(ministry=True), why="Ditarik penerbit.")
    assert desk.post(f"/en/desk/certificates/{certificate.pk}/remove/").status_code == 409
    assert Certificate.objects.exists()

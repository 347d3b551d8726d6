"""Renewing, looking at and taking back certificates through the API."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import AuditEntry
from catalog.models import CertificateCoverage
from exporters.models import Certificate
from tests import factories as make
from tests.exporters.certificates import GOOD_PDF
from tests.kit.pdf_structures import refused_structures

pytestmark = pytest.mark.django_db


@pytest.fixture
def old(client):
    owner = make.MembershipFactory()
    client.force_login(owner.user)
    return make.CertificateFactory(producer=owner.producer, verified=True, expires_on=make.in_days(20))


def said(**more):
    form = {
        "number": "ID00000000000000002",
        "issuer": "BPJPH",
        "issued_on": make.in_days(-1).isoformat(),
        "expires_on": make.in_days(700).isoformat(),
        "file": SimpleUploadedFile("baru.pdf", GOOD_PDF),
    }
    return form | more


def test_a_renewal_covers_the_same_products_and_a_second_one_is_refused(client, old):
    product = make.ProductFactory(producer=old.producer)
    CertificateCoverage.objects.create(certificate=old, product=product)
    address = f"/api/v1/my/certificates/{old.pk}/renew/"
    told = client.post(address, said())
    assert told.status_code == 201
    assert (told.json()["renews"], told.json()["state"], told.json()["type"]) == (old.pk, "submitted", "HALAL")
    assert list(Certificate.objects.get(renews=old).products.all()) == [product]
    again = client.post(address, said())
    assert (again.status_code, again.json()["code"]) == (409, "renewed_already")


def test_S29_a_renewal_sent_twice_under_one_key_has_one_effect(client, old):
    address, key = f"/api/v1/my/certificates/{old.pk}/renew/", {"Idempotency-Key": "one"}
    first, second = (client.post(address, said(), headers=key) for _time in range(2))
    assert first.status_code == second.status_code == 201
    assert first.json() == second.json()
    assert Certificate.objects.filter(renews=old).count() == 1


@pytest.mark.parametrize(("name", "data", "code"), list(refused_structures())[::5])
def test_S16_a_hostile_pdf_is_named_as_a_wrong_file(client, old, name, data, code):
    told = client.post(f"/api/v1/my/certificates/{old.pk}/renew/", said(file=SimpleUploadedFile(f"{name}.pdf", data)))
    assert told.status_code == 400
    assert set(told.json()["fields"]) == {"file"}
    assert not default_storage.exists("certificates") or not default_storage.listdir("certificates")[1]


def test_a_number_that_does_not_fit_is_taken_and_told(client, old):
    old.type.number_pattern = r"ID\d{17}"
    old.type.save()
    told = client.post(f"/api/v1/my/certificates/{old.pk}/renew/", said(number="X-1")).json()
    assert told["number_fits"] is False
    assert client.get(f"/api/v1/my/certificates/{old.pk}/").json()["number_fits"] is True


def test_staff_look_at_the_first_page_and_take_a_verification_back(client, old):
    client.force_login(make.UserFactory(ministry=True))
    address = f"/api/v1/certificates/{old.pk}/"
    assert client.get(f"{address}first-page/").status_code == 404
    old.first_page_path = "certificates/p-1.jpg"
    old.save()
    default_storage.save(old.first_page_path, ContentFile(b"\xff\xd8\xff"))
    picture = client.get(f"{address}first-page/")
    assert (picture.status_code, picture["Content-Type"]) == (200, "image/jpeg")
    assert "no-store" in picture["Cache-Control"] and "sandbox" in picture["Content-Security-Policy"]
    assert b"".join(picture.streaming_content) == b"\xff\xd8\xff"
    assert AuditEntry.objects.filter(verb="look").count() == 1
    assert client.post(f"{address}revoke/", {"why": " "}, "application/json").status_code == 400
    told = client.post(f"{address}revoke/", {"why": "Palsu."}, "application/json").json()
    assert (told["state"], told["gives_badge"], told["rejection"]) == ("rejected", False, "Palsu.")
    assert client.post(f"{address}revoke/", {"why": "Palsu."}, "application/json").status_code == 409

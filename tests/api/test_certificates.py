from __future__ import annotations

import io

import pytest

from exporters.models import Certificate
from tests import factories as make

MINE, STAFF = "/api/v1/my/certificates/", "/api/v1/certificates/"


@pytest.fixture
def own(db):
    make.CertificateTypeFactory()
    return make.MembershipFactory()


@pytest.fixture
def desk(own, client_of):
    return client_of(own.user)


@pytest.fixture
def staff(db, client_of):
    return client_of(make.UserFactory(ministry=True))


def scan(content=b"\x89PNG"):
    from PIL import Image

    file = io.BytesIO()
    Image.new("RGB", (600, 800), "white").save(file, "PNG")
    file.seek(0)
    file.name = "halal.png"
    return file


def facts(**more):
    return {
        "type": "HALAL", "number": "ID351", "issuer": "BPJPH", "issued_on": make.in_days(-30).isoformat(),
        "expires_on": make.in_days(300).isoformat(), "file": scan(), **more,
    }  # fmt: skip


def test_a_certificate_is_uploaded_read_and_verified(desk, staff, own):
    sent = desk.post(MINE, facts(), format="multipart", HTTP_IDEMPOTENCY_KEY="k")
    assert sent.status_code == 201 and sent.json()["state"] == "submitted"
    again = desk.post(MINE, facts(), format="multipart", HTTP_IDEMPOTENCY_KEY="k")
    assert again.json() == sent.json() and Certificate.objects.count() == 1
    here = f"{STAFF}{sent.json()['id']}/"
    file = staff.get(f"{here}file/")
    assert file["Content-Disposition"].startswith("attachment") and b"".join(file.streaming_content)
    assert staff.post(f"{here}verify/").json()["gives_badge"]
    assert desk.delete(f"{MINE}{sent.json()['id']}/").status_code == 409


def test_what_the_page_would_not_take_is_refused(desk):
    refused = desk.post(MINE, facts(issued_on=make.in_days(5).isoformat(), type="NONE"), format="multipart")
    assert refused.status_code == 400 and set(refused.json()["fields"]) == {"issued_on", "type"}


def test_S16_a_file_that_is_neither_pdf_nor_picture_is_refused(desk):
    file = io.BytesIO(b"MZ not a certificate")
    file.name = "halal.pdf"
    refused = desk.post(MINE, facts(file=file), format="multipart")
    assert refused.status_code == 400 and "halal.pdf" in refused.json()["fields"]["file"][0]
    assert not Certificate.objects.exists()


def test_a_rejection_says_why(staff):
    certificate = make.CertificateFactory()
    here = f"{STAFF}{certificate.pk}/reject/"
    assert list(staff.post(here, {}).json()["fields"]) == ["why"]
    assert staff.post(here, {"why": "Tidak terbaca."}).json()["rejection"] == "Tidak terbaca."
    assert staff.post(here, {"why": "Lagi."}).status_code == 409


def test_S4_nobody_decides_on_their_own(staff, client_of):
    person = make.UserFactory(ministry=True)
    certificate = make.CertificateFactory(producer=make.MembershipFactory(user=person).producer)
    refused = client_of(person).post(f"{STAFF}{certificate.pk}/verify/")
    assert refused.status_code == 409 and refused.json()["code"] == "self_decision"


def test_one_that_waits_is_taken_back(desk, own):
    certificate = make.CertificateFactory(producer=own.producer)
    assert desk.delete(f"{MINE}{certificate.pk}/").status_code == 204
    assert desk.get(f"{MINE}{certificate.pk}/").status_code == 404

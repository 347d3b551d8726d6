from __future__ import annotations

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import AuditEntry
from accounts.workflow import Refused
from catalog.models import CertificateCoverage
from exporters.models import Certificate
from tests.exporters.certificates import GOOD_PDF, LIST
from tests.factories import CertificateFactory, ProductFactory, UserFactory, in_days


@pytest.fixture
def old(owner) -> Certificate:
    return CertificateFactory.create(
        producer=owner.producers.get(), verified=True, number="ID00000000000000001", expires_on=in_days(20)
    )


def said(**more):
    form = {
        "number": "ID00000000000000002",
        "issuer": "BPJPH",
        "issued_on": in_days(-1).isoformat(),
        "expires_on": in_days(700).isoformat(),
        "file": SimpleUploadedFile("baru.pdf", GOOD_PDF, content_type="application/pdf"),
    }
    return form | more


def address(certificate: Certificate) -> str:
    return f"/en/desk/certificates/{certificate.pk}/renew/"


def test_the_form_begins_with_what_the_old_one_says(desk: Client, old):
    page = desk.get(address(old))
    form = page.context["form"]
    assert (form["number"].value(), form["issuer"].value(), form["issued_on"].value()) == (old.number, old.issuer, None)
    assert not {"producer", "type"} & set(form.fields)


def test_the_new_one_covers_the_same_products_and_the_old_one_counts_until_it_is_verified(desk: Client, old, owner):
    product = ProductFactory.create(producer=old.producer, published=True)
    CertificateCoverage.objects.create(certificate=old, product=product)
    assert desk.post(address(old), said())["Location"] == LIST
    new = Certificate.objects.get(renews=old)
    assert (new.state, new.type, new.producer, new.submitted_by) == ("submitted", old.type, old.producer, owner)
    assert list(new.products.all()) == [product]
    assert AuditEntry.objects.get(verb="renew").object_id == str(old.pk)
    assert old in Certificate.objects.current()
    new.verify(by=UserFactory.create(ministry=True))
    assert set(Certificate.objects.current()) == {new}
    assert set(Certificate.objects.history()) == {old}
    old.refresh_from_db()
    assert old.is_valid()


def test_the_list_shows_the_new_one_and_keeps_the_old_one_in_the_history(desk: Client, old):
    new = CertificateFactory.create(producer=old.producer, renews=old, number="NEW-1")
    assert "The new one waits for verification" in desk.get(LIST).content.decode()
    Certificate.objects.filter(pk=new.pk).update(state="verified")
    now, history = desk.get(LIST).content.decode(), desk.get(f"{LIST}?view=history").content.decode()
    assert "NEW-1" in now and now.count("orow-tools") == 1
    assert old.number in history and history.count("orow-tools") == 1


def test_only_a_verified_one_is_renewed_and_only_once(desk: Client, old):
    for state in ("submitted", "rejected"):
        other = CertificateFactory.create(producer=old.producer, state=state)
        with pytest.raises(Refused) as refusal:
            other.renewal()
        assert refusal.value.code == "not_renewable"
        assert desk.get(address(other))["Location"] == LIST
        assert desk.post(address(other), said()).status_code == 409
    first = CertificateFactory.create(producer=old.producer, renews=old, submitted_by=UserFactory.create())
    assert desk.post(address(old), said()).status_code == 409
    Certificate.objects.filter(pk=first.pk).update(state="rejected", rejection="Buram.")
    assert desk.post(address(old), said()).status_code == 302


def test_S29_a_double_click_renews_once(desk: Client, old):
    for _click in range(2):
        assert desk.post(address(old), said(submission_key="k1")).status_code == 302
    assert Certificate.objects.filter(renews=old).count() == 1
    assert len(default_storage.listdir("certificates")[1]) == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("expires_on", in_days(20).isoformat()),
        ("expires_on", ""),
        ("issued_on", in_days(2).isoformat()),
        ("number", ""),
        ("file", SimpleUploadedFile("x.pdf", b"<html>")),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_kept(desk: Client, old, field, value):
    response = desk.post(address(old), said(**{field: value}))
    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert Certificate.objects.count() == 1
    assert not default_storage.exists("certificates") or not default_storage.listdir("certificates")[1]


def test_S1_a_strangers_certificate_is_not_there(desk: Client, owner):
    foreign = CertificateFactory.create(verified=True)
    assert desk.get(address(foreign)).status_code == 404
    assert desk.post(address(foreign), said()).status_code == 404
    assert Certificate.objects.count() == 1

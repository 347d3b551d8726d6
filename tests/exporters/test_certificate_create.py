from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.models import AuditEntry
from exporters.models import Certificate, CertificateType
from tests.exporters.certificates import GOOD_PDF, LIST, NEW, said
from tests.factories import (
    CertificateFactory,
    MembershipFactory,
    ProducerFactory,
    in_days,
)
from tests.kit import pdf_corpus, picture_corpus


def test_an_uploaded_certificate_waits_for_verification(desk: Client, owner):
    answer = desk.post(NEW, said())
    certificate = Certificate.objects.get()
    assert answer["Location"] == f"{LIST}{certificate.pk}/products"
    assert (certificate.state, certificate.submitted_by, certificate.file_kind) == ("submitted", owner, "pdf")
    assert default_storage.open(certificate.file_path).read() == GOOD_PDF
    assert AuditEntry.objects.get(verb="submit").by == owner


def test_S16_a_photo_is_made_anew_and_a_hostile_pdf_is_not_taken(desk: Client, owner):
    desk.post(NEW, said(file=SimpleUploadedFile("a.pdf", picture_corpus.camera_jpeg())))
    assert Certificate.objects.get().file_kind == "picture"
    name, content, _code = next(iter(pdf_corpus.refused_files()))
    response = desk.post(NEW, said(file=SimpleUploadedFile(name, content)))
    assert response.status_code == 422
    assert "file" in response.context["form"].errors
    assert Certificate.objects.count() == 1


def test_S29_a_double_click_uploads_once_and_keeps_one_file(desk: Client, owner):
    answers = [desk.post(NEW, said(submission_key="k1")) for _click in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert answers[0]["Location"] == answers[1]["Location"]
    assert Certificate.objects.count() == 1
    assert len(default_storage.listdir("certificates")[1]) == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("number", ""),
        ("issued_on", in_days(2).isoformat()),
        ("expires_on", in_days(-1).isoformat()),
        ("expires_on", ""),
        ("type", "NOTHING"),
        ("file", ""),
    ],
)
def test_wrong_values_are_named(desk: Client, owner, field, value):
    response = desk.post(NEW, said(**{field: value}))
    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert not Certificate.objects.exists()


def test_an_expiry_before_the_issue_is_refused_by_form_and_database(desk: Client, owner):
    response = desk.post(NEW, said(issued_on=in_days(0).isoformat(), expires_on=in_days(0).isoformat()))
    assert response.status_code == 422
    certificate = CertificateFactory.create()
    with pytest.raises(IntegrityError), transaction.atomic():
        Certificate.objects.filter(pk=certificate.pk).update(expires_on=certificate.issued_on)


def test_a_type_without_an_end_needs_no_last_day(desk: Client, owner):
    form = said(expires_on="")
    CertificateType.objects.update(has_expiry=False)
    assert desk.post(NEW, form).status_code == 302
    assert Certificate.objects.get().expires_on is None


@pytest.mark.parametrize(("pattern", "warns"), [(r"ID\d{17}", False), (r"XX\d{3}", True), ("(", False)])
def test_a_number_that_does_not_fit_its_type_warns_and_is_kept(desk: Client, owner, pattern, warns):
    form = said()
    CertificateType.objects.update(number_pattern=pattern)
    page = desk.post(NEW, form, follow=True).content.decode()
    assert ("check the number" in page) is warns
    assert Certificate.objects.get().number == "ID31110000123450321"


def test_a_number_is_refused_only_where_the_pattern_is_certain(desk: Client, owner):
    form = said(number="ID123")
    CertificateType.objects.update(number_pattern=r"ID\d{17}", pattern_is_certain=True)
    response = desk.post(NEW, form)
    assert response.status_code == 422
    assert "number" in response.context["form"].errors
    unsaved = Certificate(producer=owner.producers.get(), type=CertificateType.objects.get(), number="ID123")
    with pytest.raises(ValidationError):
        unsaved.submit(by=owner)
    assert not Certificate.objects.exists()
    CertificateType.objects.update(number_pattern="(")
    assert desk.post(NEW, said(number="ID123")).status_code == 302


def test_S2_a_certificate_cannot_be_given_to_a_strangers_producer(desk: Client, owner):
    stranger = ProducerFactory.create()
    response = desk.post(NEW, said(producer=stranger.pk))
    assert response.status_code == 422
    assert not Certificate.objects.exists()


def test_a_member_of_several_producers_chooses_one(desk: Client, owner):
    form = said()
    second = MembershipFactory.create(user=owner).producer
    assert desk.get(NEW).content.decode().count("<option") > 2
    desk.post(NEW, form | {"producer": second.pk})
    assert Certificate.objects.get().producer == second

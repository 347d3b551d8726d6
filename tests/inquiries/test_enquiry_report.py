"""A side reports a thread; the producer blocks an importer."""

from __future__ import annotations

import pytest
from django.urls import reverse

from accounts.models import AuditEntry
from inquiries.models import EnquiryReport
from tests import asking

pytestmark = pytest.mark.django_db


@pytest.fixture
def enquiry():
    return asking.an_enquiry()


@pytest.mark.parametrize(("page", "side"), [("enquiry_report", "importer"), ("desk_enquiry_report", "producer")])
def test_each_side_reports_once_however_often_it_presses(client, enquiry, page, side):
    person = enquiry.importer.user if side == "importer" else asking.member_of(enquiry.producer)
    client.force_login(person)
    address = reverse(page, args=[enquiry.pk])
    assert client.get(address).status_code == 200
    given = {"reason": "fraud", "note": "Meminta kata sandi."}
    assert [client.post(address, given).status_code for _press in range(2)] == [302, 302]
    report = EnquiryReport.objects.get()
    assert (report.side, report.reason, report.note, report.reported_by) == (side, "fraud", given["note"], person)


def test_a_report_needs_its_reason_and_keeps_what_was_typed(client, enquiry):
    client.force_login(enquiry.importer.user)
    response = client.post(reverse("enquiry_report", args=[enquiry.pk]), {"note": "Insulta."})
    assert response.status_code == 422 and "Insulta." in response.text
    assert not EnquiryReport.objects.exists()


def test_the_reported_side_reads_nothing_of_it(client, enquiry):
    EnquiryReport.file(enquiry, side="producer", reason="fraud", by=asking.member_of(enquiry.producer))
    assert AuditEntry.objects.filter(verb="report").exists()
    assert not AuditEntry.objects.visible_to(enquiry.importer.user).filter(verb="report").exists()
    client.force_login(enquiry.importer.user)
    assert "Reported" not in client.get(reverse("enquiry_detail", args=[enquiry.pk])).text

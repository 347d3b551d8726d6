from decimal import Decimal

import pytest
from django.urls import reverse

from accounts.models import AuditEntry, Letter
from inquiries.models import Enquiry, EnquiryLine, EnquiryReport, EnquiryRound, SenderBlock, Wish
from tests import asking
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client):
    mission = make.MissionFactory()
    make.AccreditationFactory(mission=mission, market=make.MarketFactory(iso2="CL"))
    client.force_login(make.MissionStaffFactory(mission=mission).user)
    return client


@pytest.fixture
def enquiry(officer):
    return asking.an_enquiry()


def page_of(enquiry):
    return reverse("admin:enquiry_oversee", args=[enquiry.pk])


def test_a_word_to_the_producer_alone_is_read_by_nobody_else(officer, enquiry):
    sent = {"to": "producer", "text": "Tolong dijawab.", "submission_key": "one"}
    for _press in range(2):
        assert officer.post(page_of(enquiry), sent).status_code == 302
    assert enquiry.messages.get().reader == "producer"
    assert "Tolong dijawab." in officer.get(page_of(enquiry)).content.decode()


def test_an_empty_word_is_refused(officer, enquiry):
    assert officer.post(page_of(enquiry), {"to": "", "text": " \u200b"}).status_code == 422
    assert not enquiry.messages.exists()


def test_the_producer_is_reminded_once_a_day(officer, enquiry):
    for _press in range(2):
        officer.post(reverse("admin:enquiry_remind", args=[enquiry.pk]))
    assert Letter.objects.filter(event__startswith="enquiry_reminder").count() == 1
    assert AuditEntry.objects.filter(verb="remind").count() == 1


def test_reminding_of_what_is_answered_is_refused(officer, enquiry):
    asking.answer(enquiry)
    assert officer.post(reverse("admin:enquiry_remind", args=[enquiry.pk])).status_code == 409


def test_a_held_one_is_passed_on_once(officer):
    held = asking.an_enquiry(text="www.a.com www.b.com www.c.com")
    deliver = reverse("admin:enquiry_deliver", args=[held.pk])
    assert [officer.post(deliver).status_code for _press in range(2)] == [302, 409]


def test_a_discarded_one_may_block_its_importer(officer):
    held = asking.an_enquiry(text="www.a.com www.b.com www.c.com")
    discard = reverse("admin:enquiry_discard", args=[held.pk])
    assert officer.post(discard, {"why": ""}).status_code == 422
    assert officer.post(discard, {"why": "Advertising", "block": "on"}).status_code == 302
    assert Enquiry.objects.get(pk=held.pk).state == "discarded"
    assert SenderBlock.objects.in_force().get().importer == held.importer


def test_a_report_is_decided(officer, enquiry):
    report = EnquiryReport.file(enquiry, side="producer", reason="spam", by=asking.member_of(enquiry.producer))
    officer.post(reverse("admin:report_decide", args=[report.pk]), {"decision": "uphold"})
    report.refresh_from_db()
    assert report.state == "upheld"


def test_a_report_that_nobody_decided_stays_open(officer, enquiry):
    report = EnquiryReport.file(enquiry, side="producer", reason="spam", by=asking.member_of(enquiry.producer))
    assert officer.post(reverse("admin:report_decide", args=[report.pk]), {"decision": ""}).status_code == 422
    report.refresh_from_db()
    assert report.state == "open"


def test_a_word_that_comes_too_late_is_refused_and_stays_to_be_copied(officer, enquiry):
    enquiry.withdraw(by=enquiry.importer.user)
    late = officer.post(page_of(enquiry), {"to": "", "text": "Tolong dijawab.", "submission_key": "late"})
    told = late.content.decode()
    assert late.status_code == 409 and "Tolong dijawab." in told and "error-summary" in told
    assert not enquiry.messages.exists()


def test_what_the_ministry_reads_stands_in_the_trail(client, enquiry):
    client.force_login(make.UserFactory(ministry=True))
    client.get(page_of(enquiry))
    assert AuditEntry.objects.filter(verb="read", object_id=str(enquiry.pk)).exists()


def test_what_is_held_for_a_note_is_read_with_the_note_and_all_that_is_asked(officer):
    importer, product = make.ImporterFactory(country="CL"), make.ProductFactory(published=True)
    line = EnquiryLine(product=product, quantity=Decimal(600), samples=7, note="www.a.com www.b.com www.c.com")
    wish = Wish(lines=[line], destination_country="CL", language="es", needs=["samples"])
    held = EnquiryRound.send(wish, importer=importer, by=importer.user).enquiries.get()
    html = officer.get(page_of(held)).text
    assert held.state == "held"
    for part in ("www.a.com www.b.com", "Written in Spanish", "Samples", "Would like"):
        assert part in html, part

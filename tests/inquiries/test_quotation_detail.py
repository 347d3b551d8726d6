import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from inquiries.models import Enquiry, EnquiryState, Quotation
from tests import asking

pytestmark = pytest.mark.django_db


@pytest.fixture
def quotation():
    enquiry = asking.an_enquiry()
    asking.quote(enquiry, price="7")
    return asking.quote(enquiry)


@pytest.fixture
def importer(client, quotation):
    client.force_login(quotation.enquiry.importer.user)
    return client


def test_the_importer_reads_the_terms_in_their_language(importer, quotation):
    with_language = reverse("quotation_detail", args=[quotation.pk]).replace("/en/", "/es/")
    page = importer.get(with_language).content.decode()
    assert quotation.number in page
    assert "USD\xa06,80" in page
    assert "USD\xa04\xa0080,00" in page


def test_accepting_twice_has_one_effect(importer, quotation):
    accept = reverse("quotation_accept", args=[quotation.pk])
    assert importer.post(accept).status_code == 302
    assert importer.post(accept).status_code == 409
    assert Enquiry.objects.get().state == EnquiryState.ACCEPTED


def test_an_older_version_is_not_accepted(importer, quotation):
    older = quotation.enquiry.quotations.get(version=1)
    assert importer.post(reverse("quotation_accept", args=[older.pk])).status_code == 409
    assert Enquiry.objects.get().state == EnquiryState.QUOTED


def test_declining_asks_why_and_keeps_what_was_typed(importer, quotation):
    decline = reverse("quotation_decline", args=[quotation.pk])
    answer = importer.post(decline, {"note": "Muy caro"})
    assert answer.status_code == 422
    assert "Muy caro" in answer.content.decode()
    assert importer.post(decline, {"reason": "price", "note": "Muy caro"}).status_code == 302
    enquiry = Enquiry.objects.get()
    assert (enquiry.state, enquiry.decline_reason, enquiry.closing_note) == ("declined", "price", "Muy caro")


def test_a_lapsed_quotation_offers_no_accepting(importer, quotation):
    Quotation.objects.update(valid_until=timezone.now().date() - datetime.timedelta(days=1))
    page = importer.get(reverse("quotation_detail", args=[quotation.pk])).content.decode()
    assert reverse("quotation_accept", args=[quotation.pk]) not in page
    assert "Ask the producer for a new one" in page

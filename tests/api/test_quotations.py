"""Quotations: read by both sides and by staff, accepted or declined by the importer alone."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEntry
from inquiries.models import Quotation
from tests import asking
from tests import factories as make

ALL = "/api/v1/quotations/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def enquiry():
    make.MarketFactory(iso2="CL")
    return asking.an_enquiry()


@pytest.fixture
def quotation(enquiry):
    return asking.quote(enquiry)


@pytest.fixture
def here(quotation):
    return f"{ALL}{quotation.pk}/"


@pytest.fixture
def importer(enquiry, client_of):
    return client_of(enquiry.importer.user)


def test_both_sides_read_the_same_quotation(importer, client_of, enquiry, quotation, here):
    desk = client_of(asking.member_of(enquiry.producer))
    told = importer.get(here).json()
    assert told == desk.get(here).json()
    assert (told["number"], told["enquiry"], told["total"]) == (quotation.number, enquiry.pk, "4080")
    assert told["freight"]["cartons"] == 25 and told["pdf_url"].endswith(f"/api/v1/quotations/{quotation.pk}/pdf/")
    assert importer.get(ALL).json()["results"] == [told] == desk.get(ALL).json()["results"]


def test_the_list_is_narrowed_to_what_is_to_be_decided(importer, enquiry, quotation):
    newer = asking.quote(enquiry)
    other = asking.quote(asking.an_enquiry(importer=enquiry.importer))

    def found(**asked):
        return [one["id"] for one in importer.get(ALL, asked).json()["results"]]

    assert found() == [other.pk, newer.pk, quotation.pk]
    assert found(newest="true", state="quoted") == [other.pk, newer.pk]
    assert found(enquiry=enquiry.pk) == [newer.pk, quotation.pk]
    assert importer.get(ALL, {"state": "offered"}).status_code == 400


def test_accepting_ends_the_enquiry_and_a_second_time_is_refused(importer, enquiry, here):
    told = importer.post(f"{here}accept/", HTTP_IDEMPOTENCY_KEY="one")
    assert told.status_code == 200 and told.json()["enquiry_state"] == "accepted"
    assert importer.post(f"{here}accept/", HTTP_IDEMPOTENCY_KEY="one").json() == told.json()
    again = importer.post(f"{here}accept/")
    assert again.status_code == 409 and again.json()["code"] == "transition_not_allowed"
    assert AuditEntry.objects.get(verb="accept").by == enquiry.importer.user


def test_only_the_newest_version_can_be_accepted(importer, enquiry, here):
    asking.quote(enquiry, "6.40")
    for verb, said in (("accept", {}), ("decline", {"reason": "price"})):
        moved = importer.post(f"{here}{verb}/", said)
        assert moved.status_code == 409 and moved.json()["code"] == "enquiry_moved"


def test_one_that_has_lapsed_cannot_be_accepted(importer, quotation, here):
    Quotation.objects.update(valid_until=make.in_days(-1))
    assert importer.get(here).json()["is_lapsed"]
    late = importer.post(f"{here}accept/")
    assert late.status_code == 409 and late.json()["code"] == "quotation_lapsed"


def test_declining_gives_the_reason_and_the_words(importer, enquiry, here):
    assert set(importer.post(f"{here}decline/", {"reason": "no"}).json()["fields"]) == {"reason"}
    assert importer.post(f"{here}decline/", {"reason": "price", "note": "Buscamos 6.20."}).status_code == 200
    enquiry.refresh_from_db()
    assert (enquiry.state, enquiry.decline_reason, enquiry.closing_note) == ("declined", "price", "Buscamos 6.20.")


def test_the_producer_and_staff_read_it_and_decide_nothing(client_of, enquiry, here):
    ministry = make.UserFactory(ministry=True)
    for reader in (asking.member_of(enquiry.producer), ministry):
        assert client_of(reader).get(here).status_code == 200
        assert client_of(reader).post(f"{here}accept/").status_code == 404
        assert client_of(reader).post(f"{here}decline/", {"reason": "price"}).status_code == 404
    assert AuditEntry.objects.get(verb="read").by == ministry
    assert client_of(make.ImporterFactory(country="CL").user).get(here).status_code == 404


def test_it_comes_on_paper_in_the_language_that_is_asked_for(importer, quotation, here):
    paper = importer.get(f"{here}pdf/", {"lang": "es"})
    assert paper["Content-Type"] == "application/pdf" and paper.content.startswith(b"%PDF-")
    assert f"{quotation.number}-es.pdf" in paper["Content-Disposition"] and "no-store" in paper["Cache-Control"]


def test_a_page_takes_the_same_queries_however_many_rows(importer, enquiry, quotation, django_assert_num_queries):
    importer.get(ALL)
    with CaptureQueriesContext(connection) as one:
        importer.get(ALL)
    for _number in range(11):
        asking.quote(enquiry)
    with django_assert_num_queries(len(one)):
        assert len(importer.get(ALL).json()["results"]) == 12

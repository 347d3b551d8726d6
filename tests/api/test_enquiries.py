"""What importers ask and staff oversee: one resource, each sees what is theirs."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEntry, Letter
from inquiries.models import EnquiryReport, Said, SenderBlock
from tests import asking
from tests import factories as make

ALL = "/api/v1/enquiries/"
REPORTS = "/api/v1/enquiry-reports/"
LINKS = "www.a.com www.b.com www.c.com"
pytestmark = pytest.mark.django_db


@pytest.fixture
def chile():
    return make.MarketFactory(iso2="CL")


@pytest.fixture
def enquiry(chile):
    return asking.an_enquiry()


@pytest.fixture
def held(chile):
    return asking.an_enquiry(text=LINKS)


@pytest.fixture
def importer(enquiry, client_of):
    return client_of(enquiry.importer.user)


@pytest.fixture
def santiago(chile, client_of):
    post = make.MissionStaffFactory()
    make.AccreditationFactory(mission=post.mission, market=chile)
    return client_of(post.user)


@pytest.fixture
def ministry(client_of):
    return client_of(make.UserFactory(ministry=True))


def ids(answer):
    return [one["id"] for one in answer.json()["results"]]


# --- reading -------------------------------------------------------------------------------------


def test_an_importer_sees_its_own_and_staff_those_from_their_markets(importer, santiago, client_of, enquiry):
    other = asking.an_enquiry(importer=make.ImporterFactory(country="PE"))
    assert ids(importer.get(ALL)) == [enquiry.pk] == ids(santiago.get(ALL))
    for asker in (importer, santiago):
        assert asker.get(f"{ALL}{other.pk}/").status_code == 404
    assert client_of(make.MembershipFactory().user).get(ALL).status_code == 403


def test_lists_are_narrowed_sorted_and_paged(importer, enquiry):
    product = enquiry.lines.get().product
    later = [asking.ask(product, importer=enquiry.importer).enquiries.get() for _number in range(2)]
    asking.answer(later[0])
    assert ids(importer.get(ALL, {"state": "answered"})) == [later[0].pk]
    assert ids(importer.get(ALL, {"turn": "producer", "sort": "due"})) == [enquiry.pk, later[1].pk]
    assert ids(importer.get(ALL, {"sort": "active"}))[0] == later[0].pk
    assert ids(importer.get(ALL, {"market": "CL", "sort": "oldest", "page_size": 2})) == [enquiry.pk, later[0].pk]
    first = importer.get(ALL, {"page_size": 2}).json()
    assert ids(importer.get(first["next"])) == [enquiry.pk]
    assert importer.get(ALL, {"state": "open"}).status_code == 400


def test_what_a_mission_wrote_to_one_side_is_not_read_by_the_other(importer, santiago, enquiry):
    here = f"{ALL}{enquiry.pk}/"
    assert santiago.post(f"{here}messages/", {"text": "Mohon dijawab.", "to": "producer"}).status_code == 201
    assert santiago.post(f"{here}messages/", {"text": "To both."}).status_code == 201
    assert [one["text"] for one in importer.get(f"{here}messages/").json()] == ["To both."]
    assert [one["text"] for one in importer.get(here).json()["messages"]] == ["To both."]
    assert len(santiago.get(f"{here}messages/").json()) == 2


def test_what_the_ministry_reads_is_in_the_trail(ministry, santiago, importer, enquiry):
    for reader in (santiago, importer):
        reader.get(f"{ALL}{enquiry.pk}/")
    assert not AuditEntry.objects.filter(verb="read").exists()
    ministry.get(f"{ALL}{enquiry.pk}/")
    ministry.get(f"{ALL}{enquiry.pk}/messages/")
    assert AuditEntry.objects.filter(verb="read", object_id=str(enquiry.pk)).count() == 2


# --- the importer's verbs ------------------------------------------------------------------------


def test_a_message_of_the_importer_makes_it_the_producers_turn(importer, enquiry):
    asking.answer(enquiry)
    told = importer.post(f"{ALL}{enquiry.pk}/messages/", {"text": " ¿Y en azul?\u200b ", "language": "es"})
    assert told.status_code == 201 and told.json()["turn"] == "producer"
    message = told.json()["messages"][-1]
    assert (message["side"], message["text"], message["language"]) == ("importer", "¿Y en azul?", "es")


def test_an_importer_cannot_write_to_one_side_alone(importer, enquiry):
    refused = importer.post(f"{ALL}{enquiry.pk}/messages/", {"text": "Hola", "to": "importer"})
    assert refused.status_code == 400 and set(refused.json()["fields"]) == {"to"}
    assert not enquiry.messages.exists()


def test_a_message_names_what_was_read_before_it(importer, enquiry):
    asking.answer(enquiry)
    moved = importer.post(f"{ALL}{enquiry.pk}/messages/", {"text": "Hola", "seen": 0})
    assert moved.status_code == 409 and moved.json()["code"] == "enquiry_moved"


def test_an_enquiry_is_withdrawn_once(importer, enquiry):
    told = importer.post(f"{ALL}{enquiry.pk}/withdraw/", {"why": "Ya compramos."})
    assert told.json()["state"] == "withdrawn" and told.json()["closing_note"] == "Ya compramos."
    assert importer.post(f"{ALL}{enquiry.pk}/withdraw/").status_code == 409


def test_the_importer_reports_the_producer(importer, enquiry):
    assert importer.post(f"{ALL}{enquiry.pk}/report/", {"reason": "fraud", "note": "Pide efectivo."}).status_code == 200
    assert EnquiryReport.objects.get().side == "importer"


# --- the staff's verbs ---------------------------------------------------------------------------


def test_a_held_one_is_passed_on_once(santiago, held):
    [told] = santiago.get(ALL, {"state": "held"}).json()["results"]
    assert told["id"] == held.pk and santiago.get(f"{ALL}{held.pk}/").json()["held_reason"] == "links"
    passed = santiago.post(f"{ALL}{held.pk}/deliver/")
    assert passed.json()["state"] == "sent" and passed.json()["due_at"]
    assert santiago.post(f"{ALL}{held.pk}/deliver/").status_code == 409


def test_why_it_is_held_is_not_told_to_whoever_sent_it(client_of, held):
    assert client_of(held.importer.user).get(f"{ALL}{held.pk}/").json()["held_reason"] == ""


def test_a_discarded_one_may_block_its_importer(santiago, held):
    assert set(santiago.post(f"{ALL}{held.pk}/discard/").json()["fields"]) == {"why"}
    told = santiago.post(f"{ALL}{held.pk}/discard/", {"why": "Advertising", "block": True})
    assert told.json()["state"] == "discarded"
    assert SenderBlock.objects.in_force().get().importer == held.importer


def test_the_producer_is_reminded_once_a_day_while_it_is_its_turn(santiago, enquiry):
    for _time in range(2):
        assert santiago.post(f"{ALL}{enquiry.pk}/remind/").status_code == 200
    assert Letter.objects.filter(event__startswith="enquiry_reminder").count() == 1
    asking.answer(enquiry)
    assert santiago.post(f"{ALL}{enquiry.pk}/remind/").status_code == 409


def test_reports_are_decided_by_who_oversees_the_thread(santiago, importer, client_of, enquiry):
    report = EnquiryReport.file(enquiry, side="producer", reason="spam", by=asking.member_of(enquiry.producer))
    assert ids(santiago.get(REPORTS, {"state": "open"})) == [report.pk]
    assert santiago.post(f"{REPORTS}{report.pk}/uphold/").json()["state"] == "upheld"
    assert santiago.post(f"{REPORTS}{report.pk}/dismiss/").status_code == 409
    assert importer.get(REPORTS).status_code == 403
    elsewhere = client_of(make.MissionStaffFactory().user)
    assert ids(elsewhere.get(REPORTS)) == [] and elsewhere.post(f"{REPORTS}{report.pk}/uphold/").status_code == 404


# --- queries -------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["importer", "santiago"])
def test_a_page_takes_the_same_queries_however_many_rows(who, request, enquiry, django_assert_num_queries):
    asker = request.getfixturevalue(who)
    asker.get(ALL)
    with CaptureQueriesContext(connection) as one:
        asker.get(ALL)
    for _number in range(11):
        asking.ask(enquiry.lines.get().product, importer=enquiry.importer)
    with django_assert_num_queries(len(one)):
        assert len(asker.get(ALL).json()["results"]) == 12


def test_a_thread_takes_the_same_queries_however_long(importer, enquiry, django_assert_num_queries):
    asking.answer(enquiry)
    importer.get(f"{ALL}{enquiry.pk}/")
    with CaptureQueriesContext(connection) as short:
        importer.get(f"{ALL}{enquiry.pk}/")
    for number in range(11):
        enquiry.write(Said(text=f"{number}"), side="importer", by=enquiry.importer.user)
    with django_assert_num_queries(len(short)):
        assert len(importer.get(f"{ALL}{enquiry.pk}/").json()["messages"]) == 12

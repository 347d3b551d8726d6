"""Whose trail of an enquiry is whose, and what people are called in it."""

from __future__ import annotations

import pytest
from django.urls import reverse

from accounts import audit
from accounts.models import AuditEntry
from accounts.naming import People
from inquiries.models import Said, Side
from tests import asking
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def enquiry():
    row = asking.an_enquiry()
    asking.answer(row)
    return row


def read_by(person):
    entries = AuditEntry.objects.visible_to(person).filter(object_type="inquiries.enquiry")
    return list(entries.order_by("pk").values_list("verb", flat=True))


def test_both_sides_read_what_happened_and_nobody_else(enquiry):
    for person in (enquiry.importer.user, asking.member_of(enquiry.producer)):
        assert read_by(person) == ["send", "answer"]
    officer = make.OfficerScopeFactory(regency=enquiry.producer.regency).user
    for person in (officer, make.MembershipFactory().user, make.ImporterFactory().user):
        assert read_by(person) == []


def test_the_mission_of_the_market_reads_it():
    market = make.MarketFactory(iso2="CL")
    own = make.MissionStaffFactory(mission=make.AccreditationFactory(market=market).mission).user
    elsewhere = make.MissionStaffFactory(mission__code="KBRI-BSB").user
    asking.an_enquiry(make.ImporterFactory(country="CL"))
    assert read_by(own) == ["send"] and read_by(elsewhere) == []


def test_what_is_told_to_one_side_alone_is_among_staff(enquiry):
    mission = make.MissionStaffFactory().user
    enquiry.write(Said(text="Rahasia", to=Side.PRODUCER), side=Side.MISSION, by=mission)
    enquiry.write(Said(text="Untuk semua"), side=Side.MISSION, by=mission)
    assert read_by(enquiry.importer.user) == ["send", "answer", "write"]


def test_each_side_is_an_office_to_the_other(enquiry):
    member, importer = asking.member_of(enquiry.producer), enquiry.importer.user
    entries = AuditEntry.objects.filter(object_type="inquiries.enquiry").order_by("pk")
    assert [People.of(member, entries).who(entry) for entry in entries] == ["the importer", "you"]
    assert [People.of(importer, entries).who(entry) for entry in entries] == ["you", "the producer's side"]


def test_the_page_of_the_history_opens_for_an_importer(client, enquiry):
    client.force_login(enquiry.importer.user)
    html = client.get(reverse("desk_history")).text
    assert "answered" in html and asking.member_of(enquiry.producer).name not in html


def test_each_reader_is_led_to_the_page_of_the_enquiry_that_is_theirs(client, enquiry):
    def lines_of(person, address="desk_history"):
        client.force_login(person)
        return client.get(reverse(address)).text

    market = make.MarketFactory(iso2="CL")
    mission = make.MissionStaffFactory(mission=make.AccreditationFactory(market=market).mission).user
    theirs = asking.an_enquiry(make.ImporterFactory(country="CL"))
    for person, address, row, page in (
        (enquiry.importer.user, "desk_history", enquiry, "enquiry_detail"),
        (asking.member_of(enquiry.producer), "desk_history", enquiry, "desk_enquiry"),
        (mission, "admin:market_history", theirs, "admin:enquiry_oversee"),
    ):
        assert f'<a href="{reverse(page, args=[row.pk])}">{row.number}</a>' in lines_of(person, address)


def test_the_kind_of_an_answer_stands_there_in_words(client, enquiry):
    client.force_login(enquiry.importer.user)
    html = client.get(reverse("desk_history")).text
    kind = enquiry.messages.get(side=Side.PRODUCER)
    assert kind.get_kind_display() in html and f">{kind.kind}<" not in html


def test_a_buying_request_is_called_by_its_title(client):
    asked = make.BuyingRequestFactory()
    audit.record("submit", asked, by=asked.importer.user, to_state=asked.state)
    client.force_login(asked.importer.user)
    page = reverse("buying_request_detail", args=[asked.pk])
    assert f'<a href="{page}">{asked.title}</a>' in client.get(reverse("desk_history")).text

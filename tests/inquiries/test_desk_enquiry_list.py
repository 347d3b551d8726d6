"""The producer's list of enquiries: what to answer first, what waits for the importer, what is closed."""

from __future__ import annotations

import datetime

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from inquiries.models import Said, Side
from tests import asking
from tests import factories as make

pytestmark = pytest.mark.django_db
MONDAY = datetime.datetime(2026, 11, 23, 3, tzinfo=datetime.UTC)


@pytest.fixture
def product():
    return make.ProductFactory(published=True)


@pytest.fixture
def importer():
    return make.ImporterFactory(country="CL", company="Importadora Andes")


@pytest.fixture
def member(client, product):
    person = asking.member_of(product.producer)
    client.force_login(person)
    return person


def page(client, query=""):
    return client.get(reverse("desk_enquiry_list") + query)


def numbers(answer):
    return [row.enquiry.number for row in answer.context["rows"]]


def test_what_is_due_first_stands_first_with_its_time_in_words(client, product, importer, member):
    with time_machine.travel(MONDAY):
        early = asking.an_enquiry(importer, product)
    with time_machine.travel(MONDAY + datetime.timedelta(days=1)):
        late = asking.an_enquiry(importer, product)
        answer = page(client)
    assert numbers(answer) == [early.number, late.number]
    assert "Answer before Mon 30 Nov, 10:00 WIB" in answer.text
    assert "Importadora Andes" in answer.text and "600" in answer.text


def test_overdue_is_said_in_words(client, product, importer, member):
    with time_machine.travel(MONDAY):
        asking.an_enquiry(importer, product)
    with time_machine.travel(MONDAY + datetime.timedelta(days=9)):
        client.force_login(member)
        assert "Overdue since Mon 30 Nov, 10:00 WIB" in page(client).text


def test_each_enquiry_stands_where_its_next_word_is_owed(client, product, importer, member):
    waiting, answered, refused = (asking.an_enquiry(importer, product) for _number in range(3))
    asking.answer(answered)
    refused.refuse(Said(kind="cannot_supply", reason="capacity"), by=member)
    assert numbers(page(client)) == [waiting.number]
    assert numbers(page(client, "?view=importer")) == [answered.number]
    assert numbers(page(client, "?view=closed")) == [refused.number]
    assert "To answer (1)" in page(client).text and "Waiting for the importer (1)" in page(client).text


def test_what_is_new_is_marked_until_it_is_looked_at(client, product, importer, member):
    enquiry = asking.an_enquiry(importer, product)
    assert ">New<" in page(client).text
    client.get(reverse("desk_enquiry", args=[enquiry.pk]))
    assert ">New<" not in page(client).text
    enquiry.write(Said(text="¿Y bien?", language="es"), side=Side.IMPORTER, by=importer.user)
    assert ">New<" in page(client).text


def test_a_word_of_the_mission_to_the_importer_alone_leaves_no_mark(client, product, importer, member):
    enquiry = asking.an_enquiry(importer, product)
    client.get(reverse("desk_enquiry", args=[enquiry.pk]))
    enquiry.write(Said(text="Tunggu.", language="id", to=Side.IMPORTER), side=Side.MISSION, by=make.UserFactory())
    enquiry.refresh_from_db()
    assert not enquiry.is_unread_by(Side.PRODUCER) and enquiry.is_unread_by(Side.IMPORTER)


def test_enquiries_to_others_and_held_ones_are_not_there(client, product, importer, member):
    asking.an_enquiry(importer)
    asking.an_enquiry(importer, product, text="http://a.test http://b.test http://c.test http://d.test")
    assert numbers(page(client)) == numbers(page(client, "?view=closed")) == []
    assert "Nothing waits for your answer" in page(client).text


def test_a_local_officer_sees_none(client, product, importer):
    asking.an_enquiry(importer, product)
    scope = make.OfficerScopeFactory(regency=product.producer.regency)
    client.force_login(scope.user)
    assert numbers(page(client)) == []


def test_the_list_is_paged_and_a_forged_position_leads_to_its_start(client, product, importer, member):
    for _number in range(26):
        asking.an_enquiry(importer, product, text="")
    first = page(client)
    assert len(first.context["rows"]) == 25
    rest = page(client, first.context["next_url"])
    assert len(rest.context["rows"]) == 1 and not set(numbers(first)) & set(numbers(rest))
    assert page(client, "?after=forged").status_code == 302


def test_twelve_enquiries_cost_as_many_queries_as_one(client, product, importer, member):
    asking.an_enquiry(importer, product, text="")
    page(client)
    with CaptureQueriesContext(connection) as one:
        page(client)
    for _number in range(11):
        asking.an_enquiry(importer, product, text="")
    with CaptureQueriesContext(connection) as twelve:
        assert len(page(client).context["rows"]) == 12
    assert len(one) == len(twelve) <= 10

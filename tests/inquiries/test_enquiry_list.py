"""The importer's list: what was sent together stands together, by state, with what is new."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from inquiries.models import Said
from tests import asking
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def importer(client):
    row = make.ImporterFactory(country="CL")
    client.force_login(row.user)
    return row


def page(client, query=""):
    return client.get(reverse("enquiry_list") + query)


def shown(answer):
    return [[row.enquiry.pk for row in round_rows.rows] for round_rows in answer.context["rounds"]]


def products(number):
    return [make.ProductFactory(published=True) for _number in range(number)]


def test_what_was_sent_together_stands_together_newest_first(client, importer):
    first = asking.ask(*products(3), importer=importer)
    second = asking.ask(*products(1), importer=importer, text="")
    answer = page(client)
    assert shown(answer) == [
        [row.pk for row in second.enquiries.order_by("pk")],
        [row.pk for row in first.enquiries.order_by("pk")],
    ]
    assert "to 3 producers" in answer.text and "to 1 producer<" in answer.text


def test_a_fresh_enquiry_is_not_new_to_its_sender_and_an_answer_is(client, importer):
    enquiry = asking.an_enquiry(importer)
    assert ">New<" not in page(client).text
    asking.answer(enquiry)
    assert ">New<" in page(client).text
    client.get(reverse("enquiry_detail", args=[enquiry.pk]))
    assert ">New<" not in page(client).text


def test_the_list_is_narrowed_by_group_and_by_state(client, importer):
    waiting, answered, quoted, refused = (asking.an_enquiry(importer, text="") for _number in range(4))
    asking.answer(answered)
    asking.quote(quoted)
    refused.refuse(Said(kind="cannot_supply", reason="price"), by=asking.member_of(refused.producer))
    held = asking.an_enquiry(importer, text="http://a.test http://b.test http://c.test http://d.test")
    assert shown(page(client, "?state=waiting")) == [[waiting.pk]]
    assert shown(page(client, "?state=yours")) == [[quoted.pk], [answered.pk]]
    assert shown(page(client, "?state=held")) == [[held.pk]]
    assert shown(page(client, "?state=closed")) == [[refused.pk]]
    assert shown(page(client, "?state=quoted")) == [[quoted.pk]]
    assert len(shown(page(client, "?state=nonsense"))) == 5


def test_enquiries_of_other_companies_are_not_there(client, importer):
    asking.an_enquiry()
    assert shown(page(client)) == []
    assert "No enquiry yet" in page(client).text


def test_rounds_are_paged_and_a_forged_position_leads_to_the_start(client, importer):
    for product in products(11):
        asking.ask(product, importer=importer, text="")
    first = page(client)
    rest = page(client, first.context["next_url"])
    assert (len(shown(first)), len(shown(rest))) == (10, 1)
    assert page(client, "?after=forged").status_code == 302


def test_many_enquiries_cost_as_many_queries_as_one(client, importer):
    asking.ask(*products(1), importer=importer, text="")
    page(client)
    with CaptureQueriesContext(connection) as one:
        page(client)
    for _round in range(3):
        asking.ask(*products(4), importer=importer, text="")
    with CaptureQueriesContext(connection) as many:
        assert sum(map(len, shown(page(client)))) == 13
    assert len(one) == len(many) <= 10

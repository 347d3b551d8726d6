"""A thread by pages, on all three sides: the newest messages, the earlier ones by link, nothing else changes."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from inquiries.models import Enquiry, EnquiryMessage, Said, Side
from inquiries.thread_pages import PAGE_MESSAGES
from tests import asking
from tests import factories as make

pytestmark = pytest.mark.django_db
SIDES = ("enquiry_detail", "desk_enquiry", "admin:enquiry_oversee")
EARLIER = re.compile(r'href="(\?after=[^"#]+)#thread"')


@pytest.fixture
def enquiry() -> Enquiry:
    market = make.MarketFactory(iso2="CL")
    make.MissionStaffFactory(mission=make.AccreditationFactory(market=market).mission)
    return asking.an_enquiry(make.ImporterFactory(country="CL"), text="La primera palabra.")


def earlier_in(page: str) -> str:
    """The way to the earlier messages, as the page gives it."""
    found = EARLIER.search(page)
    assert found is not None
    return found[1]


def reader_of(enquiry: Enquiry, name: str) -> User:
    if name == "admin:enquiry_oversee":
        return User.objects.get(mission_posts__isnull=False)
    return enquiry.importer.user if name == "enquiry_detail" else asking.member_of(enquiry.producer)


@pytest.fixture(params=SIDES)
def address(request, client, enquiry):
    client.force_login(reader_of(enquiry, request.param))
    return reverse(request.param, args=[enquiry.pk])


def write_many(enquiry: Enquiry, number: int) -> None:
    """All at one moment: their order is that of their keys."""
    EnquiryMessage.objects.bulk_create(
        EnquiryMessage(enquiry=enquiry, side=Side.IMPORTER, author=enquiry.importer.user, text=f"Palabra {one:03}.")
        for one in range(number)
    )


def words_of(html: str) -> list[str]:
    return re.findall(r"Palabra \d{3}\.|La primera palabra\.", html)


def test_every_message_stands_on_one_page_in_its_order(client, enquiry, address):
    write_many(enquiry, 2 * PAGE_MESSAGES + 7)
    pages, asked = [], address
    while asked:
        html = client.get(asked).text
        pages.append(words_of(html))
        more = EARLIER.search(html)
        asked = f"{address}{more[1]}" if more else ""
    assert [len(words) for words in pages] == [PAGE_MESSAGES, PAGE_MESSAGES, 7 + 1]
    shown = [word for words in reversed(pages) for word in words]
    assert shown == ["La primera palabra.", *(f"Palabra {one:03}." for one in range(2 * PAGE_MESSAGES + 7))]


def test_a_thread_of_one_page_has_no_links(client, enquiry, address):
    write_many(enquiry, PAGE_MESSAGES)
    html = client.get(address).text
    assert "Earlier messages" not in html and "Newest messages" not in html


def test_a_long_thread_costs_as_many_queries_as_one_message(client, enquiry, address):
    counts = []
    for more in (1, 59):
        write_many(enquiry, more)
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_the_rest_of_the_page_is_the_same_on_each(client, enquiry, address):
    asking.quote(enquiry)
    write_many(enquiry, PAGE_MESSAGES + 1)
    client.get(address)
    newest = client.get(address)
    earlier = client.get(f"{address}{earlier_in(newest.text)}")
    assert "Newest messages" in earlier.text and "Earlier messages" not in earlier.text
    for name in ("standing", "owed", "closed", "is_open", "own_block", "quotation", "may_withdraw"):
        assert earlier.context.get(name) == newest.context.get(name), name
    if (seen := newest.context["form"].fields.get("seen")) is not None:
        assert earlier.context["form"].fields["seen"].initial == seen.initial == enquiry.messages.last().pk


def test_a_position_that_nobody_gave_out_leads_to_the_newest(client, enquiry, address):
    write_many(enquiry, PAGE_MESSAGES + 1)
    other = asking.an_enquiry(enquiry.importer)
    write_many(other, PAGE_MESSAGES + 1)
    foreign = earlier_in(client.get(address).text)
    assert client.get(f"{address}?after=forged", follow=True).redirect_chain == [(address, 302)]
    assert client.get(address.replace(str(enquiry.pk), str(other.pk)) + foreign).status_code in (302, 404)


def test_what_came_while_an_earlier_page_was_read_stays_unread_and_is_shown_before_it_is_answered(client, enquiry):
    member = asking.member_of(enquiry.producer)
    client.force_login(member)
    address = reverse("desk_enquiry", args=[enquiry.pk])
    write_many(enquiry, PAGE_MESSAGES + 1)
    older = f"{address}{earlier_in(client.get(address).text)}"
    enquiry.write(Said(text="Que sean 800.", language="es"), side=Side.IMPORTER, by=enquiry.importer.user)

    form = client.get(older).context["form"]
    enquiry.refresh_from_db()
    assert enquiry.is_unread_by(Side.PRODUCER)
    said = {"kind": "text", "text": "Baik.", "language": "id", "seen": form["seen"].value()}
    refused = client.post(older, said)
    assert refused.status_code == 409 and "Que sean 800." in refused.text and "Baik." in refused.text
    again = client.post(older, {**said, "seen": refused.context["form"]["seen"].value()})
    assert again.status_code == 302 and again["Location"] == f"{address}#main"


def test_by_api_the_newest_come_first_and_each_once(enquiry):
    from rest_framework.test import APIClient

    write_many(enquiry, PAGE_MESSAGES + 30)
    for name, detail in (("enquiry_detail", "enquiries"), ("desk_enquiry", "my/enquiries")):
        api = APIClient()
        api.force_authenticate(reader_of(enquiry, name))
        told = api.get(f"/api/v1/{detail}/{enquiry.pk}/").json()
        assert len(told["messages"]) == PAGE_MESSAGES and told["newest_message"] == enquiry.messages.last().pk
        found, address = [one["id"] for one in reversed(told["messages"])], told["earlier_messages"]
        while address:
            rows = api.get(address).json()
            found, address = [*found, *(one["id"] for one in rows["results"])], rows["next"]
        assert found == list(enquiry.messages.order_by("-pk").values_list("pk", flat=True))
        first = api.get(f"/api/v1/{detail}/{enquiry.pk}/messages/", {"page_size": 3}).json()["results"]
        assert [one["id"] for one in first] == found[:3]
        assert api.get(f"/api/v1/{detail}/{enquiry.pk}/messages/", {"after": "forged"}).status_code == 400


def test_a_quotation_says_in_the_thread_what_it_comes_to(client, enquiry, address):
    counts = []
    for price in ("6.80", "6.50"):
        asking.quote(enquiry, price)
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            html = client.get(address).text
        counts.append(len(asked))
    assert "Total FOB Tanjung Perak" in html and "USD\xa04,080.00" in html and "USD\xa03,900.00" in html
    assert counts[0] == counts[1]

"""Two at once: each message is kept, or its writer is told; a double click has one effect."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from inquiries.models import EnquiryMessage
from tests import asking
from tests import factories as make

pytestmark = pytest.mark.django_db(transaction=True)
SAID = {"kind": "text", "text": "Terima kasih.", "language": "id", "seen": "0"}


def at_once(address, *posts):
    """The statuses of posts (person, data) that arrive together."""
    start = Barrier(len(posts))

    def post(person, data):
        client = Client()
        client.force_login(person)
        start.wait()
        try:
            return client.post(address, data).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(posts)) as threads:
        return Counter(threads.map(lambda pair: post(*pair), posts))


def test_S30_of_two_members_who_answer_at_once_the_second_is_told():
    enquiry = asking.an_enquiry()
    members = [make.MembershipFactory(producer=enquiry.producer).user for _number in range(2)]
    address = reverse("desk_enquiry", args=[enquiry.pk])
    assert at_once(address, *((member, SAID) for member in members)) == {302: 1, 409: 1}
    assert EnquiryMessage.objects.count() == 1


def test_two_who_write_without_saying_what_they_saw_are_both_kept():
    enquiry = asking.an_enquiry()
    members = [make.MembershipFactory(producer=enquiry.producer).user for _number in range(2)]
    address = reverse("desk_enquiry", args=[enquiry.pk])
    assert at_once(address, *((member, SAID | {"seen": ""}) for member in members)) == {302: 2}
    assert EnquiryMessage.objects.count() == 2


def test_a_double_click_at_once_answers_once():
    enquiry = asking.an_enquiry()
    member, data = asking.member_of(enquiry.producer), SAID | {"submission_key": "one"}
    address = reverse("desk_enquiry", args=[enquiry.pk])
    assert at_once(address, (member, data), (member, data)) == {302: 2}
    assert EnquiryMessage.objects.count() == 1


def test_an_answer_and_a_withdrawal_at_once_leave_one_truth():
    enquiry = asking.an_enquiry()
    member = asking.member_of(enquiry.producer)
    start = Barrier(2)

    def press(person, address, data):
        client = Client()
        client.force_login(person)
        start.wait()
        try:
            return client.post(address, data).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        answer = threads.submit(press, member, reverse("desk_enquiry", args=[enquiry.pk]), SAID)
        end = threads.submit(press, enquiry.importer.user, reverse("enquiry_withdraw", args=[enquiry.pk]), {})
        statuses = (answer.result(), end.result())
    enquiry.refresh_from_db()
    assert enquiry.state == "withdrawn" and enquiry.turn == "nobody"
    assert statuses in {(302, 302), (409, 302)}
    assert EnquiryMessage.objects.count() == (1 if statuses[0] == 302 else 0)

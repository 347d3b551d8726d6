"""The importer takes an enquiry back."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests import asking

pytestmark = pytest.mark.django_db


@pytest.fixture
def enquiry(client):
    row = asking.an_enquiry()
    client.force_login(row.importer.user)
    return row


def address(enquiry):
    return reverse("enquiry_withdraw", args=[enquiry.pk])


def test_it_is_withdrawn_with_its_reason_however_often_it_is_pressed(client, enquiry):
    assert "Withdraw the enquiry" in client.get(address(enquiry)).text
    assert [client.post(address(enquiry), {"why": "Ya no."}).status_code for _press in range(2)] == [302, 302]
    enquiry.refresh_from_db()
    assert (enquiry.state, enquiry.closing_note) == ("withdrawn", "Ya no.")


def test_too_long_a_reason_is_kept_and_named(client, enquiry):
    response = client.post(address(enquiry), {"why": "x" * 501})
    assert response.status_code == 422 and "x" * 501 in response.text
    enquiry.refresh_from_db()
    assert enquiry.state == "sent"


def test_a_closed_one_leads_back_and_cannot_be_withdrawn(client, enquiry):
    asking.quote(enquiry)
    enquiry.accept(by=enquiry.importer.user, version=1)
    assert client.get(address(enquiry)).status_code == 302
    assert client.post(address(enquiry), {}).status_code == 409

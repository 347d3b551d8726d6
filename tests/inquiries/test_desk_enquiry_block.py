"""A producer blocks an importer, and takes their enquiries again."""

from __future__ import annotations

import pytest
from django.urls import reverse

from accounts.workflow import Refused
from inquiries.models import SenderBlock
from tests import asking

pytestmark = pytest.mark.django_db


@pytest.fixture
def enquiry(client):
    row = asking.an_enquiry()
    client.force_login(asking.member_of(row.producer))
    return row


def test_it_is_asked_once_more_and_then_no_new_enquiry_comes(client, enquiry):
    address = reverse("desk_enquiry_block", args=[enquiry.pk])
    assert f"Block {enquiry.importer.company}?" in client.get(address).text
    assert not SenderBlock.objects.exists()
    for _press in range(2):
        assert client.post(address, {"do": "block", "why": "Spam"}).status_code == 302
    block = SenderBlock.objects.get()
    assert (block.importer, block.producer, block.why) == (enquiry.importer, enquiry.producer, "Spam")
    assert "You blocked this importer" in client.get(reverse("desk_enquiry", args=[enquiry.pk])).text
    with pytest.raises(Refused):
        asking.an_enquiry(enquiry.importer, enquiry.lines.get().product)


def test_a_block_is_lifted_on_the_same_page(client, enquiry):
    address = reverse("desk_enquiry_block", args=[enquiry.pk])
    client.post(address, {"do": "block"})
    assert "again?" in client.get(address).text
    for _press in range(2):
        assert client.post(address, {"do": "lift"}).status_code == 302
    assert not SenderBlock.objects.in_force().exists()


def test_what_is_wrong_is_named_and_blocks_nobody(client, enquiry):
    address = reverse("desk_enquiry_block", args=[enquiry.pk])
    assert client.post(address, {"do": "burn"}).status_code == 422
    assert client.post(address, {"do": "block", "why": "x" * 501}).status_code == 422
    assert not SenderBlock.objects.exists()

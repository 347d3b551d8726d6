from __future__ import annotations

import pytest
from django.urls import reverse

from tests import factories as make

pytestmark = pytest.mark.django_db


def test_a_member_sees_a_draft_profile_as_the_public_will(client):
    member = make.MembershipFactory(producer__state="draft", producer__trade_name="Sandal Baru")
    client.force_login(member.user)
    page = client.get(reverse("producer_preview", args=[member.producer_id]))
    assert page.status_code == 200 and "Sandal Baru" in page.content.decode()
    assert page.context["producer"] == member.producer


def test_the_preview_shows_no_more_than_the_public_page(client):
    member = make.MembershipFactory(
        producer__state="listed",
        producer__slug="sandal-baru",
        producer__nib="1234567890123",
        producer__npwp="012345678901234",
        producer__contact_phone="+6281234567890",
        producer__contact_email="ibu@example.test",
        producer__address="Jalan Surodinawan 12",
    )
    client.force_login(member.user)
    for address in (
        reverse("producer_preview", args=[member.producer_id]),
        reverse("producer_detail", args=["sandal-baru"]),
    ):
        page = client.get(address).content.decode()
        for private in ("1234567890123", "012345678901234", "81234567890", "ibu@example.test", "Surodinawan"):
            assert private not in page, (address, private)

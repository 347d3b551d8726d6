from __future__ import annotations

import pytest
from django.test import Client

from tests.exporters.certificates import LIST
from tests.factories import (
    CertificateFactory,
    OfficerScopeFactory,
)


def test_the_list_shows_ones_own_with_their_state_in_words(desk: Client, owner):
    mine = owner.producers.get()
    CertificateFactory.create(producer=mine, verified=True, number="OWN-1")
    CertificateFactory.create(producer=mine, verified=True, expired=True, number="OWN-2")
    CertificateFactory.create(producer=mine, rejected=True, number="OWN-3")
    CertificateFactory.create(number="FOREIGN")
    page = desk.get(LIST).content.decode()
    for words in ("OWN-1", "OWN-2", "OWN-3", "verified", "expired", "rejected", "The scan cannot be read."):
        assert words in page
    assert "FOREIGN" not in page


def test_an_officer_sees_the_certificates_of_their_regencies_only(client: Client, db):
    CertificateFactory.create(number="OURS")
    CertificateFactory.create(number="THEIRS", producer__regency__code="35.78", producer__regency__name="Kota Surabaya")
    client.force_login(OfficerScopeFactory.create().user)
    page = client.get(LIST).content.decode()
    assert "OURS" in page
    assert "THEIRS" not in page


@pytest.mark.parametrize("rows", [1, 12])
def test_the_list_asks_the_database_as_often_for_twelve_as_for_one(
    desk: Client, owner, rows, django_assert_max_num_queries
):
    CertificateFactory.create_batch(rows, producer=owner.producers.get())
    with django_assert_max_num_queries(6):
        assert desk.get(LIST).content.decode().count("orow-tools") == rows


def test_S27_the_list_goes_on_by_a_signed_position_and_forgives_a_forged_one(desk: Client, owner):
    CertificateFactory.create_batch(27, producer=owner.producers.get())
    first = desk.get(LIST)
    assert first.content.decode().count("orow-tools") == 25
    second = desk.get(LIST + first.context["next_url"])
    assert second.content.decode().count("orow-tools") == 2
    forged = desk.get(f"{LIST}?view=history&after=forged")
    assert (forged.status_code, forged["Location"]) == (302, f"{LIST}?view=history")

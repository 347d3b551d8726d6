from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEntry, Letter
from markets.models import MarketListing
from tests import factories as make

MINE = "/api/v1/my/listings/"


@pytest.fixture
def proposed(db):
    return make.MarketListingFactory(
        proposed=True, decided_by=make.UserFactory(mission=True), pitch={"es": "Para el verano"}
    )


@pytest.fixture
def member(proposed):
    return make.MembershipFactory(producer=proposed.product.producer).user


@pytest.fixture
def desk(member, client_of):
    return client_of(member)


def test_what_waits_for_an_answer_is_told(desk, proposed):
    make.MarketListingFactory(listed=True, product=proposed.product, market=make.MarketFactory(iso2="PE"))
    make.MarketListingFactory(proposed=True)
    [told] = desk.get(MINE, {"state": "proposed"}).json()["results"]
    assert told == desk.get(f"{MINE}{proposed.pk}/").json()
    assert (told["id"], told["market"], told["state"]) == (proposed.pk, "CL", "proposed")
    assert told["product"]["id"] == proposed.product_id and told["pitch"] == {"es": "Para el verano"}
    assert len(desk.get(MINE).json()["results"]) == 2


def test_accepting_lists_the_product_and_asking_twice_is_refused(desk, proposed, member):
    told = desk.post(f"{MINE}{proposed.pk}/accept/")
    assert told.status_code == 200 and told.json()["state"] == "listed"
    assert list(MarketListing.objects.public()) == [proposed]
    for verb in ("accept", "refuse"):
        again = desk.post(f"{MINE}{proposed.pk}/{verb}/")
        assert again.status_code == 409 and again.json()["code"] == "transition_not_allowed"
    assert AuditEntry.objects.get(verb="accept").by_id == member.pk


def test_refusing_tells_the_mission_why(desk, proposed):
    told = desk.post(f"{MINE}{proposed.pk}/refuse/", {"why": " Stok habis.\u200b"}).json()
    assert (told["state"], told["decline_reason"], told["decline_note"]) == ("declined", "producer", "Stok habis.")
    assert "Stok habis." in Letter.objects.get(recipient=proposed.decided_by).body


def test_too_long_a_reason_is_said_and_changes_nothing(desk, proposed):
    refused = desk.post(f"{MINE}{proposed.pk}/refuse/", {"why": "x" * 501})
    assert refused.status_code == 400 and set(refused.json()["fields"]) == {"why"}
    proposed.refresh_from_db()
    assert proposed.state == "proposed"


@pytest.mark.parametrize("verb", ["accept", "refuse"])
def test_only_members_of_the_producer_answer(client_of, proposed, verb):
    officer = make.OfficerScopeFactory(regency=proposed.product.producer.regency).user
    for stranger in (officer, make.MembershipFactory().user):
        assert client_of(stranger).post(f"{MINE}{proposed.pk}/{verb}/").status_code == 404
        assert client_of(stranger).get(MINE).json()["results"] == []
    proposed.refresh_from_db()
    assert proposed.state == "proposed"


def test_a_page_takes_the_same_queries_however_many_rows(desk, proposed, django_assert_num_queries):
    desk.get(MINE)
    with CaptureQueriesContext(connection) as one:
        desk.get(MINE)
    for number in range(11):
        product = make.ProductFactory(published=True, producer=proposed.product.producer)
        make.MarketListingFactory(listed=True, product=product, rank=number + 1)
    with django_assert_num_queries(len(one)):
        assert len(desk.get(MINE).json()["results"]) == 12

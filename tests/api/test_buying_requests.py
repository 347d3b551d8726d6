"""Buying requests by API alone: asked, approved, invited, offered, passed on, closed."""

from __future__ import annotations

import pytest

from inquiries.models import BuyingRequest, Enquiry, Match
from tests import factories as make
from tests.catalog.products import published
from tests.inquiries.test_offers import offers

pytestmark = pytest.mark.django_db
MINE, STAFF, DESK = "/api/v1/buying-requests/", "/api/v1/requests/", "/api/v1/my/requests/"


def wanted(**said: object) -> dict[str, object]:
    make.UnitFactory()
    usual = {
        "title": "Sandalias de cuero",
        "quantity": "3000",
        "unit": "PR",
        "frequency": "month",
        "country": "CL",
        "deadline": make.in_days(60).isoformat(),
        "language": "es",
    }
    return usual | said


def an_offer(**said: object) -> dict[str, object]:
    make.IncotermFactory()
    usual = {
        "quantity": "3000", "unit_price": "6.80", "currency": "USD", "incoterm": "FOB", "place": "Tanjung Perak",
        "valid_until": make.in_days(30).isoformat(), "lead_time_days": 35, "payment_terms": "tt_deposit",
        "deposit_percent": 30, "note": "Contoh siap.", "language": "id",
    }  # fmt: skip
    return usual | said


@pytest.fixture
def importer(people, client_of):
    return client_of(people["importer"])


@pytest.fixture
def mission(people, client_of):
    return client_of(people["mission_own"])


def test_from_the_request_to_the_offer_by_api_alone(people, importer, mission, client_of):
    product = published(target_markets=["CL"])
    member = client_of(make.MembershipFactory(producer=product.producer).user)
    commodity = product.commodity.slug
    made = importer.post(MINE, wanted(commodity=commodity, hs="6403.99", certificates=[]), format="json")
    assert made.status_code == 201, made.content
    pk = made.json()["id"]

    (waiting,) = mission.get(STAFF, {"state": "submitted"}).json()["results"]
    assert waiting["id"] == pk and waiting["commodity"] == commodity and waiting["hs"] == "640399"
    assert member.get(DESK).json()["results"] == []
    opened = mission.post(f"{STAFF}{pk}/approve/", {"seen_version": 1}, format="json").json()
    (match,) = opened["matches"]
    assert opened["state"] == "open" and match["product"]["slug"] == product.slug
    assert {"code": "commodity", "text": "It is what was asked for: Leather sandals."} in match["reasons"]
    invited = mission.post(f"{STAFF}{pk}/invite/", {"matches": [match["id"]]}, format="json").json()
    assert invited["matches"][0]["state"] == "invited"

    (asked,) = member.get(DESK, {"state": "invited"}, HTTP_ACCEPT_LANGUAGE="id").json()["results"]
    assert asked["request"]["company"] == "Calzados del Sur" and asked["request"]["title"] == "Sandalias de cuero"
    assert people["importer"].email not in str(asked)
    offered = member.post(f"{DESK}{asked['id']}/offer/", an_offer(), format="json")
    assert offered.status_code == 201 and offered.json()["waits"] is False

    (offer,) = importer.get(f"{MINE}{pk}/").json()["offers"]
    assert (
        offer["enquiry"] == offered.json()["enquiry"] and offer["incoterm"] == "FOB" and offer["lead_time_days"] == 35
    )
    closed = importer.post(f"{MINE}{pk}/close/", {"outcome": "ordered"}, format="json").json()
    assert (closed["state"], closed["outcome"]) == ("closed", "ordered")


class TestImporter:
    def test_the_same_key_asks_once_and_another_body_is_refused(self, importer):
        key = {"HTTP_IDEMPOTENCY_KEY": "one"}
        first = importer.post(MINE, wanted(), format="json", **key)
        again = importer.post(MINE, wanted(), format="json", **key)
        assert first.json()["id"] == again.json()["id"] and BuyingRequest.objects.count() == 1
        assert importer.post(MINE, wanted(title="Botas"), format="json", **key).status_code == 422

    @pytest.mark.parametrize(
        ("wrong", "field"),
        [
            ({"deadline": make.in_days(181).isoformat()}, "deadline"),
            ({"unit": "ZZZ"}, "unit"),
            ({"quantity": "2.5"}, "quantity"),
            ({"country": "zz"}, "country"),
            ({"hs": "12345"}, "hs"),
            ({"commodity": "unknown"}, "commodity"),
            ({"certificates": ["UNKNOWN"]}, "certificates"),
            ({"target_price": "7"}, "currency"),
            ({"title": "12345"}, "title"),
        ],
    )
    def test_what_is_wrong_is_named(self, importer, wrong, field):
        answer = importer.post(MINE, wanted(**wrong), format="json")
        assert answer.status_code == 400 and field in answer.json()["fields"], answer.content

    def test_a_list_goes_on_by_after_and_holds_ones_own(self, people, importer):
        for _one in range(3):
            make.BuyingRequestFactory(importer=people["importer"].importer)
        make.BuyingRequestFactory()
        first = importer.get(MINE, {"page_size": 2}).json()
        assert len(first["results"]) == 2 and len(importer.get(first["next"]).json()["results"]) == 1
        assert importer.get(MINE, {"after": "forged"}).status_code == 400
        assert importer.get(MINE, {"state": "sleeping"}).status_code == 400

    def test_it_is_withdrawn_once(self, people, importer):
        row = make.BuyingRequestFactory(importer=people["importer"].importer)
        assert importer.post(f"{MINE}{row.pk}/withdraw/").json()["state"] == "withdrawn"
        again = importer.post(f"{MINE}{row.pk}/withdraw/")
        assert again.status_code == 409 and again.json()["code"] == "transition_not_allowed"

    def test_five_offers_at_a_time(self, people, importer):
        row = make.BuyingRequestFactory(importer=people["importer"].importer, opened=True)
        offers(row, 10, 20, 30, 40, 50, 60)
        assert len(importer.get(f"{MINE}{row.pk}/").json()["offers"]) == 5

    def test_queries_do_not_grow_with_the_rows(self, people, importer, django_assert_max_num_queries):
        for _one in range(12):
            make.BuyingRequestFactory(importer=people["importer"].importer)
        with django_assert_max_num_queries(6):
            importer.get(MINE)

    def test_who_is_no_importer_has_none(self, people, client_of):
        assert client_of(people["own_producer"]).get(MINE).status_code == 403

    def test_a_token_without_the_scope_opens_nothing(self, people, client_of):
        desk = client_of(people["importer"], scopes=["desk:write"])
        assert desk.get(MINE).json()["code"] == "scope_missing"


class TestStaff:
    def test_a_decision_names_the_version_that_was_seen(self, mission):
        row = make.BuyingRequestFactory(version=2)
        answer = mission.post(f"{STAFF}{row.pk}/approve/", {"seen_version": 1}, format="json")
        assert answer.status_code == 409 and answer.json()["code"] == "request_moved"

    def test_rejecting_needs_a_reason_of_ours(self, mission):
        row = make.BuyingRequestFactory()
        address = f"{STAFF}{row.pk}/reject/"
        assert mission.post(address, {"seen_version": 1, "reason": "mood"}, format="json").status_code == 400
        told = mission.post(address, {"seen_version": 1, "reason": "small"}, format="json").json()
        assert (told["state"], told["reject_reason"]) == ("rejected", "small")

    def test_only_matches_of_the_request_are_invited(self, mission):
        row, other = make.BuyingRequestFactory(opened=True), make.MatchFactory()
        answer = mission.post(f"{STAFF}{row.pk}/invite/", {"matches": [other.pk]}, format="json")
        assert answer.status_code == 400 and Match.objects.get().state == "proposed"

    def test_who_cannot_be_invited_is_said(self, mission):
        match = make.MatchFactory(product=make.ProductFactory(retired=True))
        answer = mission.post(f"{STAFF}{match.request_id}/invite/", {"matches": [match.pk]}, format="json")
        assert answer.status_code == 409 and answer.json()["code"] == "product_not_public"


class TestProducer:
    @pytest.fixture
    def match(self):
        return make.MatchFactory(invited=True)

    @pytest.fixture
    def member(self, match, client_of):
        return client_of(make.MembershipFactory(producer=match.product.producer).user)

    def test_an_offer_sent_twice_is_one(self, match, member):
        key, address = {"HTTP_IDEMPOTENCY_KEY": "one"}, f"{DESK}{match.pk}/offer/"
        first = member.post(address, an_offer(), format="json", **key)
        assert member.post(address, an_offer(), format="json", **key).json() == first.json()
        assert Enquiry.objects.count() == 1
        assert member.post(address, an_offer(), format="json").status_code == 409

    def test_what_is_wrong_in_an_offer_is_named(self, match, member):
        answer = member.post(f"{DESK}{match.pk}/offer/", an_offer(incoterm="XXX", deposit_percent=None), format="json")
        assert set(answer.json()["fields"]) == {"incoterm", "deposit_percent"}

    def test_passing_on_says_why(self, match, member):
        told = member.post(f"{DESK}{match.pk}/pass-on/", {"reason": "price"}, format="json").json()
        assert (told["state"], told["pass_reason"]) == ("passed", "price")

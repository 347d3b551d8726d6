"""Campaigns in the API: started once, in one's own markets, through the form of the desk; ended for good."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEntry, Scope
from promotion.models import Campaign, CampaignDay
from tests import factories as make
from tests.markets.collections import offered

pytestmark = pytest.mark.django_db
LIST = "/api/v1/campaigns/"


@pytest.fixture
def staff():
    post = make.MissionStaffFactory()
    make.AccreditationFactory(mission=post.mission)
    return post.user


def at(campaign, verb=""):
    return f"{LIST}{campaign.code}/{verb}{'/' if verb else ''}"


def names(answer):
    assert answer.status_code == 200, answer.content
    return [one["name"] for one in answer.json()["results"]]


class TestStarting:
    def test_it_gets_a_short_link_in_the_name_of_the_first_own_mission(self, client_of, staff):
        product = offered("Sandals")
        told = client_of(staff).post(LIST, {"name": "Feria", "market": "cl", "product": product.slug})
        assert told.status_code == 201
        campaign = Campaign.objects.get()
        assert told.json()["short_url"] == campaign.short_url
        assert (told.json()["mission"], told.json()["product"]) == ("KBRI-SCL", product.slug)
        assert (told.json()["state"], told.json()["visits"]) == ("running", 0)
        assert AuditEntry.objects.get(object_type="promotion.campaign").verb == "start"

    def test_it_may_lead_to_a_collection_or_be_of_a_named_mission(self, client_of, staff):
        collection = make.CollectionFactory(published=True, products=[offered("Sandals")])
        sent = {"name": "Feria", "market": "CL", "collection": collection.slug, "mission": "KBRI-SCL"}
        told = client_of(staff).post(LIST, sent).json()
        assert (told["collection"], told["mission"]) == (collection.slug, "KBRI-SCL")

    @pytest.mark.parametrize(
        ("wrong", "field"),
        [
            ({"market": "BR"}, "market"),
            ({"market": "ZZ"}, "market"),
            ({"mission": "KBRI-BSB"}, "mission"),
            ({"product": "nowhere"}, "product"),
            ({"collection": "their-sandals"}, "collection"),
            ({"name": "123"}, "name"),
            ({"name": "x" * 81}, "name"),
            ({"colour": "red"}, "colour"),
        ],
    )
    def test_what_cannot_be_is_told_beside_its_field(self, client_of, staff, wrong, field):
        brazil = make.MarketFactory(iso2="BR")
        make.MissionFactory(code="KBRI-BSB")
        make.CollectionFactory(published=True, slug="their-sandals", market=brazil)
        answer = client_of(staff).post(LIST, {"name": "Feria", "market": "CL", **wrong})
        assert answer.status_code == 400 and field in answer.json()["fields"]
        assert not Campaign.objects.exists()

    def test_the_second_of_a_name_is_refused_and_a_call_sent_twice_is_one(self, client_of, staff):
        client, sent = client_of(staff), {"name": "Feria", "market": "CL"}
        first, again = (client.post(LIST, sent, HTTP_IDEMPOTENCY_KEY="k1") for _time in range(2))
        assert first.json() == again.json() and first.status_code == again.status_code == 201
        refused = client.post(LIST, sent)
        assert (refused.status_code, refused.json()["code"]) == (409, "campaign_exists")
        assert Campaign.objects.count() == 1


class TestReading:
    def test_the_list_is_narrowed_and_sorted(self, client_of, staff):
        client, mission = client_of(staff), staff.mission_posts.get().mission
        beta, alpha = make.CampaignFactory(name="Beta"), make.CampaignFactory(name="Alpha", mission=mission)
        make.CampaignFactory(name="Ajena", market__iso2="BR")
        CampaignDay.add(beta.pk, make.in_days(0), visits=3)
        alpha.end(by=staff)
        assert names(client.get(LIST)) == ["Alpha", "Beta"]
        assert names(client.get(LIST, {"sort": "oldest"})) == ["Beta", "Alpha"]
        assert names(client.get(LIST, {"sort": "name"})) == ["Alpha", "Beta"]
        assert names(client.get(LIST, {"sort": "visits"})) == ["Beta", "Alpha"]
        assert (
            names(client.get(LIST, {"state": "ended"})) == names(client.get(LIST, {"mission": "KBRI-SCL"})) == ["Alpha"]
        )
        assert names(client.get(LIST, {"market": "CL", "state": "running"})) == ["Beta"]
        for wrong in ({"market": "BR"}, {"state": "x"}, {"sort": "x"}, {"mission": "x"}, {"colour": "red"}):
            assert client.get(LIST, wrong).status_code == 400

    @pytest.mark.parametrize("sort", ["newest", "oldest", "name", "visits"])
    def test_each_order_goes_on_where_the_page_before_ended(self, client_of, staff, sort):
        client = client_of(staff)
        for number in range(5):
            CampaignDay.add(make.CampaignFactory(name=f"C{number}").pk, make.in_days(0), visits=number // 2)
        whole, page = names(client.get(LIST, {"sort": sort})), client.get(LIST, {"sort": sort, "page_size": 2})
        found = names(page)
        while page.json()["next"]:
            page = client.get(page.json()["next"])
            found += names(page)
        assert found == whole and len(found) == 5

    def test_queries_do_not_grow_with_the_rows(self, client_of, staff, django_assert_num_queries):
        client = client_of(staff)
        make.CampaignFactory(product=offered("Sandals"))
        client.get(LIST)
        with CaptureQueriesContext(connection) as one:
            client.get(LIST)
        for _number in range(11):
            make.CampaignFactory(product=make.ProductFactory(published=True))
        with django_assert_num_queries(len(one.captured_queries)):
            assert len(names(client.get(LIST))) == 12

    def test_each_day_has_its_figures(self, client_of, staff):
        campaign = make.CampaignFactory()
        Campaign.objects.update(started_at=f"{make.in_days(-2)}T00:00:00Z")
        CampaignDay.add(campaign.pk, make.in_days(-1), visits=5, enquiries=1)
        told = client_of(staff).get(at(campaign, "days"), {"days": "90"}).json()
        assert [(day["visits"], day["enquiries"]) for day in told["days"]] == [(0, 0), (5, 1), (0, 0)]
        assert client_of(staff).get(at(campaign, "days"), {"days": "31"}).status_code == 400

    def test_its_code_may_be_written_small(self, client_of, staff):
        campaign = make.CampaignFactory()
        assert client_of(staff).get(f"{LIST}{campaign.code.lower()}/").json()["code"] == campaign.code


class TestEnding:
    def test_it_ends_once_and_a_call_sent_twice_is_one(self, client_of, staff):
        client, campaign = client_of(staff), make.CampaignFactory()
        first, again = (client.post(at(campaign, "end"), HTTP_IDEMPOTENCY_KEY="k1") for _time in range(2))
        assert first.json() == again.json() and first.json()["state"] == "ended" and first.json()["ended_at"]
        refused = client.post(at(campaign, "end"))
        assert (refused.status_code, refused.json()["code"]) == (409, "transition_not_allowed")
        entry = AuditEntry.objects.get(verb="end")
        assert (entry.from_state, entry.to_state, entry.by) == ("running", "ended", staff)


def test_a_mission_cannot_touch_another_market(client_of, staff):
    client, foreign = client_of(staff), make.CampaignFactory(market__iso2="BR")
    assert client.get(at(foreign)).status_code == client.get(at(foreign, "days")).status_code == 404
    assert client.post(at(foreign, "end")).status_code == 404
    foreign.refresh_from_db()
    assert foreign.state == "running"


def test_the_power_and_the_scope_of_the_token_are_asked(client_of, visitor, staff):
    campaign = make.CampaignFactory()
    assert visitor.get(LIST).status_code == visitor.post(at(campaign, "end")).status_code == 401
    assert client_of(make.UserFactory()).get(LIST).status_code == 403
    assert client_of(staff, [Scope.CATALOGUE_READ]).get(LIST).json()["code"] == "scope_missing"

"""Campaigns on the desk: starting one once, in one's own markets only, and what it brought."""

from __future__ import annotations

import csv
import datetime
import io
import re

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEntry
from accounts.workflow import Refused
from promotion import visits
from promotion.campaign_figures import days_of
from promotion.models import Campaign, CampaignDay
from promotion.models.campaign import SIGNS
from tests import factories as make
from tests.markets.collections import offered
from tests.markets.test_races import at_once

pytestmark = pytest.mark.django_db
LIST, START = reverse("admin:campaign_list"), reverse("admin:campaign_start")


def detail(campaign) -> str:
    return reverse("admin:campaign_detail", args=[campaign.pk])


def start(client, **data):
    return client.post(START, {"name": "Feria Lima", "market": "CL", **data})


def test_it_gets_a_code_of_six_signs_and_stands_in_the_trail(client, santiago):
    assert start(client).status_code == 302
    campaign = Campaign.objects.get()
    assert re.fullmatch(f"[{SIGNS}]{{6}}", campaign.code)
    assert str(campaign.mission) == "KBRI Santiago"
    entry = AuditEntry.objects.get(object_type="promotion.campaign")
    assert (entry.verb, entry.by) == ("start", santiago)


def test_the_form_says_in_words_what_an_empty_choice_means(client, santiago):
    page = client.get(reverse("admin:campaign_start")).text
    assert '<option value="CL" selected>' in page and "---" not in page
    assert ">My mission</option>" in page and ">No collection</option>" in page


def test_pressed_twice_there_is_one(client, santiago):
    start(client)
    again = start(client)
    assert again.status_code == 409 and "already" in again.content.decode()
    assert Campaign.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_people_start_the_same_at_once_and_one_is_refused():
    market, people = make.MarketFactory(), [make.UserFactory(), make.UserFactory()]

    def starting(person):
        return lambda: Campaign.objects.start(by=person, name="Feria", market=market)

    assert at_once(*map(starting, people)) == ["campaign_exists", "done"]


def test_a_code_that_is_taken_is_drawn_again(monkeypatch):
    taken = make.CampaignFactory()
    codes = iter([taken.code, "ABCDEF"])
    monkeypatch.setattr("promotion.models.campaign.new_code", lambda: next(codes))
    assert Campaign.objects.start(by=make.UserFactory(), name="Feria", market=taken.market).code == "ABCDEF"


class TestForm:
    def test_it_may_lead_to_a_product_that_is_offered_there(self, client, santiago):
        product = make.ProductFactory(published=True, target_markets=["CL"])
        make.MarketListingFactory(listed=True, product=product)
        start(client, product=f"http://127.0.0.1:8000/es/products/{product.slug}/")
        assert Campaign.objects.get().product == product

    def test_a_product_that_is_not_offered_there_is_refused_and_what_was_typed_stays(self, client, santiago):
        product = make.ProductFactory(published=True, target_markets=["CL"])
        response = start(client, product=product.slug)
        assert response.status_code == 422 and "Feria Lima" in response.content.decode()
        assert not Campaign.objects.exists()

    def test_the_market_of_another_mission_cannot_be_chosen(self, client, santiago):
        make.MarketFactory(iso2="BR")
        assert start(client, market="BR").status_code == 422

    def test_a_mission_that_does_not_cover_the_market_cannot_be_named(self, client, santiago):
        other = make.MissionFactory(code="KBRI-BSB")
        assert start(client, mission=other.pk).status_code == 422
        make.MissionStaffFactory(user=santiago, mission=other)
        assert start(client, mission=other.pk).status_code == 422

    @pytest.mark.parametrize("name", ["", "   ", "x" * 81, "\u202eabc", "123"])
    def test_a_bad_name_is_refused_or_cleaned(self, client, santiago, name):
        response = start(client, name=name)
        if response.status_code == 302:
            assert Campaign.objects.get().name == "abc"
        else:
            assert response.status_code == 422


class TestCollection:
    def test_it_may_lead_to_a_public_collection_and_the_lists_say_so(self, client, santiago):
        collection = make.CollectionFactory(published=True, products=[offered("Sandals")])
        address = f"{START}?market=CL&collection={collection.pk}"
        assert f'value="{collection.pk}" selected' in client.get(address).content.decode()
        start(client, collection=collection.pk)
        campaign = Campaign.objects.get()
        assert campaign.collection == collection and str(collection) in client.get(LIST).content.decode()
        assert str(collection) in client.get(detail(campaign)).content.decode()

    @pytest.mark.parametrize("fields", [{}, {"archived": True}, {"published": True, "market__iso2": "BR"}])
    def test_neither_a_draft_nor_an_archived_one_nor_that_of_another_mission_can_be_chosen(
        self, client, santiago, fields
    ):
        collection = make.CollectionFactory(**fields)
        assert start(client, collection=collection.pk).status_code == 422 and not Campaign.objects.exists()

    def test_one_for_another_market_is_refused_and_one_for_all_is_not(self, client):
        client.force_login(make.UserFactory(ministry=True))
        make.MarketFactory()
        brazil = make.CollectionFactory(published=True, market=make.MarketFactory(iso2="BR"))
        refused = start(client, collection=brazil.pk)
        assert refused.status_code == 422 and "for another market" in refused.content.decode()
        assert start(client, collection=make.CollectionFactory(published=True, market=None).pk).status_code == 302

    def test_a_product_and_a_collection_are_not_both_its_goal(self, client, santiago):
        product = offered("Sandals")
        collection = make.CollectionFactory(published=True, products=[product])
        response = start(client, product=product.slug, collection=collection.pk)
        assert response.status_code == 422 and "not both" in response.content.decode()
        with pytest.raises(IntegrityError, match="promotion_campaign_one_goal"):
            make.CampaignFactory(product=product, collection=collection)

    def test_no_sheet_of_a_product_carries_its_code(self):
        product = offered("Sandals")
        campaign = make.CampaignFactory(collection=make.CollectionFactory(published=True, products=[product]))
        assert not campaign.fits(product)


class TestFigures:
    def test_the_list_shows_own_markets_only_with_their_sums(self, client, santiago):
        mine = make.CampaignFactory(name="Mía")
        make.CampaignFactory(name="Ajena", market__iso2="BR")
        CampaignDay.add(mine.pk, make.in_days(0), visits=3)
        CampaignDay.add(mine.pk, make.in_days(-40), visits=4, enquiries=2)
        page = client.get(LIST).content.decode()
        assert "Mía" in page and "Ajena" not in page
        row = client.get(LIST).context["rows"][0]
        assert (row.recent_visits, row.visits, row.enquiries) == (3, 7, 2)

    def test_queries_do_not_grow_with_the_rows(self, client, santiago, django_assert_num_queries):
        make.CampaignFactory()
        client.get(LIST)
        with CaptureQueriesContext(connection) as one:
            client.get(LIST)
        for _number in range(11):
            make.CampaignFactory(product=make.ProductFactory(published=True))
        with django_assert_num_queries(len(one.captured_queries)):
            assert client.get(LIST).status_code == 200

    def test_each_day_has_its_line_also_one_without_visits(self, client, santiago):
        campaign = make.CampaignFactory()
        Campaign.objects.update(started_at=timezone.now() - datetime.timedelta(days=3))
        CampaignDay.add(campaign.pk, make.in_days(-1), visits=5)
        rows = client.get(detail(campaign)).context["rows"]
        assert [row.visits for row in rows] == [0, 5, 0, 0]

    def test_they_come_as_a_table(self, client, santiago):
        campaign = make.CampaignFactory(name="=Feria")
        CampaignDay.add(campaign.pk, make.in_days(0), visits=5, enquiries=1)
        response = client.get(detail(campaign), {"format": "csv"})
        lines = list(csv.reader(io.StringIO(b"".join(response.streaming_content).decode("utf-8-sig"))))
        assert lines[1] == [make.in_days(0).isoformat(), "'=Feria", campaign.code, "5", "1"]

    def test_a_campaign_of_another_market_is_not_there(self, client, santiago):
        assert client.get(detail(make.CampaignFactory(market__iso2="BR"))).status_code == 404


class TestEnd:
    def test_it_counts_no_more_and_its_link_still_leads_to_the_page(self, client, santiago):
        campaign = make.CampaignFactory()
        response = client.post(reverse("admin:campaign_end", args=[campaign.pk]))
        assert response["Location"] == detail(campaign)
        campaign.refresh_from_db()
        assert campaign.state == "ended" and campaign.ended_at
        visits.note(campaign.code, make.in_days(0))
        assert visits.flush() == 0 and not CampaignDay.objects.exists()
        assert client.get(f"/s/{campaign.code}").status_code == 302
        page = client.get(detail(campaign)).content.decode()
        assert "This campaign has ended" in page and "End the campaign" not in page
        assert "ended" in client.get(LIST).content.decode()

    def test_pressed_twice_it_is_refused_and_stands_in_the_trail_once(self, client, santiago):
        campaign = make.CampaignFactory()
        answers = [client.post(reverse("admin:campaign_end", args=[campaign.pk])).status_code for _time in range(2)]
        assert answers == [302, 409]
        entry = AuditEntry.objects.get(verb="end")
        assert (entry.from_state, entry.to_state, entry.by) == ("running", "ended", santiago)

    @pytest.mark.django_db(transaction=True)
    def test_two_people_end_it_at_once_and_one_is_refused(self):
        campaign, people = make.CampaignFactory(), [make.UserFactory(), make.UserFactory()]

        def ending(person):
            return lambda: Campaign.objects.get(pk=campaign.pk).end(by=person)

        assert at_once(*map(ending, people)) == ["done", "transition_not_allowed"]
        assert AuditEntry.objects.filter(verb="end").count() == 1

    def test_its_days_end_with_it_and_no_sheet_carries_its_code(self, santiago):
        campaign = make.CampaignFactory()
        campaign.end(by=santiago)
        long_ago = timezone.now() - datetime.timedelta(days=9)
        Campaign.objects.update(started_at=long_ago, ended_at=long_ago + datetime.timedelta(days=1))
        campaign.refresh_from_db()
        assert [row.day for row in days_of(campaign, 30)] == [make.in_days(-8), make.in_days(-9)]
        assert not campaign.fits(make.ProductFactory(published=True))


def test_the_same_refusal_is_for_programs_too():
    campaign = make.CampaignFactory()
    with pytest.raises(Refused) as refused:
        Campaign.objects.start(by=make.UserFactory(), name=campaign.name, market=campaign.market)
    assert refused.value.code == "campaign_exists"

"""Documents in the API: asked for, watched, fetched; about one's own markets and collections only."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEntry, Scope
from promotion import making
from promotion.models import Document
from tests import factories as make
from tests.markets.collections import offered

pytestmark = pytest.mark.django_db
LIST = "/api/v1/documents/"
PRICES = {"kind": "price_list", "market": "CL", "language": "es"}


@pytest.fixture
def staff():
    post = make.MissionStaffFactory()
    make.AccreditationFactory(mission=post.mission)
    return post.user


def at(document, verb=""):
    return f"{LIST}{document.pk}/{verb}{'/' if verb else ''}"


def ids(answer):
    assert answer.status_code == 200, answer.content
    return [one["id"] for one in answer.json()["results"]]


class TestAsking:
    def test_from_asking_to_the_file(self, client_of, client, staff):
        offered("Sandals")
        token = client_of(staff)
        told = token.post(LIST, PRICES).json()
        document = Document.objects.get()
        assert (told["state"], told["percent"], told["download_url"]) == ("queued", 0, None)
        assert (told["products"], told["products_done"], told["per_page"]) == (1, 0, 2)
        assert token.get(at(document, "file")).status_code == 404
        making.make_waiting()
        ready = token.get(at(document)).json()
        assert (ready["state"], ready["percent"], ready["products_done"]) == ("ready", 100, 1)
        file = token.get(at(document, "file"))
        assert b"".join(file.streaming_content).startswith(b"%PDF-")
        assert file["Cache-Control"] == "private, no-store" and "attachment" in file["Content-Disposition"]
        client.force_login(staff)
        assert b"".join(client.get(ready["download_url"]).streaming_content).startswith(b"%PDF-")
        client.force_login(make.UserFactory(ministry=True))  # another person's link
        assert client.get(ready["download_url"]).status_code == 302
        assert AuditEntry.objects.filter(verb="download", by=staff).count() == 2

    def test_of_a_collection_with_the_code_of_its_campaign(self, client_of, staff):
        collection = make.CollectionFactory(published=True, products=[offered("Sandals")])
        campaign = make.CampaignFactory(collection=collection)
        sent = {"kind": "collection", "collection": collection.slug, "language": "es", "per_page": 4}
        told = client_of(staff).post(LIST, {**sent, "campaign": campaign.code.lower()}).json()
        assert (told["collection"], told["market"], told["campaign"]) == (collection.slug, None, campaign.code)
        assert told["per_page"] == 4

    @pytest.mark.parametrize(
        ("wrong", "field"),
        [
            ({"market": "BR"}, "market"),
            ({"market": None}, "market"),
            ({"kind": "novel"}, "kind"),
            ({"kind": "collection"}, "collection"),
            ({"kind": "collection", "collection": "their-sandals"}, "collection"),
            ({"language": "xx"}, "language"),
            ({"per_page": 3}, "per_page"),
            ({"campaign": "NWHERE"}, "campaign"),
            ({"colour": "red"}, "colour"),
        ],
    )
    def test_what_cannot_be_is_told_beside_its_field(self, client_of, staff, wrong, field):
        offered("Sandals")
        make.CollectionFactory(slug="their-sandals", market=make.MarketFactory(iso2="BR"))
        answer = client_of(staff).post(LIST, {**PRICES, **wrong})
        assert answer.status_code == 400 and field in answer.json()["fields"]
        assert not Document.objects.exists()

    def test_the_code_of_an_ended_campaign_goes_into_no_document(self, client_of, staff):
        offered("Sandals")
        campaign = make.CampaignFactory()
        campaign.end(by=staff)
        answer = client_of(staff).post(LIST, {**PRICES, "campaign": campaign.code})
        assert answer.status_code == 400 and "campaign" in answer.json()["fields"]

    def test_nothing_offered_is_a_refusal(self, client_of, staff):
        refused = client_of(staff).post(LIST, PRICES)
        assert (refused.status_code, refused.json()["code"]) == (409, "nothing_offered")

    def test_sent_twice_it_is_one(self, client_of, staff):
        offered("Sandals")
        client = client_of(staff)
        first, again = (client.post(LIST, PRICES, HTTP_IDEMPOTENCY_KEY="k1") for _time in range(2))
        assert first.json() == again.json()
        assert client.post(LIST, PRICES).json()["id"] == first.json()["id"]
        assert Document.objects.count() == 1

    def test_a_failed_one_is_made_again(self, client_of, staff):
        client, document = client_of(staff), make.DocumentFactory(state="failed", made_by=staff)
        assert client.post(at(document, "again")).json()["state"] == "queued"
        assert client.post(at(document, "again")).status_code == 409


class TestReading:
    def test_the_list_is_narrowed_and_sorted(self, client_of, staff):
        client = client_of(staff)
        mine = make.DocumentFactory(made_by=staff, language="en", expires_at=f"{make.in_days(3)}T00:00:00Z")
        prices = make.DocumentFactory(ready=True, kind="price_list")
        make.DocumentFactory(market__iso2="BR")
        assert ids(client.get(LIST)) == ids(client.get(LIST, {"market": "CL"})) == [prices.pk, mine.pk]
        assert ids(client.get(LIST, {"sort": "oldest"})) == ids(client.get(LIST, {"sort": "ending"}))
        for one, row in (
            ("state=ready", prices),
            ("kind=price_list", prices),
            ("mine=true", mine),
            ("language=en", mine),
        ):
            assert ids(client.get(f"{LIST}?{one}")) == [row.pk]
        first = client.get(LIST, {"page_size": 1})
        assert ids(first) + ids(client.get(first.json()["next"])) == [prices.pk, mine.pk]
        for wrong in (
            {"market": "BR"},
            {"state": "x"},
            {"kind": "x"},
            {"sort": "x"},
            {"mine": "no"},
            {"language": "x"},
        ):
            assert client.get(LIST, wrong).status_code == 400

    def test_queries_do_not_grow_with_the_rows(self, client_of, staff, django_assert_num_queries):
        client = client_of(staff)
        make.DocumentFactory(ready=True, campaign=make.CampaignFactory())
        client.get(LIST)
        with CaptureQueriesContext(connection) as one:
            client.get(LIST)
        for _number in range(11):
            make.DocumentFactory(ready=True, campaign=make.CampaignFactory())
        with django_assert_num_queries(len(one.captured_queries)):
            assert len(ids(client.get(LIST))) == 12


def test_a_mission_cannot_touch_another_market(client_of, staff):
    client, foreign = client_of(staff), make.DocumentFactory(state="failed", market__iso2="BR")
    assert client.get(at(foreign)).status_code == client.get(at(foreign, "file")).status_code == 404
    assert client.post(at(foreign, "again")).status_code == 404
    foreign.refresh_from_db()
    assert foreign.state == "failed"


def test_the_power_and_the_scope_of_the_token_are_asked(client_of, visitor, staff):
    document = make.DocumentFactory(ready=True)
    assert visitor.get(at(document, "file")).status_code == 401
    assert client_of(make.UserFactory()).get(LIST).status_code == 403
    assert client_of(staff, [Scope.CATALOGUE_READ]).get(at(document, "file")).json()["code"] == "scope_missing"

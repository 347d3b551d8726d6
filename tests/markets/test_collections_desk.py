"""The collections desk: one's collections, a new one, and its verbs."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import AuditEntry
from markets.models import Collection
from tests import factories as make
from tests.markets.collections import offered, page

pytestmark = pytest.mark.django_db
LIST, START = reverse("admin:collections"), reverse("admin:collection_start")


def verb(name, collection):
    return reverse(f"admin:collection_{name}", args=[collection.pk])


def names(response):
    return [str(row) for row in response.context["rows"]]


def test_the_list_shows_the_collections_of_ones_markets_by_state(client, curator):
    for title, fields in (("mine", {}), ("public", {"published": True}), ("old", {"archived": True})):
        make.CollectionFactory(title={"en": title}, products=[offered()], **fields)
    make.CollectionFactory(market=make.MarketFactory(iso2="BR")), make.CollectionFactory(market=None)

    assert names(client.get(LIST)) == ["mine"]
    assert names(client.get(f"{LIST}?view=published")) == ["public"]
    assert names(client.get(f"{LIST}?view=archived")) == ["old"]
    assert names(client.get(f"{LIST}?view=published&q=nothing")) == []
    assert names(client.get(f"{LIST}?view=published&q=PUBL")) == ["public"]


def test_the_desk_menu_leads_there_for_curators_only(client, curator):
    assert f'href="{LIST}"' in client.get(reverse("admin:index")).content.decode()


def test_the_list_goes_on_and_costs_the_same(client, curator):
    make.CollectionFactory(products=[offered()])
    client.get(LIST)
    with CaptureQueriesContext(connection) as one:
        client.get(LIST)
    for number in range(25):
        make.CollectionFactory(title={"en": f"Collection {number}"})
    with CaptureQueriesContext(connection) as many:
        first = client.get(LIST)

    assert len(one) == len(many)
    assert len(names(first)) == 24
    assert len(names(client.get(LIST + first.context["next_url"]))) == 2
    assert "does not exist" in client.get(f"{LIST}?after=forged").content.decode()


def test_a_draft_is_begun_once_however_often_the_form_is_sent(client, curator):
    mission = curator.mission_posts.get().mission
    form = client.get(START).context["form"]
    typed = {
        "title_en": "Sandals for summer", "market": "CL", "mission": str(mission.pk),
        "submission_key": form["submission_key"].value(),
    }  # fmt: skip

    answers = [client.post(START, typed) for _time in range(2)]

    made = Collection.objects.get()
    assert [answer["Location"] for answer in answers] == [reverse("admin:collection_edit", args=[made.pk])] * 2
    assert (made.market_id, made.mission, made.created_by, made.state) == ("CL", mission, curator, "draft")


@pytest.mark.parametrize(
    "wrong", [{"market": "BR"}, {"market": ""}, {"mission": ""}, {"mission": "999"}, {"title_en": ""}]
)
def test_a_mission_begins_only_in_its_own_market(client, curator, wrong):
    make.MarketFactory(iso2="BR")
    typed = {"title_en": "X", "market": "CL", "mission": str(curator.mission_posts.get().mission_id)}

    response = client.post(START, typed | wrong)

    assert response.status_code == 422 and not Collection.objects.exists()


def test_the_ministry_begins_one_for_all_and_no_mission_where_it_is_not_accredited(client, curator):
    client.force_login(make.UserFactory(ministry=True))
    make.MarketFactory(iso2="BR")
    mission = curator.mission_posts.get().mission

    refused = client.post(START, {"title_en": "X", "market": "BR", "mission": str(mission.pk)})
    done = client.post(START, {"title_en": "X", "market": "", "mission": ""})

    assert refused.status_code == 422 and "does not cover" in refused.content.decode()
    assert done.status_code == 302 and Collection.objects.get().market is None


def test_without_a_draft_the_list_begins_with_what_is_public(client, curator):
    assert client.get(LIST).context["view"] == "draft"
    make.CollectionFactory(title={"en": "public"}, published=True)
    assert names(client.get(LIST)) == ["public"]


def test_archive_and_publish_again(client, curator):
    collection = make.CollectionFactory(published=True, products=[offered()])

    assert client.post(verb("archive", collection), {"why": "The fair is over."}).status_code == 302
    assert client.post(verb("archive", collection)).status_code == 409
    collection.refresh_from_db()
    assert collection.state == "archived" and AuditEntry.objects.get(verb="archive").why == "The fair is over."
    assert client.post(verb("reopen", collection)).status_code == 302
    assert client.post(verb("reopen", collection)).status_code == 409
    collection.refresh_from_db()
    assert collection.state == "published"


@pytest.mark.parametrize(
    ("traits", "told"),
    [({}, "A preview: this collection is not public"), ({"published": True}, "A preview of what is public now")],
)
def test_a_preview_says_whether_the_public_sees_it(client, curator, traits, told):
    assert told in client.get(verb("look", make.CollectionFactory(products=[offered()], **traits))).text


def test_a_preview_link_is_made_shown_to_copy_and_ended(client, curator):
    collection = make.CollectionFactory(products=[offered()])
    edit = reverse("admin:collection_edit", args=[collection.pk])

    client.post(verb("share", collection))
    link = client.get(edit).context["preview_url"]
    assert f'data-copy="{link}"' in client.get(edit).content.decode()
    path = "/en/" + link.split("/", 4)[4]
    client.logout()
    page(client, path)
    client.force_login(curator)
    client.post(verb("unshare", collection))
    client.post(verb("unshare", collection))

    page(client, path, 410)
    assert client.get(edit).context["preview_url"] == ""
    assert list(AuditEntry.objects.order_by("pk").values_list("verb", flat=True)) == ["share", "unshare"]


def test_what_is_saved_can_be_looked_at_before_it_is_public(client, curator):
    collection = make.CollectionFactory(products=[offered("Teak clogs")])

    response = client.get(verb("look", collection))

    assert "Teak clogs" in response.content.decode() and "no-store" in response["Cache-Control"]


def test_who_changed_one_is_called_by_the_office(client, curator):
    make.CollectionFactory(
        market=make.MarketFactory(iso2="CL"), changed_by=make.UserFactory(ministry=True, name="Sari")
    )
    html = client.get(LIST).text
    assert "the ministry" in html and "Sari" not in html

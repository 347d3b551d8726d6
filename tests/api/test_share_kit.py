"""The share kit in the API: drafts from the product's own facts, and the texts that colleagues keep."""

from __future__ import annotations

import pytest

from accounts.models import AuditEntry, Scope
from promotion.models import ShareText
from tests import factories as make
from tests.markets.collections import offered

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff():
    post = make.MissionStaffFactory()
    make.AccreditationFactory(mission=post.mission)
    return post.user


@pytest.fixture
def product():
    return offered("Sandals")


def kit(product, iso2="CL"):
    return f"/api/v1/markets/{iso2}/listings/{product.slug}/share/"


def by_language(answer):
    assert answer.status_code == 200, answer.content
    return {one["language"]: one for one in answer.json()["texts"]}


def test_a_draft_stands_in_each_language_of_the_market(client_of, staff, product):
    answer = client_of(staff).get(kit(product))
    assert list(by_language(answer)) == ["es", "en"]
    spanish = by_language(answer)["es"]
    assert spanish["is_draft"] and spanish["text"].endswith(f"/es/products/{product.slug}/")
    assert spanish["sheet_url"].endswith(f"/es/products/{product.slug}/sheet.pdf")
    assert (answer.json()["campaign"], answer.json()["short_url"]) == (None, None)


def test_the_newest_running_campaign_gives_the_short_link(client_of, staff, product):
    running, ended = (make.CampaignFactory(product=product) for _number in range(2))
    ended.end(by=staff)
    answer = client_of(staff).get(kit(product))
    assert answer.json()["short_url"] == running.short_url
    assert by_language(answer)["es"]["text"].endswith(running.short_url)


def test_what_is_kept_stays_for_colleagues_and_a_call_sent_twice_is_one(client_of, staff, product):
    client, sent = client_of(staff), {"texts": {"es": "¡Sandalias\r\nnuevas!"}}
    first, again = (client.patch(kit(product), sent, HTTP_IDEMPOTENCY_KEY="k1") for _time in range(2))
    assert first.json() == again.json()
    told = by_language(client.get(kit(product)))
    assert (told["es"]["text"], told["es"]["is_draft"], told["es"]["written_by"]) == (
        "¡Sandalias\nnuevas!", False, staff.name,
    )  # fmt: skip
    assert told["en"]["is_draft"] and ShareText.objects.count() == 1
    assert AuditEntry.objects.filter(verb="write_share_text").count() == 1


@pytest.mark.parametrize(
    "wrong",
    [{}, {"texts": {"pt": "Sandálias"}}, {"texts": {"xx": "x"}}, {"texts": {"es": "x" * 2001}}, {"texts": {"es": 3}},
     {"texts": {"es": ""}}, {"texts": {"es": "x"}, "colour": "red"}],
)  # fmt: skip
def test_what_cannot_be_is_refused_and_nothing_is_kept(client_of, staff, product, wrong):
    assert client_of(staff).patch(kit(product), wrong).status_code == 400
    assert not ShareText.objects.exists()


def test_only_what_is_offered_in_an_own_market_is_shared(client_of, staff, product):
    client, brazil = client_of(staff), make.MarketFactory(iso2="BR")
    foreign = make.MarketListingFactory(listed=True, product=product, market=brazil)
    type(product).objects.update(target_markets=["CL", "BR"])
    unoffered = make.ProductFactory(published=True, target_markets=["CL"])
    for address in (kit(product, foreign.market_id), kit(unoffered), kit(product, "ZZ")):
        assert client.get(address).status_code == 404
        assert client.patch(address, {"texts": {"es": "x"}}).status_code == 404
    assert not ShareText.objects.exists()


def test_the_power_and_the_scope_of_the_token_are_asked(client_of, visitor, staff, product):
    assert visitor.get(kit(product)).status_code == 401
    assert client_of(make.UserFactory()).get(kit(product)).status_code == 403
    assert client_of(staff, [Scope.CATALOGUE_READ]).get(kit(product)).json()["code"] == "scope_missing"

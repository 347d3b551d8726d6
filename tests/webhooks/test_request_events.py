"""Webhooks hear of buying requests that are approved and of offers to them, never of the company that asks."""

from __future__ import annotations

import json

import pytest

from tests import factories as make
from tests.inquiries.test_offers import offer
from webhooks import reading
from webhooks.models import Delivery

pytestmark = pytest.mark.django_db


@pytest.fixture
def hook():
    reading.read_trail()
    return make.WebhookFactory(active=True, events=["buying_request.opened", "buying_request.offered"])


def bodies() -> list[dict]:
    reading.read_trail()
    return [json.loads(row.body) for row in Delivery.objects.order_by("pk")]


def test_an_approval_is_told_with_what_is_wanted(hook, people):
    row = make.BuyingRequestFactory(title="Sandalias")
    row.approve(by=people["mission_own"], seen_version=1)
    (body,) = bodies()
    told = body["data"]["buying_request"]
    assert body["type"] == "buying_request.opened" and told["title"] == "Sandalias" and told["hs"] == "640399"
    assert told["api"].endswith(f"/api/v1/requests/{row.pk}/")
    assert row.importer.company not in json.dumps(body)


def test_one_that_was_closed_meanwhile_is_told_to_nobody(hook, people):
    row = make.BuyingRequestFactory()
    row.approve(by=people["mission_own"], seen_version=1)
    row.close(by=people["mission_own"], outcome="not_found")
    assert bodies() == []


def test_an_offer_is_told_without_its_price(hook):
    match = make.MatchFactory(invited=True)
    offer(match, price="7.77")
    (body,) = bodies()
    assert body["type"] == "buying_request.offered"
    assert body["data"]["product"]["slug"] == match.product.slug and "7.77" not in json.dumps(body)


def test_a_mission_hears_of_its_own_markets(hook, people):
    hook.mission = people["mission_own"].mission_posts.get().mission
    hook.save()
    for country in ("CL", "BR"):
        make.BuyingRequestFactory(country=country).approve(by=people["ministry"], seen_version=1)
    assert [body["data"]["buying_request"]["country"] for body in bodies()] == ["CL"]

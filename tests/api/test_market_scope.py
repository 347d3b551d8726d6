"""Mission A does not touch market B: through every address of the API that names a market or a thing of one.

The addresses are those of the URLconf, with what the access table sends to them; a verb that is added is tried by
itself. Nothing changes, and a foreign market looks like one that there is not.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, reverse

from accounts.models import AuditEntry, Scope, Token
from inaaccess.api import urlpatterns
from markets.models import MarketListing
from tests import factories as make
from tests.access_table import API, Row
from tests.security.matrix import add_their_things
from tests.security.test_access_matrix import of_theirs
from tests.test_access import _value
from tests.world import World

pytestmark = pytest.mark.django_db
NOTHING = {"iso2": "ZZ", "slug": "nowhere", "pk": 987_654_321, "code": "NWHERE"}


def theirs(values: Mapping[str, Any]) -> dict[str, Any]:
    """The same things of the mission in Brasília and its market."""
    return {name: of_theirs(value) for name, value in values.items()}


STAFFS = [
    row for row in API
    if row.status["importer"] == 403 and row.status["mission_own"] != 403 and theirs(row.kwargs) != row.kwargs
]  # fmt: skip


@pytest.fixture
def both(world: World) -> World:
    add_their_things(world)
    return world


@pytest.fixture
def santiago(both: World) -> Client:
    """Staff of the embassy in Santiago, with a token that has every scope."""
    _token, words = Token.objects.issue(both.people["mission_own"], name="test", scopes=Scope.values)
    return Client(headers={"authorization": f"Bearer {words}"})


def test_every_address_with_a_market_stands_in_the_table():
    """Else the tests below would not try it."""
    named = {f"api:{one.name}" for one in urlpatterns if isinstance(one, URLPattern) and "iso2" in str(one.pattern)}
    assert named and named <= {row.name for row in API}


@pytest.mark.parametrize("row", STAFFS, ids=str)
def test_S1_another_missions_market_is_like_one_that_there_is_not(row: Row, both: World, santiago: Client):
    before = _traces()
    foreign = _ask(row, both, santiago, theirs(row.kwargs))
    missing = _ask(row, both, santiago, {name: NOTHING.get(name, value) for name, value in row.kwargs.items()})
    assert (foreign.status_code, foreign.json()) == (404, missing.json())
    assert _traces() == before


@pytest.mark.parametrize("row", [row for row in STAFFS if {"iso2", "slug"} <= row.kwargs.keys()], ids=str)
def test_S1_a_product_of_ones_own_market_does_not_open_another_market(row: Row, both: World, santiago: Client):
    before = _traces()
    answer = _ask(row, both, santiago, {**row.kwargs, "iso2": "BR"})
    assert answer.status_code == 404 and _traces() == before


def test_S1_a_market_that_the_mission_covered_until_yesterday_is_closed(both: World, santiago: Client):
    mission = both.people["mission_own"].mission_posts.get().mission
    make.AccreditationFactory(mission=mission, market=make.MarketFactory(iso2="BR"), until=make.in_days(-1))
    assert santiago.get("/api/v1/markets/BR/listings/").status_code == 404
    make.AccreditationFactory(mission=mission, market=make.MarketFactory(iso2="PE"), until=make.in_days(0))
    assert santiago.get("/api/v1/markets/PE/listings/").status_code == 200


def _ask(row: Row, world: World, client: Client, kwargs: dict[str, Any]) -> Any:
    address = reverse(row.name, kwargs={name: _value(world, value) for name, value in kwargs.items()})
    data = {name: _value(world, value) for name, value in theirs(row.data).items()}
    if row.method == "GET":
        return client.get(address)
    return client.generic(row.method, address, json.dumps(data), content_type="application/json")


def _traces() -> tuple[int, list[Any]]:
    """What a verb would leave."""
    rows = MarketListing.objects.order_by("pk").values_list("pk", "state", "rank", "promoted_until", "decided_by")
    return AuditEntry.objects.exclude(verb="issue_token").count(), list(rows)

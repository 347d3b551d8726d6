"""S10: each scope × each route of the API × each method, by the table of docs/api.md."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from accounts.models import Scope, Token
from tests.access_table import TABLE, Row
from tests.security.matrix import METHODS
from tests.security.test_access_matrix import ask, is_new
from tests.test_access import _address, _names, _value
from tests.world import World

pytestmark = pytest.mark.django_db
BASE = "/api/v1/"
WITHOUT = {"api:nothing", "api:token-obtain"}  # no address at all; the way in, which looks at no token
ABLE = ("superuser", "own_producer", "mission_own", "mission_other")  # the first who has the power of a route
ROWS = [row for row in TABLE if row.name.startswith("api:") and row.name not in WITHOUT]


Table = dict[tuple[str, str], str]


def documented() -> Table:
    """Method, "" for all, and address, as a pattern → the scope that docs/api.md gives; "" where any token will do."""
    text = (settings.BASE_DIR / "docs/api.md").read_text()
    found = {}
    for scope, addresses in re.findall(r"^\| `?([a-z: ]+?)`? \| (`.*`) \|$", text, re.M):
        for method, address in re.findall(r"`(?:([A-Z]+) )?([^`]+)`", addresses):
            found[method, re.sub(r"<\w+>", "[^/]+", address)] = "" if scope == "any token" else scope
    return found


def scope_of(method: str, address: str, table: Table) -> str:
    """The scope of the longest address of the docs that this one begins with, rather of one for the method."""
    fitting = [known for known in table if known[0] in ("", method) and re.match(known[1], address)]
    return table[max(fitting, key=lambda known: (len(known[1]), known[0]))]


def test_S10_the_docs_know_every_scope_and_every_route(shared_world: World):
    table = documented()
    assert set(table.values()) - {""} == set(Scope.values)
    assert {row.name for row in ROWS} | WITHOUT == {name for name in _names() if name.startswith("api:")}
    unknown = [
        row.name
        for row, address in asked(shared_world)
        if not any(re.match(known, address) for _method, known in table)
    ]
    assert not unknown


@pytest.mark.parametrize("scope", Scope.values)
def test_S10_a_token_opens_the_routes_of_its_scope_as_its_holder_does_and_no_other(scope: str, shared_world: World):
    table = documented()
    clients: dict[str, Client] = {}
    questions: dict[str, set[tuple[str, ...]]] = {role: set() for role in ABLE}
    wrong: list[tuple[Any, ...]] = []
    for row, address in asked(shared_world):
        role = next((role for role in ABLE if row.status[role] < 400), ABLE[0])
        clients[role] = clients.get(role) or bearer(shared_world, role, scope)
        data = {key: _value(shared_world, value) for key, value in row.data.items()}
        if scope_of(row.method, address, table) in ("", scope):
            answer = ask(clients[role], row.method, BASE + address, data)
            as_visitor = {row.status["visitor"]} if scope == Scope.CATALOGUE_READ else set()  # it sees what all see
            wrong += (
                [(row.name, answer.status_code)] if answer.status_code not in {row.status[role], *as_visitor} else []
            )
            continue
        for method in METHODS:
            needed = scope_of(method, address, table)
            if needed in ("", scope) or not is_new(questions[role], method, BASE + address, data):
                continue
            answer = ask(clients[role], method, BASE + address, data)
            if not is_shut(answer, method, needed):
                wrong.append((row.name, method, answer.status_code))
    assert not wrong


def asked(world: World) -> Iterator[tuple[Row, str]]:
    """The rows of the API with their addresses below /api/v1/."""
    for row in ROWS:
        kwargs = {key: _value(world, value) for key, value in row.kwargs.items()}
        yield row, _address(row.name, kwargs).removeprefix(BASE)


def bearer(world: World, role: str, scope: str) -> Client:
    _token, words = Token.objects.issue(world.people[role], name="x", scopes=[scope])
    return Client(headers={"authorization": f"Bearer {words}"})


def is_shut(answer: Any, method: str, needed: str) -> bool:
    """Refused for want of the scope; what nobody may change at all says so instead."""
    if needed == Scope.CATALOGUE_READ and answer.status_code == 405:
        return True
    return answer.status_code == 403 and (method == "HEAD" or answer.json()["code"] == "scope_missing")

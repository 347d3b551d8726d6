"""S1: role × object × method through every address; a foreign thing looks like a missing one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.access_table import TABLE, Row
from tests.security.matrix import METHODS, STRANGERS, THEIRS, add_their_things, theirs_as_they_are
from tests.test_access import _address, _face, _missing, _value
from tests.undone import undone
from tests.world import ROLES, World

pytestmark = pytest.mark.django_db
ENDING = {"account_logout"}  # it ends the session that asks


@pytest.fixture(scope="module")
def more_of_the_world() -> Callable[[World], None]:
    return add_their_things


@pytest.mark.parametrize("role", ROLES)
def test_S1_who_is_refused_an_address_is_refused_it_by_every_method(
    role: str, shared_world: World, clients: dict[str, Client]
):
    leaks = []
    client = client_of(role, clients)
    for name, kwargs, statuses in addresses_of(role):
        if not all(is_refusal_status(role, status) for status in statuses):
            continue
        address = _address(name, {key: _value(shared_world, value) for key, value in kwargs.items()})
        data = {key: _value(shared_world, value) for key, value in told_to(name).items()}
        for method in METHODS:
            answer = ask(client, method, address, data)
            if not is_refused(answer, method):
                leaks.append((method, address, answer.status_code))
    assert not leaks


@pytest.mark.parametrize("role", STRANGERS)
def test_S1_a_foreign_thing_is_refused_by_every_method_and_looks_like_a_missing_one(
    role: str, shared_world: World, clients: dict[str, Client]
):
    leaks, differing = [], []
    client = client_of(role, clients)
    asked: set[tuple[str, ...]] = set()
    for row in TABLE:
        theirs = {key: of_theirs(value) for key, value in row.kwargs.items()}
        if theirs == row.kwargs or not is_private(row) or row.name in ENDING:
            continue
        address = _address(row.name, {key: _value(shared_world, value) for key, value in theirs.items()})
        nowhere = _address(row.name, {key: _missing(shared_world, key, value) for key, value in theirs.items()})
        for method in METHODS:
            data = {key: _value(shared_world, value) for key, value in row.data.items()}
            if not is_new(asked, method, address, data, nowhere):
                continue
            answer, missing = ask(client, method, address, data), ask(client, method, nowhere, data)
            if not is_refused(answer, method):
                leaks.append((method, address, answer.status_code))
            elif answer.status_code != missing.status_code or (
                answer.status_code != 302 and _face(answer, address) != _face(missing, nowhere)
            ):
                differing.append((method, address, answer.status_code, missing.status_code))
    assert not leaks
    assert not differing


@pytest.mark.parametrize("role", STRANGERS)
def test_S1_a_foreign_thing_named_in_what_is_sent_is_left_alone_and_looks_like_a_missing_one(
    role: str, shared_world: World, clients: dict[str, Client]
):
    leaks, tries = [], 0
    client, before = client_of(role, clients), theirs_as_they_are(shared_world)
    for row in TABLE:
        address = _address(row.name, {key: _value(shared_world, value) for key, value in row.kwargs.items()})
        data = {key: _value(shared_world, value) for key, value in row.data.items()}
        for key, value in row.data.items():
            if of_theirs(value) == value or _missing(shared_world, key, value) == value:
                continue
            foreign, missing = (
                sent(client, row, address, {**data, key: pk}, shared_world)
                for pk in (_value(shared_world, of_theirs(value)), _missing(shared_world, key, value))
            )
            tries += 1
            if foreign != missing or foreign[-1] != before:
                leaks.append((str(row), key, foreign[0], missing[0]))
    assert not leaks
    assert tries


def test_S1_head_is_answered_like_get_and_without_a_body(shared_world: World, clients: dict[str, Client]):
    odd = []
    for role in ("visitor", "own_producer", "mission_own", "ministry"):
        client = client_of(role, clients)
        for row in TABLE:
            if row.method == "GET" and row.name not in ENDING:
                address = _address(row.name, {key: _value(shared_world, value) for key, value in row.kwargs.items()})
                answer = ask(client, "HEAD", address)
                if answer.status_code != row.status[role] or (not answer.streaming and answer.content):
                    odd.append((role, address, answer.status_code))
    assert not odd


def test_S1_the_matrix_is_as_large_as_it_says():
    """Accesses tried by the tests above, for the record (they run in other processes, so it is counted anew)."""
    own = sum(len(METHODS) for role in ROLES for _n, _k, told in addresses_of(role)
              if all(is_refusal_status(role, status) for status in told))  # fmt: skip
    rows = [row for row in TABLE if is_private(row) and {k: of_theirs(v) for k, v in row.kwargs.items()} != row.kwargs]
    foreign = len(rows) * len(STRANGERS) * len(METHODS) * 2
    table = len(TABLE) * len(ROLES)
    print(f"accesses tried: {table} by the table, {own} by other methods, {foreign} to foreign and missing things")
    assert table + own + foreign > 10_000


# --- how it is asked and judged ----------------------------------------------------------------------


def addresses_of(role: str) -> list[tuple[str, dict[str, Any], list[int]]]:
    """Every address of the table with all that it answers this role, by whatever method."""
    told: dict[tuple[str, tuple[tuple[str, Any], ...]], list[int]] = {}
    for row in TABLE:
        if row.name not in ENDING:
            told.setdefault((row.name, tuple(sorted(row.kwargs.items()))), []).append(row.status[role])
    return [(name, dict(kwargs), statuses) for (name, kwargs), statuses in told.items()]


def told_to(name: str) -> dict[str, Any]:
    """What the table sends to this address."""
    return next((dict(row.data) for row in TABLE if row.name == name and row.data), {})


def is_refusal_status(role: str, status: int) -> bool:
    return status in (401, 403, 404)


def is_private(row: Row) -> bool:
    """An importer, who has nothing to do with any of it, is refused."""
    return row.status["importer"] in (403, 404)


def is_refused(answer: Any, method: str) -> bool:
    if answer.status_code == 302:
        return "/account/login/" in answer["Location"] or "/account/reauthenticate/" in answer["Location"]
    if method == "OPTIONS" and answer.status_code == 200:
        return not answer.content  # a page that says which methods it knows, whatever the object
    return answer.status_code in (401, 403, 404, 405)


def of_theirs(value: Any) -> Any:
    """The same path into the world of "Batik Lain", whose market is Brazil."""
    if value == "CL":
        return "BR"
    if not (isinstance(value, str) and value.startswith("=")):
        return value
    thing, dot, rest = value[1:].partition(".")
    return f"={THEIRS.get(thing, thing)}{dot}{rest}"


def sent(client: Client, row: Row, address: str, data: dict[str, Any], world: World) -> tuple[Any, ...]:
    """Status, what a stranger can compare, and what became of the things of "Batik Lain"."""
    after: list[Any] = []
    answer = ask(client, row.method, address, data, lambda _answer: after.append(theirs_as_they_are(world)))
    return answer.status_code, _face(answer, address), after[0]


def client_of(role: str, clients: dict[str, Client]) -> Client:
    """The client of the role, which gets an answer where the program fails."""
    clients[role].raise_request_exception = False
    return clients[role]


def is_new(asked: set[tuple[str, ...]], method: str, address: str, data: dict[str, Any], *more: str) -> bool:
    """Note the question; False where another row of the table has led to the same one."""
    question = (method, address, str(data) if sends_data(method, address) else "", *more)
    is_known = question in asked
    asked.add(question)
    return not is_known


def sends_data(method: str, address: str) -> bool:
    return method not in ("GET", "HEAD") if address.startswith("/api/") else method == "POST"


def ask(
    client: Client,
    method: str,
    address: str,
    data: dict[str, Any] | None = None,
    look: Callable[[Any], object] | None = None,
) -> Any:
    """One request whose effects are undone, after a `look` at them."""
    with undone(client):
        answer: Any
        if not sends_data(method, address):
            answer = client.generic(method, address)
        elif address.startswith("/api/"):
            answer = getattr(client, method.lower())(address, data or {}, content_type="application/json")
        else:
            answer = client.post(address, data or {})
        if answer.streaming:
            b"".join(answer.streaming_content)
        if look is not None:
            look(answer)
    return answer

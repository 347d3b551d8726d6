from __future__ import annotations

import re
from collections.abc import Iterator
from operator import attrgetter
from typing import Any

import pytest
from django.conf import settings
from django.contrib import admin
from django.http import HttpResponse
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from django.utils.translation import override

from tests.access_table import TABLE, Row
from tests.undone import undone
from tests.world import World

STOCK_ADMIN = {
    "index", "login", "logout", "password_change", "password_change_done", "autocomplete", "jsi18n",
    "view_on_site", "app_list",
}  # fmt: skip
OF_THE_MOMENT = {"X-Request-Id", "Content-Length", "Expires"}  # headers that differ from one request to the next
STOCK_VERBS = ("changelist", "add", "history", "delete", "change")


# --- the table -----------------------------------------------------------------------------------


@pytest.mark.parametrize("row", TABLE, ids=str)
def test_S1_each_role_gets_the_answer_of_the_table(row: Row, shared_world: World, clients: dict[str, Client]):
    kwargs = {key: _value(shared_world, value) for key, value in row.kwargs.items()}
    address = _address(row.name, kwargs)
    got, differing = {}, []
    for role, client in clients.items():
        response = _ask(row, client, address, shared_world)
        got[role] = response.status_code
        if response.status_code == 404 and kwargs:
            differing += [role] if _tells_more_than_missing(row, client, address, response, shared_world) else []
    assert got == dict(row.status)
    assert not differing, "these roles can tell a foreign object from a missing one"


def test_S1_the_table_has_a_row_for_every_address_and_no_other():
    named = {name for name in _names() if not _is_stock_admin(name)}
    assert {row.name for row in TABLE} == named


def test_every_address_has_a_name():
    assert not [name for name in _names() if name.endswith("?")]


def test_private_is_the_default_of_pages():
    """A page that forgot to say so is closed to visitors: the log-in check is among the middleware."""
    assert "django.contrib.auth.middleware.LoginRequiredMiddleware" in settings.MIDDLEWARE


@pytest.mark.parametrize("model", admin.site._registry, ids=lambda model: model._meta.label_lower)
def test_each_changelist_opens_by_permission_only(model: Any, shared_world: World, clients: dict[str, Client]):
    address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    for role, client in clients.items():
        status = client.get(address).status_code
        user = shared_world.people.get(role)
        if user is None or not user.is_staff:
            assert status in {302, 403}, role
        else:
            assert status in {200, 302} if _may_view(model, user) else status in {403, 404}, role


# --- how a row is asked --------------------------------------------------------------------------


def _ask(row: Row, client: Client, address: str, world: World) -> HttpResponse:
    """One request whose effects are undone, so that no role sees what another did."""
    data: Any = {key: _value(world, value) for key, value in row.data.items()}
    kind = {"content_type": "application/json"} if address.startswith("/api/") and row.method != "GET" else {}
    with undone(client):
        response: Any = getattr(client, row.method.lower())(address, data, **kind)
        if response.streaming:
            b"".join(response.streaming_content)
    return response


def _value(world: World, value: Any) -> Any:
    if isinstance(value, str) and value.startswith("="):
        return attrgetter(value[1:])(world)
    return value


def _address(name: str, kwargs: dict[str, Any]) -> str:
    with override("en"):
        return reverse(name, kwargs=kwargs)


def _tells_more_than_missing(row: Row, client: Client, address: str, response: HttpResponse, world: World) -> bool:
    missing = {key: _missing(world, key, value) for key, value in row.kwargs.items()}
    if missing == {key: _value(world, value) for key, value in row.kwargs.items()}:
        return False
    elsewhere = _address(row.name, missing)
    other = _ask(row, client, elsewhere, world)
    return _face(response, address) != _face(other, elsewhere)


def _missing(world: World, key: str, value: Any) -> Any:
    """Another value in place of the object's own; a fixed value (a size, a language) stays."""
    if not (isinstance(value, str) and value.startswith("=")):
        return value
    return getattr(world.nowhere, value[1:].rpartition(".")[2], value)


def _face(response: HttpResponse, address: str) -> tuple[Any, ...]:
    """What a stranger can compare: status, headers and body without the address and the keys of the moment."""
    body = "" if response.streaming else response.content.decode()
    body = body.replace(address.removeprefix("/en"), "ADDRESS")
    body = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", body)
    headers = {name: value for name, value in response.items() if name not in OF_THE_MOMENT}
    return response.status_code, headers, body


# --- the addresses there are ---------------------------------------------------------------------


def _names() -> set[str]:
    return set(_walk(get_resolver().url_patterns, "", ""))


def _walk(patterns: list[URLPattern | URLResolver], space: str, path: str) -> Iterator[str]:
    for pattern in patterns:
        here = f"{path}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _walk(pattern.url_patterns, inner, here)
        elif pattern.name or not space.startswith("admin:"):  # the admin's own catch-all and old addresses have no name
            yield f"{space}{pattern.name or here + '?'}"


def _is_stock_admin(name: str) -> bool:
    space, _colon, own = name.rpartition(":")
    if space != "admin":
        return False
    stock = {
        f"{model._meta.app_label}_{model._meta.model_name}_{verb}"
        for model in admin.site._registry
        for verb in STOCK_VERBS
    }
    return own in STOCK_ADMIN or own in stock


def _may_view(model: Any, user: Any) -> bool:
    app = model._meta.app_label
    return any(user.has_perm(f"{app}.{verb}_{model._meta.model_name}") for verb in ("view", "change"))


def test_a_row_for_an_unknown_name_cannot_be_asked():
    with pytest.raises(NoReverseMatch):
        _address("no_such_page", {})

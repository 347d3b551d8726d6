"""S3: the admin's own pages, actions and searches, for everybody with a scope: what is foreign is not there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pytest
from django.contrib import admin
from django.contrib.auth.models import AnonymousUser
from django.test import Client, RequestFactory
from django.urls import reverse

from exporters.models import Producer
from tests.security.matrix import THEIRS, add_their_things, theirs_as_they_are
from tests.security.test_access_matrix import ask, client_of
from tests.test_access import _face
from tests.world import ROLES, World
from webhooks.models import Delivery, Webhook

pytestmark = pytest.mark.django_db
KEPT_BY = {"mission_other": (Webhook, Delivery)}  # what is theirs and not the producer's
SCOPED = [role for role in ROLES if role not in ("visitor", "ministry", "superuser")]  # visitors: test_access.py


@pytest.fixture(scope="module")
def more_of_the_world() -> Callable[[World], None]:
    return add_their_things


@pytest.mark.parametrize("role", SCOPED)
def test_S3_no_page_of_the_admin_opens_foreign_rows_or_tells_them_from_missing_ones(
    role: str, shared_world: World, clients: dict[str, Client]
):
    leaks = []
    client = client_of(role, clients)
    for model, row, is_seen in their_rows(shared_world, role):
        for page in ("delete",) if is_seen else ("change", "history", "delete"):
            here, nowhere = (
                reverse(f"{admin_of(model)}_{page}", args=[pk]) for pk in (row.pk, shared_world.nowhere.pk)
            )
            answer, missing = ask(client, "GET", here), ask(client, "GET", nowhere)
            if answer.status_code == 200 or (not is_seen and _face(answer, here) != _face(missing, nowhere)):
                leaks.append((page, model.__name__, answer.status_code, missing.status_code))
    assert not leaks


@pytest.mark.parametrize("role", SCOPED)
def test_S3_no_action_of_the_admin_reaches_foreign_rows_or_tells_them_from_missing_ones(
    role: str, shared_world: World, clients: dict[str, Client]
):
    leaks: list[tuple[Any, ...]] = []
    client, before = client_of(role, clients), theirs_as_they_are(shared_world)
    for model, row, is_seen in their_rows(shared_world, role):
        of_model = admin.site._registry[model]
        own = of_model.get_queryset(request_of(shared_world, role)).exclude(pk=row.pk).values_list("pk", flat=True)[:1]
        for action in ("delete_selected", *[str(each) for each in of_model.actions or ()]):
            for beside, across in (([], "0"), ([], "1"), (list(own), "0")):
                chosen = {"action": action, "select_across": across}
                theirs, missing = (
                    act(client, shared_world, model, _selected_action=[*beside, pk], **chosen)
                    for pk in (row.pk, shared_world.nowhere.pk)
                )
                if theirs.after != before or theirs.status >= 500:
                    leaks.append((action, model.__name__, across, "changed it", theirs.status))
                elif not is_seen and theirs != missing:
                    leaks.append((action, model.__name__, across, "told it", theirs.status, missing.status))
    assert not leaks


def test_S3_autocomplete_finds_nothing_of_others(shared_world: World, clients: dict[str, Client]):
    for role in ROLES:
        client = client_of(role, clients)
        for model in admin.site._registry:
            asked: dict[str, Any] = {
                "app_label": model._meta.app_label, "model_name": model._meta.model_name,
                "field_name": "producer", "term": "Batik",
            }  # fmt: skip
            answer = client.get("/admin/autocomplete/", asked)
            found = {str(one["id"]) for one in answer.json()["results"]} if answer.status_code == 200 else set()
            seen = admin.site._registry[Producer].get_queryset(request_of(shared_world, role)) if found else ()
            assert answer.status_code in (200, 302, 403) and found <= {str(row.pk) for row in seen}, (role, model)


# --- how it is asked and judged ----------------------------------------------------------------------


class Acted(NamedTuple):
    """What an action answered, what stands on the page to which it led, and what became of their things."""

    status: int
    face: Any
    page: Any
    after: list[Any]


def act(client: Client, world: World, model: Any, **data: Any) -> Acted:
    """One action of the list, undone afterwards."""
    address = reverse(f"{admin_of(model)}_changelist")
    seen: list[Acted] = []

    def look(answer: Any) -> None:
        page: Any = client.get(answer["Location"]) if answer.status_code == 302 else None
        shown = page and _face(page, answer["Location"])
        seen.append(Acted(answer.status_code, _face(answer, address), shown, theirs_as_they_are(world)))

    ask(client, "POST", address, {**data, "post": "yes", "index": "0"}, look)
    return seen[0]


def their_rows(world: World, role: str) -> Iterator[tuple[Any, Any, bool]]:
    """Model, the row of "Batik Lain", and whether it is in the scope of the role all the same (what is public)."""
    things = {type(row): row for row in (getattr(world, name) for name in reversed(THEIRS.values()))}
    for model, model_admin in admin.site._registry.items():
        if model in things and model not in KEPT_BY.get(role, ()):
            row = things[model]
            yield model, row, model_admin.get_queryset(request_of(world, role)).filter(pk=row.pk).exists()


def admin_of(model: Any) -> str:
    """The beginning of the names of its stock pages."""
    return f"admin:{model._meta.app_label}_{model._meta.model_name}"


def request_of(world: World, role: str) -> Any:
    request = RequestFactory().get("/admin/")
    request.user = world.people.get(role, AnonymousUser())
    return request

"""Fixtures that every test may use."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Generator
from copy import deepcopy
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from django.db import connection
from django.test import Client, TransactionTestCase, override_settings
from django.utils import translation

from accounts.models import User
from kit import keeping
from tests.emptying import empty_tables
from tests.template import template_database
from tests.undone import undone
from tests.world import ROLES, World, build_people, build_world


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--write-schema", action="store_true", help="write down the schema that the migrations make")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix, django_db_blocker) -> None:
    """Databases are copied from a migrated template instead of being migrated one by one."""
    with django_db_blocker.unblock():
        connection.settings_dict["TEST"]["TEMPLATE"] = template_database()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker) -> Generator[None]:
    """The tests' database; what a transactional test commits is taken away by `empty_tables`, not by a flush."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda self: empty_tables())
        with django_db_blocker.unblock():
            empty_tables()
        yield


@pytest.fixture(autouse=True)
def uploads_in_a_folder_of_the_test(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = str(tmp_path / "uploads")


@pytest.fixture(autouse=True)
def static_files_found_one_by_one(settings: Any) -> None:
    """WhiteNoise looks a file up when it is requested: else each new test client would list all of them first."""
    settings.WHITENOISE_AUTOREFRESH = True


@pytest.fixture(autouse=True)
def no_language_left_over() -> None:
    """A page leaves its reader's language in the thread: each test begins without."""
    translation.deactivate()


@pytest.fixture(autouse=True)
def reference_rows_read_anew() -> None:
    """No test sees the reference rows that another one's pages kept."""
    keeping.forget()


@pytest.fixture
def people(db: None) -> dict[str, User]:
    """One signed-in person per role, scopes set up; see tests/world.py."""
    return build_people()


@pytest.fixture
def world(people: dict[str, User]) -> World:
    """A small world around the roles: producers, products, revisions in each state, certificates, listings."""
    return build_world(people)


# --- what the tests of a file share --------------------------------------------------------------


class Shared(NamedTuple):
    """A world, its files, and a client for each role with the cookies of its log-in."""

    world: World
    uploads: Path
    clients: dict[str, Client]


@pytest.fixture(scope="module")
def rows_of_the_file(request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any) -> Generator[None]:
    """A transaction around the tests of a file: the rows that its module fixtures make are gone after the last test.

    Each test has a savepoint in it, so no test may commit (`transaction=True`): such tests need a file of their own.
    PostgreSQL's now() stands still meanwhile.
    """
    committing = [item.name for item in request.session.items if item.path == request.path and commits(item)]
    assert not committing, f"these tests commit and need a file of their own: {committing}"
    with django_db_blocker.unblock(), undone(), django_db_blocker.block():
        yield


def commits(item: pytest.Item) -> bool:
    mark = item.get_closest_marker("django_db")
    return "transactional_db" in getattr(item, "fixturenames", ()) or bool(mark and mark.kwargs.get("transaction"))


@pytest.fixture(scope="module")
def more_of_the_world() -> Callable[[World], None]:
    """Add nothing to the shared world; a file that needs more in it overrides this fixture."""
    return lambda _world: None


@pytest.fixture(scope="module")
def shared(
    rows_of_the_file: None, more_of_the_world: Callable[[World], None], django_db_blocker: Any, tmp_path_factory: Any
) -> Shared:
    """The world of tests/world.py, built once for the tests of a file, and everybody signed in."""
    uploads = tmp_path_factory.mktemp("uploads")
    translation.deactivate()
    keeping.forget()
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=str(uploads)):
        world = build_world(build_people())
        more_of_the_world(world)
        clients = {role: Client() for role in ROLES}
        for role, user in world.people.items():
            clients[role].force_login(user)
    return Shared(world, uploads, clients)


@pytest.fixture
def shared_world(db: None, shared: Shared, settings: Any) -> World:
    """The world of the file as it was built: rows, objects and files; what the test does to them ends with it."""
    shutil.copytree(shared.uploads, settings.MEDIA_ROOT)
    return deepcopy(shared.world)


@pytest.fixture
def clients(shared_world: World, shared: Shared) -> Generator[dict[str, Client]]:
    """The client of each role, signed in to `shared_world`."""
    cookies = {role: deepcopy(client.cookies) for role, client in shared.clients.items()}
    yield shared.clients
    for role, client in shared.clients.items():
        client.cookies, client.raise_request_exception = cookies[role], True

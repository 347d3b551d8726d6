"""Fixtures that every test may use."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

import pytest
from django.core.cache import cache
from django.db.backends.postgresql.operations import DatabaseOperations
from django.utils import translation

from accounts.models import User
from kit import keeping
from tests.world import World, build_people, build_world, make_roles


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker) -> Generator[None]:
    """The tests' database, its roles whole again (an earlier run may have flushed them)."""
    plain_flush = DatabaseOperations.execute_sql_flush

    def flush(self: DatabaseOperations, sql_list: list[str]) -> None:
        """Flush between transactional tests, the one moment at which the audit trail lets itself be emptied."""
        cascading = [sql.replace(";", " CASCADE;") for sql in sql_list]  # knox keeps its own, unused table of tokens
        plain_flush(
            self, ["SET session_replication_role = replica", *cascading, "SET session_replication_role = origin"]
        )

    DatabaseOperations.execute_sql_flush = flush  # type: ignore[method-assign,assignment]
    with django_db_blocker.unblock():
        make_roles()
        cache.clear()
    yield
    DatabaseOperations.execute_sql_flush = plain_flush  # type: ignore[method-assign]


@pytest.fixture(autouse=True)
def roles_after_a_flush(request: pytest.FixtureRequest) -> None:
    """Transactional tests begin with an empty database: give them the roles, and an empty cache."""
    marker = request.node.get_closest_marker("django_db")
    wanted = {"transactional_db", "live_server"} & set(request.fixturenames)
    if wanted or (marker and marker.kwargs.get("transaction")):
        request.getfixturevalue("transactional_db")
        make_roles()
        cache.clear()


@pytest.fixture(autouse=True)
def uploads_in_a_folder_of_the_test(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = str(tmp_path / "uploads")


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

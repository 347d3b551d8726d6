"""Fixtures that every test may use."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

import pytest
from django.db import connection
from django.test import TransactionTestCase
from django.utils import translation

from accounts.models import User
from kit import keeping
from tests.emptying import empty_tables
from tests.template import template_database
from tests.world import World, build_people, build_world


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

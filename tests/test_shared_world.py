"""The world that the tests of a file share: each test finds it as it was built, and nothing of it is left behind."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.test import Client

from accounts.models import User
from catalog.models import Product
from exporters.models import Producer
from tests.undone import undone
from tests.world import World

HOME = "/en/desk/"


@pytest.fixture(scope="module", autouse=True)
def empty_before_and_after(django_db_setup: None, django_db_blocker: Any) -> Generator[None]:
    """Set up before the shared world, hence ended after it."""
    for step in ("before", "after"):
        with django_db_blocker.unblock():
            filled = [model.__name__ for model in (Producer, Product, User, Session) if model._default_manager.exists()]
            assert not connection.in_atomic_block and not filled, step
        if step == "before":
            yield


@pytest.mark.parametrize("time", ["first", "second"])
def test_what_a_test_does_is_gone_in_the_next(time: str, shared_world: World, clients: dict[str, Client]):
    own, product = clients["own_producer"], shared_world.product
    assert set(own.cookies) == {settings.SESSION_COOKIE_NAME} and own.get(HOME).status_code == 200
    assert not clients["visitor"].cookies and own.raise_request_exception
    assert product.slug == "leather-sandals" and Product.objects.get(pk=product.pk).slug == "leather-sandals"
    assert default_storage.exists(shared_world.certificate.file_path) and not default_storage.exists("new.txt")

    own.logout()
    own.raise_request_exception = False
    clients["visitor"].force_login(shared_world.people["importer"])
    product.slug = "changed"
    product.save()
    default_storage.delete(shared_world.certificate.file_path)
    default_storage.save("new.txt", ContentFile(b"new"))
    Session.objects.all().delete()


def test_a_request_is_undone_with_its_cookies(shared_world: World, clients: dict[str, Client]):
    own = clients["own_producer"]
    with undone(own):
        own.post("/en/account/logout/")
        assert own.get(HOME).status_code == 302
    assert own.get(HOME).status_code == 200


def test_what_waits_for_a_commit_is_forgotten_with_the_savepoint(shared_world: World):
    waiting = list(connection.run_on_commit)
    with undone():
        transaction.on_commit(lambda: pytest.fail("it is never committed"))
        assert len(connection.run_on_commit) == len(waiting) + 1
    assert connection.run_on_commit == waiting


def test_the_files_of_a_test_are_its_own(shared_world: World, tmp_path: Path):
    assert Path(default_storage.path("x")).is_relative_to(tmp_path)


def test_a_test_that_does_not_ask_for_the_database_does_not_get_it(shared: Any):
    with pytest.raises(RuntimeError, match="Database access not allowed"):
        Product.objects.exists()

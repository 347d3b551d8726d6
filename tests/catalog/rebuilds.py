"""What tests of rebuilding share: a world of four products, threads, listeners that act or kill at some point."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection

from catalog import indexing, rebuilding
from catalog.models import ProductSearch
from tests import factories as make


class Killed(BaseException):
    """What a process does not survive."""


@pytest.fixture
def small_steps(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(rebuilding, "STEP", 1)
    monkeypatch.setattr(rebuilding, "LONGEST_PAUSE", 0)
    yield
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS product_search_next")


@pytest.fixture
def products() -> list[Any]:
    made = [make.ProductFactory(published=True, target_markets=["CL"]) for _number in range(4)]
    indexing.reindex([one.pk for one in made])
    return made


def rows() -> list[dict[str, Any]]:
    return [dict(row) | {"built_at": None} for row in ProductSearch.objects.order_by("pk").values()]


def asked(sql: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def in_a_thread(act: Callable[[], Any]) -> threading.Thread:
    def run() -> None:
        try:
            act()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def at(phase: str, act: Callable[[], Any]) -> Callable[[str, int, int], None]:
    """A listener of the progress that acts once, in a connection of its own, when something of `phase` is done."""
    done: list[str] = []

    def tell(what: str, _done: int, _total: int) -> None:
        if what == phase and not done:
            done.append(what)
            thread = in_a_thread(act)
            thread.join(timeout=20)
            assert not thread.is_alive()

    return tell


def kill_at(phase: str, number: int) -> Callable[[str, int, int], None]:
    def tell(what: str, done: int, _total: int) -> None:
        if what == phase and done == number:
            raise Killed

    return tell


def spoil() -> None:
    ProductSearch.objects.update(hs6="", quality=-1)

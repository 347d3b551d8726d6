"""S5: the time of an answer does not say whether an address has an account."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from tests.factories import UserFactory
from tests.security.second_factors import with_password

pytestmark = pytest.mark.django_db
TIMES, WITHIN = 15, 0.020  # seconds


def log_in(email: str) -> Any:
    return Client().post("/en/account/login/", {"login": email, "password": "a wrong password"})


def ask_for_reset(email: str) -> Any:
    return Client().post("/en/account/password/reset/", {"email": email})


def ask_for_token(email: str) -> Any:
    data = {"email": email, "password": "a wrong password"}
    return Client().post("/api/v1/auth/token/", data, content_type="application/json")


@pytest.mark.parametrize("ask", [log_in, ask_for_reset, ask_for_token])
def test_S5_known_and_unknown_addresses_take_the_same_time(ask: Callable[[str], Any]):
    known = [with_password(UserFactory(email=f"known{number:02}@example.test")).email for number in range(TIMES)]
    cache.clear()
    ask("warm@example.test")
    took: dict[str, list[float]] = {"known": [], "unknown": []}
    for number, address in enumerate(known):
        for kind, email in (("known", address), ("unknown", f"strange{number:02}@example.test")):
            started = time.process_time()
            answer = ask(email)
            took[kind].append(time.process_time() - started)
            assert answer.status_code in (200, 302, 401)
    apart = abs(statistics.median(took["known"]) - statistics.median(took["unknown"]))
    assert apart < WITHIN, f"{apart * 1000:.1f} ms"

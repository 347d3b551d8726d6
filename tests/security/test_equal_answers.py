"""S5: the time of an answer does not say whether an address has an account.

Processor time is measured, of all threads (argon2 has its own): waiting for others does not count. Known and unknown
addresses take turns, so that a machine that grows slower is slower for both. Doors that differ differ in every round.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import Argon2PasswordHasher, make_password
from django.core.cache import cache
from django.test import Client

from tests.factories import RegencyFactory, UserFactory
from tests.registering import IMPORTER, PRODUCER, importer_form, producer_form

pytestmark = pytest.mark.django_db
TIMES, ROUNDS, WITHIN = 15, 3, 0.020  # seconds


def log_in(email: str) -> Any:
    return Client().post("/en/account/login/", {"login": email, "password": "a wrong password"})


def ask_for_reset(email: str) -> Any:
    return Client().post("/en/account/password/reset/", {"email": email})


def ask_for_token(email: str) -> Any:
    data = {"email": email, "password": "a wrong password"}
    return Client().post("/api/v1/auth/token/", data, content_type="application/json")


def register_producer(email: str) -> Any:
    return Client().post(PRODUCER, producer_form(email=email))


def register_importer(email: str) -> Any:
    return Client().post(IMPORTER, importer_form(email=email))


DOORS = [log_in, ask_for_reset, ask_for_token, register_producer, register_importer]


@pytest.fixture(autouse=True)
def no_tries_yet(db: None) -> None:
    cache.clear()
    RegencyFactory()


@pytest.mark.parametrize("ask", DOORS)
def test_S5_known_and_unknown_addresses_take_the_same_time(ask: Callable[[str], Any]):
    ask("warm@example.test")
    apart = []
    for number in range(ROUNDS):
        apart.append(difference_of(ask, number))
        if apart[-1] < WITHIN:
            return
    pytest.fail(f"{[round(1000 * one, 1) for one in apart]} ms")


def difference_of(ask: Callable[[str], Any], round_number: int) -> float:
    """How far apart the medians of both kinds are, in seconds."""
    took: dict[str, list[float]] = {"known": [], "strange": []}
    password = make_password("sandal kulit dan batik")
    for number in range(TIMES):
        known = known_address(f"known{round_number}{number:02}@example.test", password)
        turn = [("known", known), ("strange", f"strange{round_number}{number:02}@example.test")]
        for kind, email in turn if number % 2 else reversed(turn):
            started = time.process_time()
            answer = ask(email)
            took[kind].append(time.process_time() - started)
            assert answer.status_code in (200, 302, 401)
    return abs(statistics.median(took["known"]) - statistics.median(took["strange"]))


def known_address(email: str, password: str) -> str:
    """The confirmed address of somebody with this password, as it is kept."""
    user = UserFactory(email=email, password=password)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return email


@pytest.mark.parametrize("ask", DOORS)
def test_S5_known_and_unknown_addresses_cost_as_many_password_hashes(ask: Callable[[str], Any], monkeypatch: Any):
    hashings: list[str] = []
    for name in ("encode", "verify"):
        plain = getattr(Argon2PasswordHasher, name)

        def counted(self: Any, *args: str, plain: Any = plain) -> Any:
            hashings.append("one")
            return plain(self, *args)

        monkeypatch.setattr(Argon2PasswordHasher, name, counted)

    def work(email: str) -> int:
        hashings.clear()
        ask(email)
        return len(hashings)

    known = known_address("known@example.test", make_password("sandal kulit dan batik"))
    assert work(known) == work("strange@example.test") == (0 if ask is ask_for_reset else 1)

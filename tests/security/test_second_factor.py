"""S7: staff work with a second factor only, and each of its codes counts once."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import factors
from accounts.models import AuditEntry, Letter, User
from tests.access_table import TABLE, Row
from tests.factories import OfficerScopeFactory, UserFactory
from tests.security.second_factors import (
    AGAIN,
    APP,
    FACTORS,
    LOGIN,
    PASS,
    PASSWORD,
    REAUTHENTICATE,
    code_now,
    factors_of,
    sign_in,
    with_app,
    with_password,
    wrong_code,
)  # fmt: skip
from tests.test_access import _address, _value
from tests.world import World

STAFF = ("officer_own", "mission_own", "ministry", "superuser")
OPEN = {"account_logout", "language_choose", "healthz", "readyz"}
PASSING = OPEN | {"mfa_reauthenticate", "mfa_reauthenticate_webauthn"}
SETTING_UP = OPEN | {"mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "account_reauthenticate"}
DESK = "/admin/"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_tries_yet(db: None) -> None:
    cache.clear()


@pytest.fixture
def required(settings: Any) -> None:
    settings.STAFF_MFA = True


@pytest.fixture
def curator() -> User:
    return with_password(UserFactory(ministry=True))


# --- who may go where ------------------------------------------------------------------------------


def test_S7_staff_without_a_factor_reach_no_address_but_the_set_up(world: World, required: None):
    reached = [
        (str(row), role, answer.status_code)
        for row, role, address, answer in asked_by_staff(world, SETTING_UP)
        if not is_sent_to(FACTORS, address, answer)
    ]
    assert not reached


def test_S7_staff_who_have_not_passed_their_factor_reach_no_address(world: World, required: None):
    for role in STAFF:
        with_app(world.people[role])
    reached = [
        (str(row), role, answer.status_code)
        for row, role, address, answer in asked_by_staff(world, PASSING)
        if not is_sent_to(AGAIN, address, answer)
    ]
    assert not reached


def asked_by_staff(world: World, open_to_them: set[str]) -> Iterator[tuple[Row, str, str, Any]]:
    for role in STAFF:
        client = Client()
        client.force_login(world.people[role])
        for row in TABLE:
            if row.name not in open_to_them:
                address = _address(row.name, {key: _value(world, value) for key, value in row.kwargs.items()})
                yield row, role, address, client.generic(row.method, address)


def is_sent_to(page: str, address: str, answer: Any) -> bool:
    if address.startswith("/api/"):
        return answer.status_code == 403 and answer.json()["code"] == "second_factor_needed"
    return answer.status_code == 302 and answer["Location"].startswith(page)


def test_S7_everybody_else_is_asked_for_nothing(client, world, required):
    client.force_login(world.people["own_producer"])
    assert client.get("/en/desk/").status_code == 200


def test_S7_in_the_demo_a_password_is_enough(client, curator):
    assert sign_in(client, curator)["Location"] == "/en/after-login/"
    assert client.get(DESK).status_code == 200


@pytest.mark.parametrize("make", [lambda: UserFactory(ministry=True), lambda: OfficerScopeFactory().user])
def test_S7_a_session_from_before_must_pass_the_factor_too(client, make, required):
    person = make()
    with_app(person)
    client.force_login(person)
    assert client.get("/en/desk/")["Location"] == f"{AGAIN}?next=%2Fen%2Fdesk%2F"
    before = client.session.session_key
    assert client.post(f"{AGAIN}?next=/en/desk/", {"code": code_now(), "next": "/en/desk/"})["Location"] == "/en/desk/"
    assert client.get("/en/desk/").status_code == 200
    assert client.session.session_key != before


@pytest.mark.parametrize("page", ["mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes"])
def test_S7_a_factor_cannot_be_removed_or_read_without_passing_it(client, curator, required, page):
    with_app(curator)
    client.force_login(curator)
    assert client.post(reverse(page))["Location"].startswith(AGAIN)
    assert factors_of(curator) == {"totp", "recovery_codes"}


# --- setting up --------------------------------------------------------------------------------------


def test_S7_an_app_is_set_up_in_three_steps_and_counts_as_passed(
    client, curator, required, django_capture_on_commit_callbacks
):
    sign_in(client, curator)
    assert client.get(DESK)["Location"] == FACTORS
    assert client.get(FACTORS).status_code == 200
    client.post(f"{REAUTHENTICATE}?next={APP}", {"password": PASSWORD, "next": APP})
    [secret] = re.findall(r"<code>([A-Z2-7=]+)</code>", client.get(APP).content.decode())
    before = client.session.session_key
    code = code_now(secret)
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(APP, {"code": code})["Location"] == "/en/account/factors/codes/"
    assert client.session.session_key != before
    assert len(re.findall(r"<code>\d{10}</code>", client.get("/en/account/factors/codes/").content.decode())) == 10
    assert client.get(DESK).status_code == 200
    assert factors.accept_code(curator, code) is None, "the code that set it up counts again"
    assert {"totp_activated"} <= set(AuditEntry.objects.values_list("verb", flat=True))
    assert Letter.objects.filter(event__startswith="totp_activated").exists()


def test_S7_what_a_factor_is_made_of_lies_encrypted(curator):
    codes = with_app(curator)
    kept = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert "gAAAA" in kept and not any(code in kept for code in codes)
    from tests.security.second_factors import SECRET

    assert SECRET not in kept


def test_S7_the_desk_shows_no_secret_of_a_factor(client, curator):
    with_app(UserFactory())
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    assert client.get("/admin/mfa/authenticator/").status_code == 404


# --- logging in --------------------------------------------------------------------------------------


def test_S7_after_the_password_comes_the_code_and_only_then_a_session(client, curator):
    with_app(curator)
    assert sign_in(client, curator)["Location"] == PASS
    assert client.get(DESK).status_code == 302 and "_auth_user_id" not in client.session
    before = client.session.session_key
    assert client.post(PASS, {"code": code_now()})["Location"] == "/en/after-login/"
    assert client.get(DESK).status_code == 200
    assert client.session.session_key != before


@pytest.mark.parametrize("period", [-1, 0, 1])
def test_S7_a_code_of_the_app_works_once(curator, period):
    with_app(curator)
    first, second = Client(), Client()
    with time_machine.travel(timezone.now(), tick=False):  # no period ends meanwhile
        code = code_now(periods_later=period)
        for client in (first, second):
            sign_in(client, curator)
            client.post(PASS, {"code": code})
    assert "_auth_user_id" in first.session and "_auth_user_id" not in second.session


def test_S7_a_code_older_than_the_last_one_does_not_count(curator):
    with_app(curator)
    assert factors.accept_code(curator, code_now())
    assert factors.accept_code(curator, code_now(periods_later=-1)) is None


def test_S7_a_recovery_code_works_once_and_the_next_one_works(curator):
    codes = with_app(curator)
    signed_in = []
    for code in (codes[0], codes[0], codes[1]):
        client = Client()
        sign_in(client, curator)
        client.post(PASS, {"code": code})
        signed_in.append("_auth_user_id" in client.session)
    assert signed_in == [True, False, True]


@pytest.mark.parametrize("code", ["", "abc", "1" * 500, "١٢٣٤٥٦", "\x00", "0x1234"])
def test_S7_a_wrong_code_is_refused_with_a_sentence(client, curator, code):
    with_app(curator)
    sign_in(client, curator)
    answer = client.post(PASS, {"code": code})
    assert answer.status_code == 200 and answer.context["form"].errors["code"]
    assert "_auth_user_id" not in client.session


def test_S7_five_wrong_codes_and_even_the_right_one_waits(client, curator):
    with_app(curator)
    sign_in(client, curator)
    for _time in range(5):
        client.post(PASS, {"code": wrong_code()})
    client.post(PASS, {"code": code_now()})
    assert "_auth_user_id" not in client.session


def test_S7_the_admins_own_log_in_form_is_not_reachable(client, curator):
    assert client.get("/admin/login/")["Location"] == f"{LOGIN}?next=%2Fadmin%2F"
    answer = client.post("/admin/login/", {"username": curator.email, "password": PASSWORD})
    assert answer.status_code == 302 and "_auth_user_id" not in client.session


@pytest.mark.django_db(transaction=True)
def test_S7_of_twenty_at_once_with_one_code_one_gets_in():
    curator = with_password(UserFactory(ministry=True))
    with_app(curator)
    code, barrier, taken = code_now(), threading.Barrier(20), []

    def use_it() -> None:
        try:
            barrier.wait(timeout=60)
            taken.append(factors.accept_code(curator, code) is not None)
        finally:
            connection.close()

    threads = [threading.Thread(target=use_it) for _number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == [False] * 19 + [True]

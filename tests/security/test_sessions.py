"""S8: sessions and tokens end when they must; those of staff after half an hour or twelve hours."""

from __future__ import annotations

import datetime
import os
import subprocess
import sys

import pytest
import time_machine
from django.conf import settings as django_settings
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from accounts.models import Token
from tests.factories import MembershipFactory, OfficerScopeFactory, UserFactory
from tests.security.second_factors import PASSWORD, sign_in, with_password

pytestmark = pytest.mark.django_db
DESK, TOKENS = "/en/desk/", "/api/v1/auth/tokens/"
STAFF = [lambda: UserFactory(ministry=True), lambda: UserFactory(mission=True), lambda: OfficerScopeFactory().user]


@pytest.fixture(autouse=True)
def no_tries_yet(db):
    cache.clear()


def is_in(client: Client) -> bool:
    return client.get(DESK).status_code == 200


def token_of(user):
    return {"authorization": f"Bearer {Token.objects.issue(user, name='x', scopes=['tokens:write'])[1]}"}


@pytest.mark.parametrize("make", STAFF)
def test_S8_staff_are_signed_out_after_half_an_hour_without_a_request(make):
    client, person = Client(), make()
    client.force_login(person)
    start = timezone.now()
    for minutes, expected in ((29, True), (57, True), (88, False)):
        with time_machine.travel(start + datetime.timedelta(minutes=minutes), tick=False):
            assert is_in(client) is expected, minutes


@pytest.mark.parametrize("make", STAFF)
def test_S8_staff_are_signed_out_twelve_hours_after_the_log_in(make):
    client, person = Client(), make()
    client.force_login(person)
    start, stayed = timezone.now(), []
    for minutes in (*range(20, 12 * 60, 20), 12 * 60 - 1, 12 * 60 + 1):
        with time_machine.travel(start + datetime.timedelta(minutes=minutes), tick=False):
            stayed.append(is_in(client))
    assert stayed == [True] * 36 + [False]


def test_S8_a_session_of_staff_that_does_not_say_when_it_began_is_over(client):
    client.force_login(UserFactory(ministry=True))
    session = client.session
    del session["began_at"]
    session.save()
    assert not is_in(client)


def test_S8_others_stay_for_fourteen_days():
    client = Client()
    client.force_login(MembershipFactory().user)
    start = timezone.now()
    with time_machine.travel(start + datetime.timedelta(days=13), tick=False):
        assert is_in(client)
    with time_machine.travel(start + datetime.timedelta(days=15), tick=False):
        assert not is_in(client)


@pytest.mark.parametrize("address", ["/en/account/logout/", "/admin/logout/"])
def test_S8_signing_out_ends_every_session_and_token(address):
    person = UserFactory(ministry=True)
    here, there, bearing = Client(), Client(), token_of(person)
    here.force_login(person)
    there.force_login(person)
    assert there.get(TOKENS, headers=bearing).status_code == 200 and is_in(there)
    here.post(address)
    assert not is_in(here) and not is_in(there)
    assert Client().get(TOKENS, headers=bearing).status_code == 401


def test_S8_another_password_ends_the_other_sessions_and_all_tokens_under_a_new_key():
    person = with_password(UserFactory())
    here, there, bearing = Client(), Client(), token_of(person)
    sign_in(here, person)
    sign_in(there, person)
    before = here.session.session_key
    new = {"oldpassword": PASSWORD, "password1": "bambu dan rotan lagi", "password2": "bambu dan rotan lagi"}
    assert here.post("/en/account/password/", new).status_code == 302
    assert is_in(here) and here.session.session_key != before
    assert not is_in(there)
    assert Client().get(TOKENS, headers=bearing).status_code == 401


def test_S8_in_production_the_cookies_are_bound_to_the_host_secure_and_closed_to_scripts():
    code = (
        "from inaaccess import settings as s; print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.SESSION_COOKIE_SECURE,"
        " s.CSRF_COOKIE_SECURE, s.LANGUAGE_COOKIE_SECURE, s.SESSION_COOKIE_HTTPONLY, s.SESSION_COOKIE_SAMESITE,"
        " s.CSRF_COOKIE_HTTPONLY, s.CSRF_COOKIE_SAMESITE)"
    )
    environment = {
        "PATH": os.environ["PATH"],
        "PRODUCTION": "1",
        "SECRET_KEY": "tests-need-some-key-0123456789-abcdefghijklmnopqrstuvwxyz",
        "ALLOWED_HOSTS": "inaaccess.example",
        "DATABASE_URL": "postgres://inaaccess@db.example/inaaccess",
    }
    told = subprocess.run(
        [sys.executable, "-c", code], cwd=django_settings.BASE_DIR, env=environment, capture_output=True, text=True
    )
    assert told.stdout.split() == ["__Host-session", "__Host-csrf", *["True"] * 4, "Lax", "True", "Lax"], told.stderr

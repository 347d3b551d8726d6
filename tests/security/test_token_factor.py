"""S7: the API's way in asks for the second factor as well, or it would be a way round."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache

from accounts.models import Token, User
from tests.factories import UserFactory
from tests.security.second_factors import PASSWORD, code_now, with_app, with_password, wrong_code

TOKEN, TOKENS = "/api/v1/auth/token/", "/api/v1/auth/tokens/"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_tries_yet(db: None) -> None:
    cache.clear()


@pytest.fixture
def curator() -> User:
    return with_password(UserFactory(ministry=True))


def ask(client: Any, user: User, **more: str) -> Any:
    return client.post(TOKEN, {"email": user.email, "password": PASSWORD, **more}, content_type="application/json")


def test_S7_a_token_takes_the_code_where_there_is_a_factor(client, curator):
    with_app(curator)
    without, wrong = ask(client, curator), ask(client, curator, otp=wrong_code())
    assert (without.status_code, without.json()["code"]) == (401, "otp_required")
    assert (wrong.status_code, wrong.json()["code"]) == (401, "otp_required")
    code = code_now()
    assert ask(client, curator, otp=code).status_code == 201
    assert ask(client, curator, otp=code).status_code == 401, "the code counted twice"
    assert Token.objects.get().with_factor


def test_S7_a_recovery_code_gets_a_token_once(client, curator):
    code = with_app(curator)[0]
    assert [ask(client, curator, otp=code).status_code for _time in range(2)] == [201, 401]


def test_S7_the_code_is_not_looked_at_before_the_password_is_right(client, curator):
    with_app(curator)
    code = code_now()
    answer = client.post(
        TOKEN, {"email": curator.email, "password": "wrong", "otp": code}, content_type="application/json"
    )
    assert answer.json()["code"] == "wrong_credentials"
    assert ask(client, curator, otp=code).status_code == 201


def test_S7_staff_without_a_factor_get_no_token_where_it_is_required(client, curator, settings):
    settings.STAFF_MFA = True
    answer = ask(client, curator)
    assert (answer.status_code, answer.json()["code"]) == (403, "second_factor_missing")


def test_S7_a_token_from_before_the_requirement_opens_nothing(client, curator, settings):
    words = ask(client, curator).json()["token"]
    assert client.get(TOKENS, headers={"authorization": f"Bearer {words}"}).status_code == 200
    settings.STAFF_MFA = True
    assert client.get(TOKENS, headers={"authorization": f"Bearer {words}"}).status_code == 401


def test_S7_producers_need_no_code(client, settings):
    settings.STAFF_MFA = True
    assert ask(client, with_password(UserFactory())).status_code == 201


def test_S7_five_wrong_codes_wait(client, curator):
    with_app(curator)
    codes = [ask(client, curator, otp=wrong_code()).status_code for _time in range(6)]
    assert codes == [401] * 5 + [429]

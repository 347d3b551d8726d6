"""S7: what a browser never sends as a passkey is refused with a sentence, on each page that takes one."""

from __future__ import annotations

import json
from typing import Any

import pytest
from allauth.account.utils import user_pk_to_url_str
from django.core.cache import cache
from django.test import Client
from fido2.utils import websafe_encode

from accounts.models import User
from tests.factories import UserFactory
from tests.security.second_factors import (
    FACTORS,
    LOGIN,
    PASS,
    PASSWORD,
    REAUTHENTICATE,
    factors_of,
    sign_in,
    with_passkey,
    with_password,
)

ADD, ALONE, AGAIN = f"{FACTORS}passkeys/new/", f"{FACTORS}passkeys/login/", f"{FACTORS}passkeys/pass/"
NOT_RECOGNISED = "That passkey was not recognised. Try again."
CREATED: dict[str, Any] = {
    "type": "public-key",
    "id": "AAAA",
    "rawId": "AAAA",
    "clientExtensionResults": {},
    "response": {"clientDataJSON": "e30", "attestationObject": "oA"},
}
SAID = websafe_encode(b'{"type": "webauthn.get", "challenge": "AA", "origin": "http://testserver"}')
ANSWERED: dict[str, Any] = {  # as a browser writes it, signed by nobody
    **CREATED,
    "response": {"clientDataJSON": SAID, "authenticatorData": "A" * 50, "signature": "AA", "userHandle": "MQ"},
}
ODD: list[Any] = [
    "", "x", "null", "[]", "0", '"text"', "{}", "[" * 900, "[" * 60_000, "[" * 900_000,
    '{"id": "AAAA"}', '{"response": {}}', '{"response": null}',
]  # fmt: skip


def _variants(of: dict[str, Any]) -> list[str]:
    """The answer as it is (made of nothing), and with one part wrong or away."""
    wrong: list[Any] = [of]
    odd: tuple[Any, ...] = (None, 1, "é", [], {}, "AAAAA")
    for name in of:
        wrong += [{key: value for key, value in of.items() if key != name}]
        wrong += [{**of, name: value} for value in odd]
    for name in of["response"]:
        parts = of["response"]
        wrong += [{**of, "response": {key: value for key, value in parts.items() if key != name}}]
        wrong += [{**of, "response": {**parts, name: value}} for value in (*odd, "oWE", "A" * 9999)]
    return [*ODD, *map(json.dumps, wrong)]


@pytest.fixture(autouse=True)
def as_many_tries_as_one_likes(db: None, settings: Any) -> None:
    cache.clear()
    settings.ACCOUNT_RATE_LIMITS = False
    settings.MFA_RATE_LIMITS = {"webauthn_login": "100000/m/ip"}


@pytest.fixture
def person() -> User:
    return with_password(UserFactory(ministry=True))


def test_S7_a_passkey_made_of_nothing_is_not_set_up(client: Client, person: User):
    client.force_login(person)
    client.post(f"{REAUTHENTICATE}?next={ADD}", {"password": PASSWORD, "next": ADD})
    for sent in _variants(CREATED):
        client.get(ADD)
        answer = client.post(ADD, {"name": "Kunci", "credential": sent})
        assert answer.status_code == 200 and answer.context["form"].errors, sent
        assert "Kunci" in answer.content.decode()
    assert factors_of(person) == set()


def test_S7_an_unknown_passkey_after_the_password_is_not_recognised(client: Client, person: User):
    known = with_passkey(person)
    sign_in(client, person)
    for sent in _variants(ANSWERED | {"id": known, "rawId": known}):
        client.get(PASS)
        answer = client.post(PASS, {"credential": sent})
        assert answer.status_code == 200 and NOT_RECOGNISED in answer.text, sent
    assert "_auth_user_id" not in client.session


def test_S7_an_unknown_passkey_alone_is_not_recognised(client: Client, person: User):
    known = with_passkey(person)
    told = ANSWERED["response"] | {"userHandle": websafe_encode(user_pk_to_url_str(person).encode())}
    for sent in _variants(ANSWERED | {"id": known, "rawId": known, "response": told}):
        client.get(ALONE, headers={"accept": "application/json"})
        answer = client.post(ALONE, {"credential": sent})
        assert answer["Location"] == LOGIN and NOT_RECOGNISED in client.get(LOGIN).text, sent
    assert "_auth_user_id" not in client.session


def test_S7_an_unknown_passkey_within_a_session_is_not_recognised(client: Client, person: User, settings: Any):
    settings.STAFF_MFA = True
    known = with_passkey(person)
    client.force_login(person)
    wanted = client.get("/en/desk/")["Location"]
    assert wanted == f"{AGAIN}?next=%2Fen%2Fdesk%2F"
    for sent in _variants(ANSWERED | {"id": known, "rawId": known}):
        client.get(wanted)
        answer = client.post(wanted, {"credential": sent, "next": "/en/desk/"})
        assert answer.status_code == 422 and NOT_RECOGNISED in answer.text, sent
        assert 'name="next" value="/en/desk/"' in answer.text
    assert client.get("/en/desk/")["Location"] == wanted


def test_S7_five_unknown_passkeys_and_the_page_says_to_wait(client: Client, person: User, settings: Any):
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "5/900s/key"}
    with_passkey(person)
    sign_in(client, person)
    for _time in range(5):
        client.post(PASS, {"credential": json.dumps(ANSWERED)})
    assert "Too many" in client.post(PASS, {"credential": json.dumps(ANSWERED)}).text

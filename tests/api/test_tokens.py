from __future__ import annotations

import datetime
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.cache import cache
from django.urls import get_resolver, reverse
from django.utils import timezone

from accounts.models import Scope, Token
from inaaccess import api
from tests import factories as make

TOKEN, TOKENS = "/api/v1/auth/token/", "/api/v1/auth/tokens/"
PASSWORD = "a very long password"


@pytest.fixture(autouse=True)
def no_tries_yet(db):
    cache.clear()


@pytest.fixture
def person(db):
    user = make.UserFactory()
    user.set_password(PASSWORD)
    user.save()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def ask(client, user, **more):
    return client.post(TOKEN, {"email": user.email, "password": PASSWORD, **more})


def bearing(client, words):
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {words}")
    return client


def test_S10_a_token_is_hashed_named_scoped_and_lasts_ninety_days(visitor, person):
    answer = ask(visitor, person, name="Stock", scopes=["desk:write", "catalogue:read"])
    told, token = answer.json(), Token.objects.get()
    assert answer.status_code == 201 and told["scopes"] == ["catalogue:read", "desk:write"]
    assert token.name == "Stock" and told["token"] not in (token.digest, token.token_key)
    assert datetime.timedelta(days=89) < token.expiry - timezone.now() <= datetime.timedelta(days=90)
    assert "no-store" in answer["Cache-Control"]


def test_a_sixth_token_revokes_the_oldest(visitor, person):
    first = ask(visitor, person).json()["token"]
    for _ in range(5):
        last = ask(visitor, person).json()["token"]
    assert Token.objects.count() == 5
    assert bearing(visitor, first).get(TOKENS).status_code == 401
    assert len(bearing(visitor, last).get(TOKENS).json()) == 5


@pytest.mark.parametrize("case", ["unknown", "wrong", "unconfirmed", "inactive"])
def test_S5_whoever_may_not_come_in_gets_the_same_answer(visitor, person, case):
    email, password = person.email, PASSWORD
    if case == "unknown":
        email = "nobody@example.test"
    elif case == "wrong":
        password = "another long password"
    elif case == "unconfirmed":
        EmailAddress.objects.update(verified=False)
    else:
        person.is_active = False
        person.save()
    answer = visitor.post(TOKEN, {"email": email, "password": password})
    assert answer.status_code == 401
    assert answer.json() == {
        "code": "wrong_credentials",
        "detail": "E-mail or password is wrong, or the address is not confirmed yet.",
        "fields": {},
    }


def test_S5_an_unknown_address_costs_the_same_work_as_a_known_one(visitor, person, settings, monkeypatch):
    settings.ACCOUNT_RATE_LIMITS = False
    hashings: list[str] = []
    for name in ("encode", "verify"):
        plain = getattr(Argon2PasswordHasher, name)

        def counted(self, *args, plain=plain, name=name):
            hashings.append(name)
            return plain(self, *args)

        monkeypatch.setattr(Argon2PasswordHasher, name, counted)

    def work(email):
        hashings.clear()
        visitor.post(TOKEN, {"email": email, "password": "another long password"})
        return len(hashings)

    assert work(person.email) == work("nobody@example.test") == 1


def test_S6_after_five_failures_even_the_right_password_must_wait(visitor, person):
    for _ in range(5):
        assert visitor.post(TOKEN, {"email": person.email, "password": "another long one"}).status_code == 401
    answer = ask(visitor, person)
    assert answer.status_code == 429 and int(answer["Retry-After"]) > 0 and answer.json()["code"] == "too_many_tries"


def test_S8_another_password_ends_every_token(visitor, person):
    words = ask(visitor, person).json()["token"]
    assert bearing(visitor, words).get(TOKENS).status_code == 200
    person.set_password("quite another password")
    person.save()
    assert visitor.get(TOKENS).status_code == 401


def test_S8_a_person_who_is_shut_out_is_out_at_once(visitor, person):
    words = ask(visitor, person).json()["token"]
    person.is_active = False
    person.save()
    refused = bearing(visitor, words).get(TOKENS)
    assert refused.status_code == 401 and refused["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize("words", ["", "x", "0" * 64, "é" * 32, "a b", "0" * 5000])
def test_a_token_that_is_none_is_refused(visitor, words):
    answer = visitor.get(TOKENS, HTTP_AUTHORIZATION=f"Bearer {words}".encode().decode("latin-1"))
    assert answer.status_code == 401


def test_an_expired_token_is_refused(visitor, person):
    words = ask(visitor, person).json()["token"]
    Token.objects.update(expiry=timezone.now() - datetime.timedelta(seconds=1))
    assert bearing(visitor, words).get(TOKENS).status_code == 401


def test_use_is_noted_at_most_once_a_minute(visitor, person, django_assert_num_queries):
    bearing(visitor, ask(visitor, person).json()["token"]).get(TOKENS)
    first = Token.objects.get().last_used_at
    visitor.get(TOKENS)
    assert first is not None and Token.objects.get().last_used_at == first
    Token.objects.update(last_used_at=first - datetime.timedelta(seconds=61))
    visitor.get(TOKENS)
    assert Token.objects.get().last_used_at > first


def test_own_tokens_are_seen_and_revoked_others_are_not_there(visitor, person):
    other, _words = Token.objects.issue(make.UserFactory(), name="other", scopes=Scope.values)
    bearing(visitor, ask(visitor, person, name="mine").json()["token"])
    (told,) = visitor.get(TOKENS).json()
    assert told["name"] == "mine" and told["is_current"]
    assert visitor.delete(f"{TOKENS}{other.short_id}/").status_code == 404
    assert visitor.delete(f"{TOKENS}{told['id']}/").status_code == 204
    assert visitor.get(TOKENS).status_code == 401 and Token.objects.get() == other


def test_a_token_can_always_end_itself(client_of, person):
    client = client_of(person, [])
    assert client.get(TOKENS).status_code == 403
    assert client.delete(f"{TOKENS}current/").status_code == 204
    assert not Token.objects.exists()


def routes() -> list[Any]:
    return list(api.urlpatterns)


def scoped_routes():
    for pattern in routes():
        words = {"iso2": "CL", "code": "640399", "id": "0" * 16}
        address = reverse(f"api:{pattern.name}", kwargs={name: words.get(name, "1") for name in _groups(pattern)})
        for method, action in list((getattr(pattern.callback, "actions", None) or {"get": ""}).items()):
            view = pattern.callback.cls()
            view.action = action  # reading and writing the same thing may need different scopes
            if method != "head" and getattr(view, "scope", None) is not None:
                yield address, method, view.scope


def _groups(pattern):
    return pattern.pattern.regex.groupindex


def test_S10_each_scope_opens_its_own_routes_and_no_other(client_of, db):
    get_resolver()
    superuser = make.UserFactory(is_staff=True, is_superuser=True)
    make.MembershipFactory(user=superuser)
    asked = 0
    for held in Scope.values:
        client = client_of(superuser, [held])
        for address, method, scope in scoped_routes():
            answer = getattr(client, method)(address)
            missing = answer.status_code == 403 and answer.json()["code"] == "scope_missing"
            assert missing == (scope != held), (held, method, address, answer.status_code)
            asked += 1
    assert asked > 250


def test_every_view_of_the_api_names_its_permission():
    for pattern in routes():
        view = pattern.callback.cls
        named = [base for base in view.__mro__ if "permission_classes" in vars(base)]
        assert named[0].__module__.split(".")[0] in {
            "accounts",
            "exporters",
            "catalog",
            "markets",
            "promotion",
            "inquiries",
            "inaaccess",
        }, view


def test_a_session_needs_csrf_and_a_token_does_not(visitor, person):
    from tests.api.conftest import Client

    make.MembershipFactory(user=person)
    by_session = Client(enforce_csrf_checks=True)
    by_session.force_login(person)
    refused = by_session.post("/api/v1/my/products/", {})
    assert refused.status_code == 403 and "CSRF" in refused.json()["detail"]
    by_token = bearing(Client(enforce_csrf_checks=True), ask(visitor, person).json()["token"])
    assert by_token.post("/api/v1/my/products/", {}).status_code == 201

from __future__ import annotations

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse

from accounts.models import User
from tests.factories import ImporterFactory, MembershipFactory, OfficerScopeFactory, UserFactory

LOGIN = "/en/account/login/"
PASSWORD = "rotan dan kayu jati"


@pytest.fixture
def siti(db) -> User:
    user = User.objects.create_user("siti@example.test", PASSWORD, name="Siti", language="id")
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    return user


def sign_in(client: Client, email: str = "siti@example.test", password: str = PASSWORD, **more: str) -> Any:
    return client.post(LOGIN, {"login": email, "password": password, **more})


@pytest.mark.parametrize("written", ["siti@example.test", "SITI@Example.Test", " siti@example.test "])
def test_the_address_is_read_without_regard_to_case(client: Client, siti, written):
    assert sign_in(client, written)["Location"] == "/en/after-login/"
    assert client.session["_auth_user_id"] == str(siti.pk)


def test_S5_an_unknown_address_and_a_wrong_password_look_the_same(siti):
    known, unknown = sign_in(Client(), password="wrong"), sign_in(Client(), "nobody@example.test", "wrong")
    assert known.status_code == unknown.status_code == 200
    assert known.context["form"].errors == unknown.context["form"].errors

    def body(response: Any) -> str:
        page = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", response.content.decode())
        return page.replace("siti@example.test", "X").replace("nobody@example.test", "X")

    assert body(known) == body(unknown)


def test_S6_after_five_failures_even_the_right_password_waits(siti):
    for _time in range(5):
        sign_in(Client(), password="wrong")
    answer = sign_in(Client())
    assert answer.status_code == 200
    assert answer.context["form"].errors


def test_logging_out_takes_a_post(client: Client, siti):
    client.force_login(siti)
    assert client.get("/en/account/logout/").status_code == 200
    assert "_auth_user_id" in client.session
    assert client.post("/en/account/logout/").status_code == 302
    assert "_auth_user_id" not in client.session


def test_S11_the_log_in_needs_a_csrf_token(siti):
    assert sign_in(Client(enforce_csrf_checks=True)).status_code == 403


@pytest.mark.parametrize("target", ["https://evil.test/", "//evil.test/", "javascript:alert(1)"])
def test_S11_next_leads_to_no_other_host(client: Client, siti, target):
    assert sign_in(client, next=target)["Location"] == "/en/after-login/"


def test_next_leads_back_to_the_page_that_asked_for_the_log_in(client: Client, siti):
    assert sign_in(client, next="/id/account/profile/")["Location"] == "/id/account/profile/"


def test_a_closed_account_does_not_get_in(client: Client, siti):
    siti.is_active = False
    siti.save()
    assert sign_in(client)["Location"] == "/en/account/inactive/"
    assert client.get("/en/account/inactive/").status_code == 200
    assert "_auth_user_id" not in client.session


def test_S8_the_session_gets_a_new_key_at_the_log_in(client: Client, siti):
    client.get("/en/account/profile/")
    session = client.session
    session["kept"] = 1
    session.save()
    before = session.session_key
    sign_in(client)
    assert client.session.session_key != before


# --- after_login -----------------------------------------------------------------------------------


def test_each_role_goes_to_its_own_page_in_its_own_language(db):
    ministry = UserFactory.create(ministry=True)
    mission = UserFactory.create(mission=True)
    officer = OfficerScopeFactory.create(user__language="id").user
    member = MembershipFactory.create(user__language="id").user
    importer = ImporterFactory.create(user__language="es").user
    nobody = UserFactory.create(language="pt-br")
    pages = {
        ministry: reverse("admin:index"),
        mission: reverse("admin:index"),
        officer: "/id/desk/",
        member: "/id/desk/",
        importer: "/es/inquiries/",
        nobody: "/pt-br/desk/",
    }
    for user, page in pages.items():
        client = Client()
        client.force_login(user)
        response = client.get("/en/after-login/")
        assert response["Location"] == page
        assert response.cookies["django_language"].value == user.language

from __future__ import annotations

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_q.models import OrmQ
from knox.models import get_token_model

from accounts import passwords
from accounts.models import Letter, User
from tests.factories import UserFactory

RESET = "/en/account/password/reset/"
OLD, NEW = "rotan dan kayu jati", "kopi gayo panen raya"


@pytest.fixture
def siti(db) -> User:
    user = User.objects.create_user("siti@example.test", OLD, name="Siti", language="id")
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    return user


def link_of(user: User) -> str:
    passwords.send_reset(user.pk)
    found = re.search(r"https?://[^/\s]+(/\S+)", Letter.objects.latest("pk").body)
    assert found
    return found.group(1)


def choose(client: Client, link: str, password: str = NEW) -> Any:
    form = client.get(link, follow=True)
    return client.post(form.request["PATH_INFO"], {"password1": password, "password2": password})


def test_S5_known_and_unknown_addresses_get_the_same_answer_and_both_queue_one_task(siti):
    answers = []
    for email in ("SITI@example.test", "nobody@example.test"):
        before = OrmQ.objects.count()
        response = Client().post(RESET, {"email": email})
        assert OrmQ.objects.count() == before + 1
        headers = {name: value for name, value in response.items() if name != "X-Request-Id"}
        answers.append((response.status_code, response.content, headers))
    assert answers[0] == answers[1]
    assert answers[0][0] == 302
    assert not Letter.objects.exists(), "the letter is written by the queue"


def test_S5_known_and_unknown_addresses_cost_the_same_queries(siti, settings):
    settings.ACCOUNT_RATE_LIMITS = {"reset_password": "1000/m/ip,1000/m/key"}

    def queries(email: str) -> list[str]:
        with CaptureQueriesContext(connection) as captured:
            Client().post(RESET, {"email": email})
        return [query["sql"].split(" ", 1)[0] for query in captured]

    for email in ("siti@example.test", "nobody@example.test"):  # the first try also makes the rows of the limits
        queries(email)
    assert queries("siti@example.test") == queries("nobody@example.test")


def test_the_queue_never_sees_an_address(siti):
    Client().post(RESET, {"email": "siti@example.test"})
    assert all("siti@" not in str(job.task) for job in OrmQ.objects.all())


def test_the_letter_is_in_the_readers_language(siti):
    assert link_of(siti).startswith("/id/account/password/reset/")


def test_nobody_gets_a_letter_for_a_closed_or_missing_account(db):
    passwords.send_reset(0)
    passwords.send_reset(UserFactory.create(is_active=False).pk)
    assert not Letter.objects.exists()


def test_the_link_sets_the_password_once_and_the_owner_is_told(client: Client, siti):
    link = link_of(siti)
    assert choose(client, link)["Location"].endswith("/account/password/reset/done/")
    siti.refresh_from_db()
    assert siti.check_password(NEW)
    assert Letter.objects.latest("pk").event.startswith("password_reset")
    again = Client().get(link, follow=True)
    assert b"password1" not in again.content


def test_S9_a_weak_password_is_not_taken(client: Client, siti):
    response = choose(client, link_of(siti), "short")
    assert "password1" in response.context["form"].errors
    siti.refresh_from_db()
    assert siti.check_password(OLD)


def test_S8_a_new_password_ends_all_sessions_and_tokens(client: Client, siti):
    elsewhere = Client()
    elsewhere.force_login(siti)
    get_token_model().objects.create(user=siti)
    choose(client, link_of(siti))
    assert elsewhere.get("/en/account/profile/").status_code == 302
    assert not siti.auth_token_set.exists()


def test_changing_the_password_keeps_this_session_and_ends_the_others(client: Client, siti):
    elsewhere = Client()
    elsewhere.force_login(siti)
    client.force_login(siti)
    said = {"oldpassword": OLD, "password1": NEW, "password2": NEW}
    assert client.post("/en/account/password/", said)["Location"] == "/en/account/profile/"
    assert client.get("/en/account/profile/").status_code == 200
    assert elsewhere.get("/en/account/profile/").status_code == 302
    assert Letter.objects.get().event.startswith("password_changed")


def test_the_old_password_is_asked_for(client: Client, siti):
    client.force_login(siti)
    response = client.post("/en/account/password/", {"oldpassword": "wrong", "password1": NEW, "password2": NEW})
    assert "oldpassword" in response.context["form"].errors


def test_S6_the_fourth_request_in_an_hour_for_one_address_is_429(siti):
    for _time in range(3):
        assert Client().post(RESET, {"email": "siti@example.test"}).status_code == 302
    answer = Client().post(RESET, {"email": "siti@example.test"})
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 0

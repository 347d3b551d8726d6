from __future__ import annotations

import json
import time

import pytest
from django.test import Client
from django.urls import reverse

from accounts.letter_mail import message_id
from accounts.models import Bounce
from accounts.returned_mail import signature
from tests.accounts.mails_that_come import letter_to
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
SECRET = "a provider's secret"


@pytest.fixture(autouse=True)
def secret(settings):
    settings.MAIL_WEBHOOK_SECRET = SECRET


@pytest.fixture
def letter():
    return letter_to(UserFactory.create())


def send(body, *, timestamp=None, signed=None):
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    at = str(int(time.time())) if timestamp is None else str(timestamp)
    heads = {"Mail-Timestamp": at, "Mail-Signature": signature(data, at) if signed is None else signed}
    strict = Client(enforce_csrf_checks=True)
    return strict.post(reverse("mail_bounces"), data, content_type="application/json", headers=heads)


def told(letter, status="5.1.1"):
    return {"bounces": [{"message_id": message_id(letter), "status": status}]}


def test_a_signed_notice_is_noted_once(letter):
    assert send(told(letter)).json() == {"read": 1, "noted": 1}
    assert send(told(letter)).json() == {"read": 1, "noted": 0}
    assert Bounce.objects.get().letter == letter


def test_a_message_id_may_stand_without_its_brackets(letter):
    body = {"bounces": [{"message_id": message_id(letter).strip("<>"), "status": "4.2.2", "more": 1}]}
    assert send(body).json()["noted"] == 1 and not Bounce.objects.get().is_permanent


def test_unknown_letters_and_no_failures_are_passed_over(letter):
    rows = [{"message_id": "<letter-1-x@y.test>", "status": "5.1.1"}, *told(letter, "2.0.0")["bounces"]]
    assert send({"bounces": rows}).json() == {"read": 2, "noted": 0}


@pytest.mark.parametrize("signed", ["", "sha256=", "sha256=" + "0" * 64, "ÿ"])
def test_without_our_signature_nothing_is_believed(letter, signed):
    assert send(told(letter), signed=signed).status_code == 403
    assert not Bounce.objects.exists()


@pytest.mark.parametrize("timestamp", [0, 9**20, "", "x", "²"])
def test_an_old_notice_is_not_believed_again(letter, timestamp):
    assert send(told(letter), timestamp=timestamp).status_code == 403


def test_without_a_secret_nobody_is_believed(letter, settings):
    settings.MAIL_WEBHOOK_SECRET = ""
    assert send(told(letter)).status_code == 403


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{", b"[]", b"null", b'{"bounces": {}}', b'{"bounces": [1]}', b'{"bounces": [{}]}', b"\xff",
        b'{"bounces": [{"message_id": 1, "status": "5.1.1"}]}',
        b"[" * 20_000,
        b'{"bounces": [' + b"{}," * 2000 + b"{}]}",
        json.dumps({"bounces": [{"message_id": "x" * 401, "status": "5.1.1"}]}).encode(),
    ],
)  # fmt: skip
def test_what_is_not_understood_is_refused_whole(body):
    assert send(body).status_code == 400


def test_a_body_that_is_too_large_is_not_read():
    assert send(b'"' + b"x" * 300_000 + b'"').status_code == 403


def test_a_form_is_no_notice(client):
    assert client.post(reverse("mail_bounces"), {"bounces": "x"}).status_code == 403


def test_it_is_posted_only(client):
    assert client.get(reverse("mail_bounces")).status_code == 405

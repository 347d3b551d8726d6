from __future__ import annotations

import re

import pytest
from django.core import mail, signing
from django.test import Client
from django.urls import reverse

from accounts import letter_choices, letters
from accounts.models import HowOften, Letter, LetterChoice, LetterKind, User
from inaaccess.logs import without_secrets
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def person():
    return UserFactory.create(language="en")


def link_for(person: User, kind: str = LetterKind.LISTINGS) -> str:
    """As it stands in the head of a letter."""
    letters.post(person.email, subject="s", body="b", event=kind, language="en", kind=kind, recipient=person)
    letters.send_due()
    found = re.search(r"<https?://[^/]+(/\S+)>", mail.outbox[-1].extra_headers["List-Unsubscribe"])
    assert found
    return found[1]


def chosen(person: User) -> dict[str, str]:
    return letter_choices.choices_of(person)


def test_opening_the_link_only_asks(client, person):
    page = client.get(link_for(person))
    assert page.status_code == 200 and "Do you want no more letters about “Offers in markets”?" in page.content.decode()
    assert not LetterChoice.objects.exists()
    assert person.email not in page.content.decode() and person.name not in page.content.decode()


def test_one_click_of_a_mail_program_switches_the_kind_off_and_only_that(person):
    strict = Client(enforce_csrf_checks=True)
    page = strict.post(link_for(person), ONE_CLICK)
    assert page.status_code == 200 and "You get no more letters about" in page.content.decode()
    assert {kind for kind, how in chosen(person).items() if how == HowOften.NEVER} == {LetterKind.LISTINGS}


def test_twice_is_like_once(client, person):
    link = link_for(person)
    assert [client.post(link, ONE_CLICK).status_code for _time in range(2)] == [200, 200]
    assert LetterChoice.objects.count() == 1


def test_the_letter_of_the_day_switches_off_the_kinds_that_come_in_it(client, person):
    letter_choices.choose(person, {"reviews": "daily", "listings": "daily"})
    client.post(link_for(person, LetterKind.DAILY), ONE_CLICK)
    assert {kind for kind, how in chosen(person).items() if how == HowOften.NEVER} == {"reviews", "listings"}


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("wrong", ["forged", "other salt", "account", "erased", "moved", "gone", "no list"])
def test_a_link_that_leads_nowhere_says_the_same_whatever_is_wrong(client, person, wrong, method):
    link = link_for(person)
    token = link.rstrip("/").rpartition("/")[2]
    if wrong == "forged":
        token = token[:-1] + ("A" if token[-1] != "A" else "B")
    elif wrong == "other salt":
        token = signing.dumps([person.pk, "listings", "x"])
    elif wrong == "account":
        token = letter_choices.token_for(Letter(recipient=person, kind="account", address=person.email))
    elif wrong == "erased":
        User.objects.filter(pk=person.pk).update(erased_at=person.joined_at)
    elif wrong == "moved":
        User.objects.filter(pk=person.pk).update(email="new@example.test")
    elif wrong == "gone":
        token = letter_choices.token_for(Letter(recipient_id=person.pk + 999, kind="listings", address=person.email))
    else:
        token = signing.dumps("listings", salt=letter_choices.SALT)
    answer = getattr(client, method)(reverse("letters_stop", args=[token]))
    unknown = getattr(client, method)(reverse("letters_stop", args=["unknown"]))
    assert answer.status_code == unknown.status_code == 404
    of_forms = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"')
    bare, bare_unknown = (of_forms.sub(b"", page.content) for page in (answer, unknown))
    assert bare.replace(token.encode(), b"") == bare_unknown.replace(b"unknown", b"")
    assert not LetterChoice.objects.exists()


def test_tries_are_limited(client, settings):
    settings.RATE_LIMITS = settings.RATE_LIMITS | {"letters_stop": (2, 60)}
    address = reverse("letters_stop", args=["unknown"])
    assert [client.post(address).status_code for _time in range(3)] == [404, 404, 429]


def test_S39_the_link_is_not_in_the_log(person):
    link = link_for(person)
    assert without_secrets(f"GET {link}") == "GET /en/letters/stop/[hidden]/"

from __future__ import annotations

import re

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from accounts.models import Letter, User
from tests.factories import UserFactory

PROFILE, EMAIL, LANGUAGE = "/en/account/profile/", "/en/account/email/", "/en/account/language/"
PASSWORD = "rotan dan kayu jati"


@pytest.fixture
def siti(db, client: Client) -> User:
    user = User.objects.create_user("siti@example.test", PASSWORD, name="Siti", language="en")
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    client.post("/en/account/login/", {"login": user.email, "password": PASSWORD})
    return user


def test_name_language_and_zone_are_kept_and_the_page_goes_on_in_the_language(client: Client, siti):
    response = client.post(PROFILE, {"name": "Siti R", "language": "es", "time_zone": "America/Santiago"})
    assert response["Location"] == "/es/account/profile/"
    siti.refresh_from_db()
    assert (siti.name, siti.language, siti.time_zone) == ("Siti R", "es", "America/Santiago")


@pytest.mark.parametrize("wrong", [{"name": ""}, {"language": "nl"}, {"time_zone": "Mars/Base"}, {"name": "a" * 121}])
def test_wrong_values_change_nothing(client: Client, siti, wrong):
    said = {"name": "Siti R", "language": "es", "time_zone": "UTC"} | wrong
    response = client.post(PROFILE, said)
    assert response.status_code == 422
    assert set(response.context["form"].errors) == set(wrong)
    siti.refresh_from_db()
    assert siti.name == "Siti"


def test_S2_no_field_of_power_is_taken(client: Client, siti):
    said = {"name": "Siti", "language": "en", "time_zone": "UTC"}
    client.post(PROFILE, said | {"is_staff": "on", "is_superuser": "on", "email": "boss@example.test", "groups": "1"})
    siti.refresh_from_db()
    assert not siti.is_staff
    assert not siti.is_superuser
    assert siti.email == "siti@example.test"
    assert not siti.groups.exists()


# --- the address -----------------------------------------------------------------------------------


@pytest.fixture
def proven(client: Client, siti) -> User:
    """Siti, who has just given her password once more."""
    client.post("/en/account/reauthenticate/", {"password": PASSWORD})
    return siti


def test_a_new_address_counts_once_its_link_is_followed(client: Client, proven, siti):
    client.post(EMAIL, {"email": "New@example.test", "action_add": "1"})
    siti.refresh_from_db()
    assert siti.email == "siti@example.test"
    letter = Letter.objects.get(address="new@example.test")
    link = re.search(r"https?://[^/\s]+(/\S+)", letter.body)
    assert link
    assert b"new@example.test" in client.get(EMAIL).content
    client.post(link.group(1))
    siti.refresh_from_db()
    assert siti.email == "new@example.test"
    assert EmailAddress.objects.get(user=siti).email == "new@example.test"
    told = Letter.objects.get(event__startswith="email_changed")
    assert told.address == "siti@example.test", "the old address learns of it"


def test_S5_another_persons_address_is_answered_like_any_and_never_taken(client: Client, proven, siti):
    other = UserFactory.create(email="other@example.test")
    EmailAddress.objects.create(user=other, email=other.email, primary=True, verified=True)
    free = client.post(EMAIL, {"email": "free@example.test", "action_add": "1"})
    taken = client.post(EMAIL, {"email": "other@example.test", "action_add": "1"})
    assert (free.status_code, free["Location"]) == (taken.status_code, taken["Location"]) == (302, EMAIL)
    siti.refresh_from_db()
    assert siti.email == "siti@example.test"


def test_the_address_changes_only_after_the_password_once_more(client: Client, siti):
    change = {"email": "new@example.test", "action_add": "1"}
    response = client.post(EMAIL, change)
    assert response["Location"].startswith("/en/account/reauthenticate/")
    assert not EmailAddress.objects.filter(email="new@example.test").exists()
    assert client.get(response["Location"]).status_code == 200
    assert client.post(response["Location"], {"password": PASSWORD})["Location"] == EMAIL
    assert EmailAddress.objects.filter(email="new@example.test").exists(), "what was asked goes on"


# --- the language ----------------------------------------------------------------------------------


def test_a_chosen_language_is_kept_on_the_account_and_the_page_goes_on(client: Client, siti):
    response = client.post(LANGUAGE, {"language": "pt-br", "next": "/en/account/profile/"})
    assert response["Location"] == "/pt-br/account/profile/"
    assert response.cookies["django_language"].value == "pt-br"
    siti.refresh_from_db()
    assert siti.language == "pt-br"


def test_a_visitor_keeps_the_language_in_the_browser(client: Client, db):
    response = client.post(LANGUAGE, {"language": "es", "next": "https://evil.test/"})
    assert response["Location"] == "/es/"
    assert response.cookies["django_language"].value == "es"


def test_an_unknown_language_is_refused(client: Client, db):
    assert client.post(LANGUAGE, {"language": "nl"}).status_code == 400


def test_the_language_of_the_address_is_the_pages(client: Client, siti):
    assert b'<html lang="id">' in client.get("/id/account/profile/").content
    siti.refresh_from_db()
    assert siti.language == "en", "looking at a page in another language changes nothing"

"""The ministry protects accounts: shut out, let in, sign out everywhere, reset a lost factor. Each is in the trail."""

from __future__ import annotations

import pytest
from django.urls import reverse

from accounts import guarding
from accounts.models import AuditEntry, Letter, Token
from tests.factories import UserFactory
from tests.security.second_factors import factors_of, with_app

pytestmark = pytest.mark.django_db
VERBS = ["person_shut_out", "person_let_in", "person_end_sessions", "person_reset_factor"]


def guard(client, name, person, why="Telepon hilang"):
    return client.post(reverse(f"admin:{name}", args=[person.pk]), {"why": why})


@pytest.fixture
def ministry(client):
    client.force_login(UserFactory(ministry=True))
    return client


def test_S7_a_lost_factor_is_taken_away_with_sessions_and_tokens_and_the_person_is_told(ministry, django_user_model):
    person = UserFactory(mission=True)
    with_app(person)
    token, _words = Token.objects.issue(person, name="x", scopes=["catalogue:read"])
    assert guard(ministry, "person_reset_factor", person).status_code == 302
    token.refresh_from_db()
    token.user.refresh_from_db()
    assert factors_of(person) == set() and not token.is_live()
    entry = AuditEntry.objects.get(verb="reset_factor")
    assert (entry.object_id, entry.why) == (str(person.pk), "Telepon hilang")
    assert Letter.objects.get(event__startswith="factor_reset").address == person.email


@pytest.mark.parametrize("name", VERBS)
def test_each_needs_a_reason_the_power_and_somebody_else(client, name):
    person, ministry, mission = UserFactory(), UserFactory(ministry=True), UserFactory(mission=True)
    client.force_login(mission)
    assert guard(client, name, person).status_code == 403
    client.force_login(ministry)
    assert guard(client, name, person, why=" ").status_code == 422
    assert guard(client, name, ministry).status_code == 409
    assert guard(client, name, UserFactory(is_staff=True, is_superuser=True)).status_code == 409
    assert guard(client, name, person).status_code == 302
    assert AuditEntry.objects.filter(object_id=str(person.pk), object_type="accounts.user").count() == 1


def test_S8_who_is_shut_out_is_out_and_stays_out_of_old_sessions(client):
    person, by = UserFactory(), UserFactory(ministry=True)
    client.force_login(person)
    guarding.shut_out(person, by=by, why="x")
    assert client.get("/en/desk/").status_code == 302
    guarding.let_in(person, by=by, why="x")
    assert client.get("/en/desk/").status_code == 302


def test_the_page_of_a_person_offers_what_may_be_done(ministry):
    person = UserFactory()
    page = ministry.get(reverse("admin:accounts_user_change", args=[person.pk])).content.decode()
    assert reverse("admin:person_shut_out", args=[person.pk]) in page
    assert reverse("admin:person_reset_factor", args=[person.pk]) not in page
    with_app(person)
    page = ministry.get(reverse("admin:accounts_user_change", args=[person.pk])).content.decode()
    assert reverse("admin:person_reset_factor", args=[person.pk]) in page

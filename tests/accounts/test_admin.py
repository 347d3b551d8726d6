from __future__ import annotations

from typing import Any

import pytest
from django.contrib import admin
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from knox.models import get_token_model

from accounts import audit, letters
from accounts.models import AuditEntry, Holiday, Letter, LetterState
from tests.factories import (
    CertificateTypeFactory,
    ImporterFactory,
    MembershipFactory,
    OfficerScopeFactory,
    RegencyFactory,
    UserFactory,
    in_days,
)

OURS = ("accounts", "exporters", "inquiries")
TABLES = [model for model in admin.site._registry if model._meta.app_label in OURS]
LETTERS, TOKENS = "/admin/accounts/letter/", "/admin/accounts/token/"


@pytest.fixture
def ministry(client: Client, db) -> Client:
    client.force_login(UserFactory.create(ministry=True, language="en"))
    return client


def fill(numbers: range) -> None:
    """A row of each table per number."""
    for number in numbers:
        member = MembershipFactory.create()
        audit.record("test", member, by=member.user)
        letters.post(member.user.email, subject="Hi", body="secret link", event=f"e{number}", language="en")
        member.producer.invite(f"n{number}@example.test", role="editor", by=member.user, language="en")
        OfficerScopeFactory.create(regency=RegencyFactory.create(code=f"35.{number:02d}", name=f"Kota {number}"))
        CertificateTypeFactory.create(code=f"T{number}")
        ImporterFactory.create()
        Holiday.objects.create(day=in_days(number), name="Day off")
        get_token_model().objects.create(user=member.user)


@pytest.mark.parametrize("model", TABLES, ids=lambda model: model._meta.label_lower)
def test_a_table_asks_the_database_as_often_for_twelve_rows_as_for_one(ministry: Client, model: Any):
    address = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
    counts = []
    for numbers in (range(1), range(1, 12)):
        fill(numbers)
        with CaptureQueriesContext(connection) as queries:
            assert ministry.get(address).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("model", TABLES, ids=lambda model: model._meta.label_lower)
def test_a_table_can_be_searched(ministry: Client, model: Any):
    fill(range(1))
    address = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
    assert admin.site._registry[model].search_fields
    assert ministry.get(address, {"q": "siti 35"}).status_code == 200


def test_S7_people_are_not_made_or_given_power_here(ministry: Client):
    person = UserFactory.create()
    assert ministry.get("/admin/accounts/user/add/").status_code == 403
    address = f"/admin/accounts/user/{person.pk}/change/"
    assert ministry.get(address).status_code == 200
    assert ministry.post(address, {"is_superuser": "on"}).status_code == 403
    person.refresh_from_db()
    assert not person.is_superuser


def test_the_text_of_a_letter_with_its_links_is_not_shown(ministry: Client):
    fill(range(1))
    letter = Letter.objects.filter(body="secret link").get()
    assert b"secret link" not in ministry.get(f"{LETTERS}{letter.pk}/change/").content


def test_what_failed_is_sent_again_and_what_did_not_is_left_alone(ministry: Client):
    fill(range(2))
    failed, waiting = Letter.objects.filter(body="secret link").order_by("pk")
    Letter.objects.filter(pk=failed.pk).update(state=LetterState.FAILED)
    said = {"action": "retry", "_selected_action": [failed.pk, waiting.pk]}
    page = ministry.post(LETTERS, said, follow=True)
    assert b"1 letter is sent again." in page.content
    assert AuditEntry.objects.filter(verb="retry").count() == 1
    failed.refresh_from_db()
    assert failed.state == LetterState.WAITING


def test_a_token_is_revoked_and_never_shown(ministry: Client):
    token, secret = get_token_model().objects.create(user=UserFactory.create())
    address = f"{TOKENS}{token.pk}/"
    page = ministry.get(f"{address}change/")
    assert page.status_code == 200
    assert token.digest not in page.content.decode().replace(token.pk, "")
    assert secret not in page.content.decode()
    assert ministry.post(f"{address}delete/", {"post": "yes"}).status_code == 302
    assert not get_token_model().objects.exists()
    entry = AuditEntry.objects.get(verb="revoke_token")
    assert entry.why == ""


def test_mission_staff_see_none_of_these_tables(client: Client, db):
    client.force_login(UserFactory.create(mission=True))
    for table in ("accounts/user", "accounts/auditentry", "accounts/letter", "exporters/membership"):
        assert client.get(f"/admin/{table}/").status_code == 403


def test_a_regency_given_to_an_officer_stands_in_the_trail(ministry: Client):
    officer = UserFactory.create(officer=True)
    RegencyFactory.create()
    ministry.post("/admin/exporters/officerscope/add/", {"user": officer.pk, "regency": "35.76"})
    assert officer.officer_scopes.get().regency_id == "35.76"
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what the database says at COMMIT
    entry = AuditEntry.objects.get(verb="regency_added", to_state="35.76")
    assert (entry.object_id, entry.to_state) == (str(officer.pk), "35.76")

from __future__ import annotations

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client

from accounts import audit
from accounts.models import AuditEntry, User
from tests.factories import MembershipFactory, UserFactory


@pytest.fixture
def entry(db) -> AuditEntry:
    return audit.record("test", UserFactory.create(), by=None, why="because")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE accounts_auditentry SET why = 'nothing'",
        "DELETE FROM accounts_auditentry",
        "TRUNCATE accounts_auditentry",
    ],
)
def test_S34_the_database_refuses_to_change_the_trail(entry, statement):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert AuditEntry.objects.get().why == "because"


def test_a_superusers_act_stands_there_as_such(db):
    boss, thing = UserFactory.create(is_superuser=True), UserFactory.create()
    assert audit.record("test", thing, by=boss).as_superuser
    assert not audit.record("test", thing, by=thing).as_superuser


def test_an_entry_knows_the_request_and_only_the_network_of_the_person(client: Client, db):
    person = UserFactory.create(email="siti@example.test", name="Siti Rahmawati")
    client.force_login(person)
    membership = MembershipFactory.create(user=person)
    client.post(
        f"/en/desk/producers/{membership.producer_id}/picture/",
        {"kind": "logo", "remove": "1"},
        REMOTE_ADDR="203.0.113.77",
    )
    entry = AuditEntry.objects.get()
    assert entry.address == "203.0.113.0/24"
    assert len(entry.request_id) == 36
    row = " ".join(str(value) for value in AuditEntry.objects.values_list().get())
    assert "Siti" not in row
    assert "siti@" not in row


def test_two_accounts_never_share_an_address_whatever_its_case(db):
    UserFactory.create(email="siti@example.test")
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(email="SITI@example.test", name="Other")

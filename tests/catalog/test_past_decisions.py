"""The filling of catalog_decision from the audit trail, by the migration 0015."""

from __future__ import annotations

import datetime
from importlib import import_module

import pytest
from django.db import connection
from django.utils import timezone

from accounts.models import AuditEntry
from catalog.models import Decision
from tests import factories as make

pytestmark = pytest.mark.django_db
FILL = import_module("catalog.migrations.0015_past_decisions").FILL
NOW = timezone.now().replace(microsecond=0)


@pytest.fixture
def reviewer():
    return make.UserFactory()


def told(revision, verb, *, hours, by=None):
    """An entry of so many hours ago."""
    entry = AuditEntry(verb=verb, object_type="catalog.productrevision", object_id=str(revision.pk), by=by)
    return AuditEntry.objects.bulk_create([entry])[0].pk, NOW - datetime.timedelta(hours=hours)


def dated(*told_entries):
    """Give the entries their times: the trail itself takes only the present."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.executemany(
            "UPDATE accounts_auditentry SET at = %s WHERE id = %s", [(at, pk) for pk, at in told_entries]
        )
        cursor.execute("SET session_replication_role = origin")


def fill():
    with connection.cursor() as cursor:
        cursor.execute(FILL)


def rows():
    return list(Decision.objects.order_by("decided_at").values_list("outcome", "submitted_at", "decided_at", "by"))


def ago(hours):
    return NOW - datetime.timedelta(hours=hours)


def test_each_decision_gets_the_hand_in_that_it_answered(reviewer):
    revision = make.RevisionFactory(approved=True, version=3)
    dated(
        told(revision, "submit", hours=90),
        told(revision, "claim", hours=80, by=reviewer),
        told(revision, "request_changes", hours=70, by=reviewer),
        told(revision, "submit", hours=50),
        told(revision, "approve", hours=10, by=reviewer),
    )
    fill()
    assert rows() == [
        ("request_changes", ago(90), ago(70), reviewer.pk),
        ("approve", ago(50), ago(10), reviewer.pk),
    ]
    assert set(Decision.objects.values_list("revision", "version")) == {(revision.pk, 3)}


def test_a_second_run_and_decisions_that_are_there_add_nothing(reviewer):
    revision = make.RevisionFactory(rejected=True)
    dated(told(revision, "submit", hours=5), told(revision, "reject", hours=4, by=reviewer))
    Decision.objects.create(
        revision=revision, outcome="reject", version=1, submitted_at=ago(5), decided_at=ago(4), by=reviewer
    )
    fill()
    fill()
    assert len(rows()) == 1


def test_without_a_hand_in_on_record_the_revision_says_when_else_the_decision_itself():
    known = make.RevisionFactory(approved=True, submitted_at=ago(30))
    unknown = make.RevisionFactory(approved=True, submitted_at=None)
    dated(told(known, "approve", hours=3), told(unknown, "approve", hours=2))
    fill()
    assert rows() == [("approve", ago(30), ago(3), None), ("approve", ago(2), ago(2), None)]


def test_who_is_gone_is_nobody_and_a_revision_that_is_gone_is_left_out(reviewer):
    revision, gone = make.RevisionFactory(approved=True, submitted_at=ago(9)), make.RevisionFactory(approved=True)
    entries = [told(revision, "approve", hours=3, by=reviewer), told(gone, "approve", hours=2, by=reviewer)]
    dated(*entries)
    gone.delete()
    reviewer.delete()
    fill()
    assert rows() == [("approve", ago(9), ago(3), None)]


def test_other_verbs_and_other_objects_are_no_decisions(reviewer):
    revision = make.RevisionFactory(approved=True)
    told(revision, "release", hours=1)
    AuditEntry.objects.create(verb="reject", object_type="exporters.certificate", object_id=str(revision.pk))
    fill()
    assert rows() == []

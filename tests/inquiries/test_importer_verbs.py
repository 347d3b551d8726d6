"""Importer.verify, unverify and edit: effect, audit entry, letter, refusals."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from accounts.models import AuditEntry, Letter
from accounts.workflow import Refused
from inquiries.models import Importer
from inquiries.models.importer import ImporterMoved
from tests import factories as make

pytestmark = pytest.mark.django_db


def test_a_verified_company_carries_who_when_and_how_and_is_told_in_its_language(importer, curator):
    importer.verify(by=curator, note="In the register.", seen_version=1)
    importer.refresh_from_db()
    assert (importer.verified_by, importer.verify_note) == (curator, "In the register.")
    assert importer.verified_mission == curator.mission_posts.get().mission
    letter = Letter.objects.get()
    assert (letter.recipient, letter.language) == (importer.user, "es")
    assert "/es/inquiries/company/" in letter.body
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.by, entry.why) == ("verify", curator, "In the register.")


def test_the_ministry_verifies_without_a_mission(importer):
    importer.verify(by=make.UserFactory(ministry=True), note="x", seen_version=1)
    assert importer.is_verified and importer.verified_mission is None


def test_a_company_is_verified_once(importer, curator):
    importer.verify(by=curator, note="x", seen_version=1)
    with pytest.raises(Refused) as refusal:
        importer.verify(by=curator, note="y", seen_version=1)
    assert refusal.value.code == "already_verified"
    assert Letter.objects.count() == AuditEntry.objects.count() == 1


def test_what_changed_since_it_was_looked_at_is_not_verified(importer, curator):
    importer.edit({"website": "https://www.calzados.cl/"}, by=importer.user, seen_version=1)
    with pytest.raises(ImporterMoved):
        importer.verify(by=curator, note="x", seen_version=1)
    importer.refresh_from_db()
    assert not importer.is_verified and not Letter.objects.exists()


def test_nobody_verifies_their_own_company(curator):
    own = make.ImporterFactory(user=curator)
    with pytest.raises(Refused) as refusal:
        own.verify(by=curator, note="x", seen_version=1)
    assert refusal.value.code == "own_company"


def test_a_verification_is_taken_back_with_the_reason_once(curator):
    importer = make.ImporterFactory(verified=True)
    importer.unverify(by=curator, why="The register says otherwise.")
    importer.refresh_from_db()
    assert (importer.verified_at, importer.verified_by, importer.verify_note) == (None, None, "")
    assert "The register says otherwise." in Letter.objects.get().body
    with pytest.raises(Refused) as refusal:
        importer.unverify(by=curator, why="again")
    assert refusal.value.code == "not_verified"
    assert AuditEntry.objects.filter(verb="unverify").count() == 1


@pytest.mark.parametrize(
    ("field", "value"), [("company", "Calzados del Norte"), ("country", "PE"), ("tax_number", "76.1-K")]
)
def test_changing_what_was_checked_ends_the_verification_and_tells_the_company(field, value):
    importer = make.ImporterFactory(verified=True)
    importer.edit({field: value}, by=importer.user, seen_version=1)
    importer.refresh_from_db()
    assert not importer.is_verified and importer.version == 2
    assert [entry.verb for entry in AuditEntry.objects.order_by("pk")] == ["unverify", "edit"]
    assert AuditEntry.objects.get(verb="unverify").why == field
    assert Letter.objects.get().event.startswith("importer_verification_ended")


def test_changing_anything_else_leaves_it_verified():
    importer = make.ImporterFactory(verified=True)
    importer.edit({"website": "https://www.calzados.cl/", "languages": ["es"]}, by=importer.user, seen_version=1)
    importer.refresh_from_db()
    assert importer.is_verified and not Letter.objects.exists()


def test_the_same_facts_again_change_nothing(importer):
    importer.edit({"company": importer.company, "languages": []}, by=importer.user, seen_version=1)
    importer.refresh_from_db()
    assert importer.version == 1 and not AuditEntry.objects.exists()


def test_of_two_edits_of_one_version_the_second_is_refused(importer):
    copy = Importer.objects.get()
    importer.edit({"website": "https://www.uno.cl/"}, by=importer.user, seen_version=1)
    with pytest.raises(ImporterMoved):
        copy.edit({"website": "https://www.dos.cl/"}, by=importer.user, seen_version=1)


def test_the_database_keeps_no_note_without_a_verification(importer):
    with pytest.raises(IntegrityError), transaction.atomic():
        Importer.objects.update(verify_note="x")

"""What the database writes into the trail by itself: powers and scopes, whatever way they were changed."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import connection, transaction
from django.test import Client

from accounts import audit, trail
from accounts.models import AuditEntry, User
from exporters.models import Membership, OfficerScope
from kit.tracing import RequestFacts, current_request
from markets.models import Accreditation, MissionStaff
from tests import factories as make

pytestmark = pytest.mark.django_db


def told(**about: object) -> list[AuditEntry]:
    """The entries after what is deferred to COMMIT was done, oldest first; it is deferred again afterwards."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    return list(AuditEntry.objects.filter(**about).order_by("pk"))


def by_sql(statement: str, *values: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


@pytest.fixture
def boss():
    """A signed-in superuser, in the middle of a request."""
    user = make.UserFactory.create(is_superuser=True)
    told()
    token = current_request.set(RequestFacts("r-1", "203.0.113.0/24", lambda: user))
    yield user
    current_request.reset(token)


class TestEachTable:
    def test_S34_a_role_given_and_taken(self, boss):
        person, group = make.UserFactory.create(), Group.objects.get(name="ministry")
        person.groups.add(group)
        person.groups.remove(group)
        given, taken = told(object_type="accounts.user", object_id=str(person.pk))
        assert (given.verb, given.from_state, given.to_state) == ("group_added", "", "ministry")
        assert (taken.verb, taken.from_state, taken.to_state) == ("group_removed", "ministry", "")
        assert given.by == boss and given.as_superuser
        assert given.request_id == "r-1" and given.address == "203.0.113.0/24"

    def test_S34_a_permission_of_a_person_and_of_a_role(self, boss):
        person, group = make.UserFactory.create(), Group.objects.get(name="officer")
        permission = Permission.objects.get(codename="review_revision")
        person.user_permissions.add(permission)
        group.permissions.add(permission)
        assert [entry.to_state for entry in told(verb="permission_added")] == ["review_revision"] * 2
        assert {entry.object_type for entry in told(verb="permission_added")} == {"accounts.user", "auth.group"}

    def test_S34_the_flags_of_accounts_in_bulk(self, boss):
        people = [make.UserFactory.create() for _number in range(2)]
        User.objects.filter(pk__in=[person.pk for person in people]).update(is_staff=True)
        first, second = told(verb="account_changed")
        assert (first.from_state, first.to_state) == ("is_staff: false", "is_staff: true")
        assert {first.object_id, second.object_id} == {str(person.pk) for person in people}

    def test_S34_address_and_password_without_their_values(self, boss):
        person = make.UserFactory.create(email="siti@example.test")
        User.objects.filter(pk=person.pk).update(email="other@example.test", password="x")
        (entry,) = told(verb="account_changed")
        assert (entry.from_state, entry.to_state) == ("", "email: *, password: *")

    def test_S34_what_gives_no_power_is_not_told(self, boss):
        person = make.UserFactory.create()
        User.objects.filter(pk=person.pk).update(name="Other", language="es")
        assert not told(object_id=str(person.pk))

    def test_S34_a_staff_account_out_of_nowhere(self, boss):
        staff, other = make.UserFactory.create(is_staff=True), make.UserFactory.create()
        assert told(verb="account_added", object_id=str(staff.pk))
        assert not told(object_id=str(other.pk))

    def test_S34_a_membership(self, boss):
        membership = make.MembershipFactory.create(role="editor")
        Membership.objects.filter(pk=membership.pk).update(role="owner")
        Membership.objects.filter(pk=membership.pk).delete()
        added, changed, removed = told(object_type="exporters.membership", object_id=str(membership.pk))
        assert added.to_state == f"role: editor, user: {membership.user_id}, producer: {membership.producer_id}"
        assert (changed.from_state, changed.to_state) == ("role: editor", "role: owner")
        assert removed.verb == "membership_removed" and removed.from_state.startswith("role: owner")

    def test_S34_the_regency_of_an_officer(self, boss):
        scope = make.OfficerScopeFactory.create()
        OfficerScope.objects.all().delete()
        assert [entry.verb for entry in told(object_id=str(scope.user_id), verb__startswith="regency")] == [
            "regency_added",
            "regency_removed",
        ]
        assert told(verb="regency_added")[0].to_state == scope.regency_id

    def test_S34_the_mission_of_its_staff(self, boss):
        post = make.MissionStaffFactory.create()
        MissionStaff.objects.all().delete()
        assert told(verb="mission_added", object_id=str(post.user_id))[0].to_state == post.mission.code
        assert told(verb="mission_removed", object_id=str(post.user_id))[0].from_state == post.mission.code

    def test_S34_the_market_of_a_mission(self, boss):
        accreditation = make.AccreditationFactory.create()
        Accreditation.objects.update(until="2020-01-01")
        added, changed = told(object_type="markets.mission", object_id=str(accreditation.mission_id))
        assert added.to_state == f"market: {accreditation.market_id}"
        assert (changed.from_state, changed.to_state) == ("", "until: 2020-01-01")

    def test_S34_a_certificate_outside_its_workflow(self, boss):
        certificate = make.CertificateFactory.create()
        told()
        by_sql("UPDATE exporters_certificate SET state = 'verified', number = 'X-1' WHERE id = %s", certificate.pk)
        (entry,) = told(verb="certificate_changed")
        assert (entry.from_state, entry.to_state) == ("state: submitted", "state: verified, number: *")


class TestWho:
    def test_what_a_verb_tells_is_not_told_twice(self, boss):
        owner = make.MembershipFactory.create(role="owner")
        editor = make.MembershipFactory.create(producer=owner.producer, role="editor")
        told()
        editor.change_role("owner", by=boss)
        (entry,) = told(object_type="exporters.membership", object_id=str(editor.pk), verb__contains="chang")
        assert entry.verb == "change_role"

    def test_S34_sql_by_hand_says_as_which_role_of_the_database(self):
        person = make.UserFactory.create()
        by_sql("UPDATE accounts_user SET is_superuser = true WHERE id = %s", person.pk)
        (entry,) = told(object_id=str(person.pk))
        assert entry.by_id is None and entry.why.startswith("database role: ")

    def test_who_asked_before_is_not_taken_for_who_asks_now(self, boss):
        person = make.UserFactory.create()
        User.objects.filter(pk=person.pk).update(is_active=False)
        told()
        token = current_request.set(RequestFacts())
        User.objects.filter(pk=person.pk).update(is_active=True)
        current_request.reset(token)
        assert [entry.by for entry in told(object_id=str(person.pk))] == [boss, None]

    def test_a_failed_transaction_tells_nothing(self, boss):
        person = make.UserFactory.create()
        with transaction.atomic():
            User.objects.filter(pk=person.pk).update(is_staff=True)
            transaction.set_rollback(True)
        assert not told(object_id=str(person.pk))

    def test_S34_a_page_says_who_and_from_where(self, client: Client):
        officer = make.OfficerScopeFactory.create()
        regency = make.RegencyFactory.create(code="35.99")
        boss = make.UserFactory.create(is_staff=True, is_superuser=True)
        told()
        client.force_login(boss)
        officer.user.groups.add(Group.objects.get(name="officer"))
        data = {"user": officer.user_id, "regency": regency.code}
        assert client.post("/admin/exporters/officerscope/add/", data, REMOTE_ADDR="203.0.113.77").status_code == 302
        (entry,) = told(verb="regency_added", to_state="35.99")
        assert entry.by == boss and entry.address == "203.0.113.0/24" and len(entry.request_id) == 36


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_the_name_does_not_stay_with_the_connection():
    boss, person = make.UserFactory.create(), make.UserFactory.create()
    token = current_request.set(RequestFacts("r-2", "", lambda: boss))
    try:
        User.objects.filter(pk=person.pk).update(is_staff=True)
    finally:
        current_request.reset(token)
    assert AuditEntry.objects.get(verb="account_changed").by == boss
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('audit.by', true)")
        assert cursor.fetchone() == ("",)


def test_S34_every_tracked_table_has_its_trigger_and_no_other():
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE 'audit_power_%%'")
        assert {name for (name,) in cursor.fetchall()} == set(trail.TABLES)


def test_the_trail_knows_what_was_done_in_one_transaction(boss):
    first, second = audit.record("test", boss, by=boss), audit.record("test", boss, by=boss)
    first.refresh_from_db()
    second.refresh_from_db()
    assert first.transaction == second.transaction

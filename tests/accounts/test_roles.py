from __future__ import annotations

import pytest
from django.contrib.auth.models import Group

from accounts import roles
from accounts.models import User
from tests.factories import UserFactory


def powers(user: User) -> set[str]:
    return set(User.objects.get(pk=user.pk).get_all_permissions())


def test_each_role_has_exactly_its_powers(db):
    for name, expected in roles.POWERS.items():
        assert powers(UserFactory.create(role=name)) == set(expected)


def test_making_the_roles_again_changes_nothing(db):
    def now() -> set[tuple[str, str]]:
        return set(Group.objects.values_list("name", "permissions__codename"))

    before = now()
    roles.ensure_roles()
    assert now() == before
    assert {name for name, _power in before} == {"ministry", "mission", "officer"}


def test_a_power_given_by_hand_is_taken_back(db):
    officer = Group.objects.get(name=roles.OFFICER)
    officer.permissions.set(Group.objects.get(name=roles.MINISTRY).permissions.all())
    roles.ensure_roles()
    assert powers(UserFactory.create(role=roles.OFFICER)) == set(roles.OFFICER_POWERS)


@pytest.mark.parametrize("power", ["catalog.review_revision", "exporters.verify_certificate", "markets.decide_listing"])
def test_an_officer_never_decides(db, power):
    assert not UserFactory.create(role=roles.OFFICER).has_perm(power)


@pytest.mark.parametrize(
    "power", ["markets.review_everywhere", "catalog.suspend_product", "accounts.view_user", "accounts.retry_letter"]
)
def test_what_is_the_ministrys_is_not_the_missions(db, power):
    assert UserFactory.create(role=roles.MINISTRY).has_perm(power)
    assert not UserFactory.create(role=roles.MISSION).has_perm(power)


def test_nobody_edits_people_or_the_audit_trail_by_a_role(db):
    for expected in roles.POWERS.values():
        forbidden = {"add", "change", "delete"}
        touched = {power.split(".")[1] for power in expected}
        for model in ("user", "auditentry", "letter"):
            assert not touched & {f"{action}_{model}" for action in forbidden}

from __future__ import annotations

import pytest
from django.contrib.auth import get_user
from django.contrib.auth.models import Group, Permission

from accounts import roles
from accounts.backend import AccountBackend
from accounts.models import User
from tests.factories import OfficerScopeFactory, UserFactory

pytestmark = pytest.mark.django_db


def person_of_session(client) -> User:
    request = client.request().wsgi_request
    request.session = client.session
    person = get_user(request)
    assert isinstance(person, User)
    return person


def read(user: User) -> User:
    found = AccountBackend().get_user(user.pk)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (lambda: UserFactory(), False),
        (lambda: UserFactory(is_staff=True), True),
        (lambda: UserFactory(is_superuser=True), True),
        (lambda: UserFactory(role=roles.OFFICER), True),
        (lambda: OfficerScopeFactory().user, True),
    ],
)
def test_one_query_reads_a_person_and_whether_they_are_an_official(make, expected, django_assert_num_queries):
    user = make()
    with django_assert_num_queries(1):
        assert roles.is_official(read(user)) is expected


def test_a_person_read_without_the_backend_is_asked_for_the_power(django_assert_num_queries):
    officer = User.objects.get(pk=UserFactory(role=roles.OFFICER).pk)
    with django_assert_num_queries(1):
        assert roles.is_official(officer)


def test_a_power_of_ones_own_makes_an_official_too():
    user = UserFactory()
    user.user_permissions.add(Permission.objects.get(codename="onboard_producer"))
    assert roles.is_official(read(user))


def test_a_role_given_or_taken_counts_at_the_next_request(client):
    user, officers = UserFactory(), Group.objects.get(name=roles.OFFICER)
    client.force_login(user)
    told = []
    for change in (lambda: None, lambda: user.groups.add(officers), lambda: user.groups.remove(officers)):
        change()
        told.append(roles.is_official(person_of_session(client)))
    assert told == [False, True, False]


def test_own_powers_and_those_of_every_group_come_in_one_query(django_assert_num_queries):
    user = UserFactory(role=roles.OFFICER)
    user.groups.add(Group.objects.get(name=roles.MISSION))
    user.user_permissions.add(Permission.objects.get(codename="erase_user"))
    found = read(user)
    with django_assert_num_queries(1):
        assert found.get_all_permissions() == {*roles.OFFICER_POWERS, *roles.MISSION_POWERS, "accounts.erase_user"}
        assert found.has_module_perms("markets") and not found.has_perm("accounts.guard_user")


def test_a_superuser_has_every_power_and_somebody_shut_out_none():
    boss = read(UserFactory(is_superuser=True))
    assert len(boss.get_all_permissions()) == Permission.objects.count()
    gone = UserFactory(role=roles.MINISTRY, is_active=False)
    assert AccountBackend().get_user(gone.pk) is None and AccountBackend().get_all_permissions(gone) == set()


def test_there_is_nobody_behind_an_unknown_number():
    assert AccountBackend().get_user(987_654_321) is None

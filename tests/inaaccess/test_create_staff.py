from __future__ import annotations

import re
from io import StringIO

import pytest
from allauth.account.models import EmailAddress
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.models import AuditEntry, Letter, User
from exporters.models import OfficerScope
from markets.models import MissionStaff
from tests.factories import MissionFactory, RegencyFactory

NEW = "kopi gayo panen raya"


def create(*more: str, email: str = "Ana@kemlu.test", role: str = "ministry") -> str:
    out = StringIO()
    call_command("create_staff", email, "--name", "Ana Sari", "--role", role, *more, stdout=out)
    return out.getvalue()


def test_ministry_staff_get_the_group_the_desk_and_a_letter(db):
    assert "a letter with a link is on its way" in create("--language", "id")
    user = User.objects.get()
    assert (user.email, user.name, user.is_staff, user.is_superuser) == ("ana@kemlu.test", "Ana Sari", True, False)
    assert [group.name for group in user.groups.all()] == ["ministry"]
    assert user.has_perm("markets.review_everywhere")
    letter = Letter.objects.get()
    assert (letter.language, letter.address) == ("id", "ana@kemlu.test")
    assert AuditEntry.objects.get().verb == "create_staff"


def test_mission_staff_get_their_missions(db):
    MissionFactory.create(code="KBRI-SCL")
    MissionFactory.create(code="KBRI-BSB", country="BR")
    create("--mission", "KBRI-SCL", "KBRI-BSB", role="mission")
    assert {row.mission.code for row in MissionStaff.objects.all()} == {"KBRI-SCL", "KBRI-BSB"}
    assert User.objects.get().is_staff


def test_an_officer_gets_regencies_and_no_desk_of_the_embassy(db):
    RegencyFactory.create()
    create("--regency", "35.76", role="officer")
    assert OfficerScope.objects.get().regency_id == "35.76"
    assert not User.objects.get().is_staff


def test_the_letters_link_sets_a_password_and_the_log_in_works(client: Client, db):
    create()
    link = re.search(r"https?://[^/\s]+(/\S+)", Letter.objects.get().body)
    assert link
    page = client.get(link.group(1), follow=True)
    client.post(page.request["PATH_INFO"], {"password1": NEW, "password2": NEW})
    login = Client().post("/en/account/login/", {"login": "ana@kemlu.test", "password": NEW})
    assert login["Location"] == "/en/after-login/", "the address counts as confirmed: an administrator gave it"


def test_twice_is_like_once_but_for_what_is_new(db):
    MissionFactory.create(code="KBRI-SCL")
    MissionFactory.create(code="KBRI-BSB", country="BR")
    create("--mission", "KBRI-SCL", role="mission")
    user = User.objects.get()
    user.set_password(NEW)
    user.save()
    assert "the password stays" in create("--mission", "KBRI-SCL", "KBRI-BSB", email="ANA@kemlu.test", role="mission")
    assert User.objects.count() == EmailAddress.objects.count() == Letter.objects.count() == 1
    assert MissionStaff.objects.count() == 2


@pytest.mark.parametrize(
    ("more", "role", "says"),
    [
        ((), "mission", "give at least one --mission"),
        (("--mission", "KBRI-XXX"), "mission", "Unknown mission: KBRI-XXX"),
        (("--regency", "99.99"), "officer", "Unknown regency: 99.99"),
        (("--regency", "35.76"), "ministry", "leave out"),
    ],
)
def test_a_mistake_is_said_and_makes_nobody(db, more, role, says):
    with pytest.raises(CommandError, match=says):
        create(*more, role=role)
    assert not User.objects.exists()


def test_a_broken_address_is_said(db):
    with pytest.raises(CommandError, match="not an e-mail address"):
        create(email="ana@")

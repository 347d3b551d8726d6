"""What runs out by itself, and whose data was within reach after a breach."""

from __future__ import annotations

import csv
import datetime
import io

import pytest
from allauth.account.models import EmailAddress
from django.core.management import CommandError, call_command
from django.utils import timezone
from django_q.models import Task

from accounts import audit, letters
from accounts.models import Bounce, Letter, User
from exporters.models import Invitation
from inaaccess import retention
from tests import factories as make

pytestmark = pytest.mark.django_db


def days_ago(number: float) -> datetime.datetime:
    return timezone.now() - datetime.timedelta(days=number)


def person(used: float, **fields: object) -> User:
    """Somebody with a confirmed address who was last seen so many days ago."""
    user = make.UserFactory.create(joined_at=days_ago(used + 1), last_login=days_ago(used), **fields)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def is_erased(user: User) -> bool:
    return User.objects.get(pk=user.pk).erased_at is not None


class TestAccounts:
    def test_a_letter_comes_30_days_before_and_once(self):
        sleeper, _lively = person(340), person(300)
        retention.retain()
        retention.retain()
        letter = Letter.objects.get()
        assert letter.recipient == sleeper and "11 months" not in letter.subject
        assert not is_erased(sleeper)

    def test_S40_after_12_months_and_a_letter_of_30_days_ago_it_is_erased(self):
        sleeper = person(366)
        retention.retain()
        assert not is_erased(sleeper)  # the letter goes out only now
        Letter.objects.update(created_at=days_ago(31))
        retention.retain()
        assert is_erased(sleeper)

    def test_who_signed_in_after_the_letter_stays(self):
        sleeper = person(366)
        retention.retain()
        Letter.objects.update(created_at=days_ago(31))
        User.objects.filter(pk=sleeper.pk).update(last_login=days_ago(1))
        retention.retain()
        assert not is_erased(sleeper)

    @pytest.mark.parametrize("role", ["ministry", "mission", "officer"])
    def test_staff_are_left_alone(self, role):
        staff = person(800, **{role: True})
        retention.retain()
        assert not is_erased(staff) and not Letter.objects.exists()

    def test_an_only_owner_is_left_to_the_ministry(self):
        owner = make.MembershipFactory.create(user=person(366), role="owner").user
        retention.retain()
        Letter.objects.update(created_at=days_ago(31))
        assert retention.run(dry=False).left_to_ministry == [owner.pk]
        assert not is_erased(owner)

    def test_an_address_never_confirmed(self):
        never = make.UserFactory.create(joined_at=days_ago(31))
        young = make.UserFactory.create(joined_at=days_ago(29))
        retention.retain()
        assert is_erased(never) and not is_erased(young)


def test_S40_old_letters_invitations_and_results_go():
    producer = make.ProducerFactory.create()
    for event in ("old", "young", "waiting"):
        letters.post("a@x.test", subject="s", body="", event=event, language="en")
    Letter.objects.exclude(event="waiting").update(state="sent")
    Letter.objects.exclude(event="young").update(created_at=days_ago(366))
    Invitation.objects.create(producer=producer, email="a@x.test", expires_at=days_ago(366))
    Invitation.objects.create(producer=producer, email="b@x.test", expires_at=days_ago(300))
    for event, age, is_permanent in (("young", 31, False), ("young", 31, True), ("waiting", 29, False)):
        letter = Letter.objects.get(event=event)
        Bounce.objects.create(letter=letter, address="a@x.test", is_permanent=is_permanent, at=days_ago(age))
    for number, age in enumerate((31, 29)):
        Task.objects.create(id=str(number), name="x", func="y", started=days_ago(age), stopped=days_ago(age))
    retention.retain()
    assert set(Letter.objects.values_list("event", flat=True)) == {"young", "waiting"}
    assert set(Bounce.objects.values_list("letter__event", "is_permanent")) == {("young", True), ("waiting", False)}
    assert Invitation.objects.get().email == "b@x.test"
    assert Task.objects.get().id == "1"


def test_a_dry_run_only_says_it(capsys):
    sleeper = person(366)
    Letter.objects.create(event=retention._event(sleeper), address=sleeper.email, subject="s", language="en")
    Letter.objects.update(created_at=days_ago(31))
    call_command("retain", "--dry-run")
    assert "erased: 1" in capsys.readouterr().out and not is_erased(sleeper)


class TestWhoseData:
    def test_S40_of_all(self, capsys):
        membership = make.MembershipFactory.create(producer__contact_phone="+628123456789")
        call_command("whose_data", "--since", "2026-01-01")
        out = capsys.readouterr().out
        assert "exporters.Producer: contact_name, contact_phone" in out and membership.user.email not in out

    def test_S40_of_what_one_account_looked_at(self, capsys):
        seen, unseen = make.MembershipFactory.create(), make.MembershipFactory.create()
        spy = make.UserFactory.create(ministry=True)
        audit.record("read", seen.producer, by=spy)
        call_command("whose_data", "--since", "2026-01-01", "--by", str(spy.pk), "--csv")
        rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
        assert [row["email"] for row in rows] == [seen.user.email] != [unseen.user.email]

    def test_a_wrong_day_is_said(self):
        with pytest.raises(CommandError):
            call_command("whose_data", "--since", "yesterday")

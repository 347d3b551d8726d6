from __future__ import annotations

import datetime

from django.utils import timezone
from django.utils.module_loading import import_string
from django_q.models import Schedule

from accounts.models import RateLimit, SubmissionKey
from inaaccess import schedules
from tests.factories import UserFactory


def test_the_clock_is_wound_once_however_often_it_is_called(db):
    schedules.ensure_schedules()
    first = dict(Schedule.objects.values_list("func", "next_run"))
    schedules.ensure_schedules()
    assert dict(Schedule.objects.values_list("func", "next_run")) == first
    assert set(first) == {*schedules.EVERY_MINUTES, *schedules.EVERY_NIGHT}


def test_a_changed_rhythm_is_set_right_and_a_forgotten_one_goes(db):
    schedules.ensure_schedules()
    Schedule.objects.filter(func="accounts.letters.send_due").update(minutes=99)
    Schedule.objects.create(name="clock:old.thing", func="old.thing", schedule_type=Schedule.DAILY)
    mine = Schedule.objects.create(name="by hand", func="some.thing", schedule_type=Schedule.DAILY)
    schedules.ensure_schedules()
    assert Schedule.objects.get(func="accounts.letters.send_due").minutes == 1
    assert not Schedule.objects.filter(func="old.thing").exists()
    assert Schedule.objects.filter(pk=mine.pk).exists()


def test_every_function_of_the_clock_is_there():
    for function in (*schedules.EVERY_MINUTES, *schedules.EVERY_NIGHT):
        assert callable(import_string(function))


def test_tidying_forgets_what_is_over_and_nothing_else(db):
    now, hour = timezone.now(), datetime.timedelta(hours=1)
    RateLimit.objects.create(scope="api", key_hash="old", tries=1, ends_at=now - hour)
    RateLimit.objects.create(scope="api", key_hash="new", tries=1, ends_at=now + hour)
    user = UserFactory.create()
    for key in ("old", "new"):
        SubmissionKey.objects.create(user=user, action="a", key=key, body_hash="")
    SubmissionKey.objects.filter(key="old").update(created_at=now - datetime.timedelta(days=8))
    for _time in range(2):
        schedules.tidy()
    assert [row.key_hash for row in RateLimit.objects.all()] == ["new"]
    assert [row.key for row in SubmissionKey.objects.all()] == ["new"]

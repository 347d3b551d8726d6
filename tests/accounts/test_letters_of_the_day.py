from __future__ import annotations

import datetime
import zoneinfo

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from accounts import letter_choices, letters, letters_of_the_day
from accounts.models import Letter, LetterKind, User
from tests.factories import UserFactory

JAKARTA = zoneinfo.ZoneInfo("Asia/Jakarta")
EVENING = datetime.datetime(2026, 11, 26, 20, 0, tzinfo=JAKARTA)
MORNING = datetime.datetime(2026, 11, 27, 7, 1, tzinfo=JAKARTA)


@pytest.fixture
def person(db):
    return UserFactory.create(language="es", name="Siti", time_zone="Asia/Jakarta")


def hold(person, *events, body="Text of it."):
    for event in events:
        letters.post(
            person.email, subject=f"News {event}", body=body, event=event, language=person.language,
            recipient=person, kind=LetterKind.REVIEWS, state="held",
        )  # fmt: skip


def gather_at(moment):
    with time_machine.travel(moment, tick=False):
        return letters_of_the_day.gather()


def test_the_days_letters_come_as_one_in_the_morning_in_the_readers_language(person):
    with time_machine.travel(EVENING, tick=False):
        hold(person, "one", "two")
        assert letters_of_the_day.gather() == 0
    assert gather_at(MORNING) == 1
    daily = Letter.objects.get(kind=LetterKind.DAILY)
    assert (daily.language, daily.state) == ("es", "waiting")
    assert (
        daily.body.index("News one\n----") < daily.body.index("News two\n----") and daily.body.count("Text of it.") == 2
    )
    assert set(Letter.objects.filter(kind="reviews").values_list("state", "body")) == {("gathered", "")}


def test_it_is_sent_with_a_heading_for_each(person):
    with time_machine.travel(EVENING, tick=False):
        hold(person, "one", "two")
    gather_at(MORNING)
    with time_machine.travel(MORNING, tick=False):
        letters.send_due()
    message = mail.outbox[0]
    assert isinstance(message, mail.EmailMultiAlternatives)
    assert len(mail.outbox) == 1 and str(message.alternatives[0][0]).count("<h2") == 2
    assert "List-Unsubscribe" in message.message()


def test_safe_to_run_twice_and_what_is_written_after_it_waits_for_the_next_day(person):
    with time_machine.travel(EVENING, tick=False):
        hold(person, "one")
    assert [gather_at(MORNING), gather_at(MORNING)] == [1, 0]
    with time_machine.travel(MORNING + datetime.timedelta(hours=1), tick=False):
        hold(person, "two")
        assert letters_of_the_day.gather() == 0
    assert gather_at(MORNING + datetime.timedelta(days=1)) == 1
    assert Letter.objects.filter(kind=LetterKind.DAILY).count() == 2


def test_after_days_without_a_worker_there_is_still_one_letter(person):
    for day in range(3):
        with time_machine.travel(EVENING + datetime.timedelta(days=day), tick=False):
            hold(person, f"day {day}")
    assert gather_at(EVENING + datetime.timedelta(days=5)) == 1
    assert Letter.objects.filter(state="gathered").count() == 3


@pytest.mark.parametrize(
    ("zone", "now", "before"),
    [
        ("Asia/Jakarta", "2026-11-26T00:30:00+00:00", "2026-11-26T00:00:00+00:00"),
        ("Asia/Jakarta", "2026-11-25T23:30:00+00:00", "2026-11-25T00:00:00+00:00"),
        ("America/Santiago", "2026-11-26T09:59:00+00:00", "2026-11-25T10:00:00+00:00"),
        ("America/Santiago", "2026-09-06T12:00:00+00:00", "2026-09-06T10:00:00+00:00"),  # the day that summer begins
    ],
)
def test_S38_the_morning_is_the_readers_own(zone, now, before):
    reader = User(time_zone=zone)
    found = letters_of_the_day.due_before(reader, datetime.datetime.fromisoformat(now))
    assert found == datetime.datetime.fromisoformat(before)


def test_who_was_shut_out_gets_nothing(person):
    with time_machine.travel(EVENING, tick=False):
        hold(person, "one")
    person.is_active = False
    person.save()
    assert gather_at(MORNING) == 0
    assert Letter.objects.get().state == "unwanted"


def test_each_gets_their_own(person):
    other = UserFactory.create(time_zone="Asia/Jakarta")
    with time_machine.travel(EVENING, tick=False):
        hold(person, "one")
        hold(other, "two")
    assert gather_at(MORNING) == 2
    assert "News two" not in Letter.objects.get(recipient=person, kind="daily").body


def test_what_a_writer_holds_is_what_is_gathered(person):
    letter_choices.choose(person, {"reviews": "daily"})
    letters.write("translation_written", event="e", to=[person], context={"revision": "Sandal", "fields": []})
    Letter.objects.update(created_at=timezone.now() - datetime.timedelta(days=2))
    assert letters_of_the_day.gather() == 1
    assert "Sandal" in Letter.objects.get(kind="daily").body

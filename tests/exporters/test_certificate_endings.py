"""Letters before a certificate ends, and the ministry's list of what runs out: by the clock, each once."""

from __future__ import annotations

import datetime

import pytest
from django.db import connection

from accounts.models import Letter
from exporters import clock
from exporters.models import Certificate
from kit.database_clock import utc_today
from tests.factories import CertificateFactory, MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db


def ending(days: int, **more) -> Certificate:
    day = utc_today() + datetime.timedelta(days=days)
    return CertificateFactory.create(
        verified=True, issued_on=day - datetime.timedelta(days=999), expires_on=day, **more
    )


@pytest.fixture
def member(db):
    return MembershipFactory.create(user__language="es")


@pytest.mark.parametrize(
    ("days", "stage"),
    [(91, None), (90, 90), (31, 90), (30, 30), (8, 30), (7, 7), (0, 7), (-1, 0), (-30, 0), (-31, None)],
)
def test_each_stage_writes_one_letter_and_no_other_day_does(member, days, stage):
    certificate = ending(days, producer=member.producer)
    for _night in range(2):
        clock.remind_of_endings()
    assert [letter.event for letter in Letter.objects.all()] == (
        [] if stage is None else [f"certificate_ends:{certificate.pk}:{stage}"]
    )


def test_over_its_last_months_a_certificate_is_written_about_four_times(member):
    certificate = ending(95, producer=member.producer)
    for days in range(95, -12, -1):
        Certificate.objects.update(expires_on=utc_today() + datetime.timedelta(days=days))
        clock.remind_of_endings()
    stages = [letter.event.rpartition(":")[2] for letter in Letter.objects.order_by("pk")]
    assert stages == ["90", "30", "7", "0"]
    assert certificate.producer.members.get() == member.user


def test_a_missed_night_is_made_up_for_with_the_days_that_are_left(member):
    ending(27, producer=member.producer)
    clock.remind_of_endings()
    assert "27" in Letter.objects.get().subject


def test_every_member_reads_it_in_their_language(member):
    other = MembershipFactory.create(producer=member.producer, user__language="en", role="editor")
    MembershipFactory.create(producer=member.producer, user__is_active=False, role="editor")
    ending(30, producer=member.producer)
    clock.remind_of_endings()
    assert {letter.recipient: letter.language for letter in Letter.objects.all()} == {
        member.user: "es",
        other.user: "en",
    }
    english = Letter.objects.get(language="en")
    assert english.subject == "Your certificate expires in 30 days: Halal certificate"
    assert "/renew/" in english.body


@pytest.mark.parametrize("state", ["rejected", "renewed"])
def test_nothing_is_written_about_one_that_no_longer_counts(member, state):
    certificate = ending(7, producer=member.producer)
    if state == "rejected":
        Certificate.objects.update(state="rejected")
    else:
        CertificateFactory.create(verified=True, producer=member.producer, renews=certificate)
    clock.remind_of_endings()
    assert not Letter.objects.exists()


def test_a_letter_says_when_the_new_one_waits(member):
    certificate = ending(7, producer=member.producer)
    CertificateFactory.create(producer=member.producer, renews=certificate)
    clock.remind_of_endings()
    letter = Letter.objects.get()
    assert "/renew/" not in letter.body


def test_S38_the_day_is_that_of_the_database(monkeypatch):
    with connection.cursor() as cursor:
        cursor.execute("SELECT (now() AT TIME ZONE 'UTC')::date")
        assert utc_today() == cursor.fetchone()[0]
        cursor.execute("SET LOCAL TIME ZONE 'Pacific/Kiritimati'")  # 14 hours ahead: another day most of the time
    today, yesterday = ending(0), ending(-1)
    monkeypatch.setattr("django.utils.timezone.now", lambda: datetime.datetime(2099, 1, 1, tzinfo=datetime.UTC))
    assert today in Certificate.objects.valid()
    assert yesterday not in Certificate.objects.valid()


def test_the_ministry_reads_once_a_week_what_runs_out(member):
    readers = [UserFactory.create(ministry=True), UserFactory.create(ministry=True, language="id")]
    soon, gone = ending(40, number="SOON-1"), ending(-3, number="GONE-1")
    ending(120, number="LATER-1")
    CertificateFactory.create(number="WAITS-1", expires_on=soon.expires_on)
    CertificateFactory.create(verified=True, renews=ending(10, number="RENEWED-1"), expires_on=None)
    for _night in range(3):
        assert clock.write_digest()
    letters = Letter.objects.filter(event__startswith="certificates_digest:")
    assert {letter.recipient for letter in letters} == set(readers) and letters.count() == 2
    body = letters.get(recipient=readers[0]).body
    assert soon.number in body and gone.number in body and "/admin/certificates/?view=ending" in body
    for number in ("LATER-1", "WAITS-1", "RENEWED-1"):
        assert number not in body


def test_a_week_in_which_nothing_runs_out_has_no_letter():
    UserFactory.create(ministry=True)
    ending(200)
    assert not clock.write_digest()
    assert not Letter.objects.exists()


def test_a_long_list_names_the_soonest_and_counts_the_rest():
    UserFactory.create(ministry=True)
    for days in range(clock.DIGEST_ROWS + 5):
        ending(days)
    clock.write_digest()
    assert "and 5 more" in Letter.objects.get().body

"""S37: the figures of the background work, for programs that watch: to whom they are told, and what they tell."""

from __future__ import annotations

import datetime
import re

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import timezone
from django_q.models import OrmQ, Schedule
from django_q.tasks import async_task

from accounts.models import Letter, LetterState
from inaaccess import background, schedules

TOKEN = "figures-for-the-one-who-watches-0123456789"
SAMPLE = re.compile(r'inaaccess_[a-z_]+(\{work="[a-zA-Z_.]+"\})? \d+')
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def with_token(settings):
    settings.METRICS_TOKEN = TOKEN


def told() -> str:
    answer = Client().get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    assert answer.status_code == 200 and answer["Content-Type"].startswith("text/plain; version=0.0.4")
    assert "no-store" in answer["Cache-Control"]
    return answer.content.decode()


@pytest.mark.parametrize("said", ["", f"Bearer {TOKEN}x", f"Bearer {TOKEN[:-1]}", f"Token {TOKEN}", TOKEN, "Bearer "])
def test_S37_whoever_does_not_say_the_token_finds_no_page(client, said):
    answer = client.get("/metrics", headers={"Authorization": said} if said else {})
    assert answer.status_code == 404 and b"inaaccess_" not in answer.content


@pytest.mark.parametrize("said", ["Bearer ", "Bearer", ""])
def test_S37_without_a_token_set_there_is_no_page_for_anybody(client, people, settings, said):
    settings.METRICS_TOKEN = ""
    client.force_login(people["superuser"])
    assert client.get("/metrics", headers={"Authorization": said}).status_code == 404


def test_S37_the_age_of_the_queue_and_of_its_oldest_job_are_told():
    async_task("accounts.letters.send_due")
    OrmQ.objects.update(lock=timezone.now() - datetime.timedelta(seconds=90))
    lines = told().splitlines()
    assert 'inaaccess_waiting{work="jobs"} 1' in lines and 'inaaccess_waiting{work="documents"} 0' in lines
    age = next(line for line in lines if line.startswith('inaaccess_oldest_seconds{work="jobs"}'))
    assert 90 <= int(age.split()[-1]) < 120


def test_S37_what_was_given_up_is_told_without_saying_whose_it_was():
    person = {"address": "siti@example.id", "subject": "For Siti", "body": "Dear Siti", "language": "en"}
    Letter.objects.create(event="one", state=LetterState.FAILED, next_try_at=timezone.now(), **person)
    later = timezone.now() + datetime.timedelta(hours=1)
    Letter.objects.create(event="two", state=LetterState.WAITING, next_try_at=later, **person)
    text = told()
    assert 'inaaccess_failed{work="letters"} 1' in text and "inaaccess_letters_put_off 1" in text
    assert "siti" not in text.lower()


def test_S37_work_of_the_clock_that_nobody_does_is_told_by_its_name():
    schedules.ensure_schedules()
    assert "inaaccess_worker_late 0" in told()
    since = timezone.now() - background.LATE - datetime.timedelta(seconds=5)
    Schedule.objects.filter(func="webhooks.sending.send_due").update(next_run=since)
    lines = told().splitlines()
    assert "inaaccess_worker_late 1" in lines
    late = next(line for line in lines if line.startswith('inaaccess_late_seconds{work="webhooks.sending.send_due"}'))
    assert int(late.split()[-1]) >= 605


def test_S37_each_line_is_one_that_prometheus_reads():
    schedules.ensure_schedules()
    lines = told().splitlines()
    for line in lines:
        assert line.startswith(("# HELP inaaccess_", "# TYPE inaaccess_")) or SAMPLE.fullmatch(line), line
    kinds = [line.split()[2] for line in lines if line.startswith("# TYPE")]
    assert len(kinds) == len(set(kinds)) == 7 and "inaaccess_uploads_free_megabytes" in kinds


def test_S37_no_room_is_told_where_uploads_lie_on_no_disk_of_ours(monkeypatch):
    monkeypatch.setattr("inaaccess.health.FileSystemStorage", int)
    assert not isinstance(default_storage, int) and "free_megabytes" not in told()


def test_S37_the_number_of_queries_is_that_of_the_figures(django_assert_max_num_queries):
    schedules.ensure_schedules()
    with django_assert_max_num_queries(12):
        told()

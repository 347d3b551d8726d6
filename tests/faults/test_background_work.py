"""What works in the background: its tries have an end, and staff see what failed and try it again."""

from __future__ import annotations

import datetime

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_q.brokers import get_broker
from django_q.models import Failure, OrmQ, Schedule, Task
from django_q.tasks import async_task

from accounts import letters
from accounts.models import AuditEntry, Letter, LetterState
from accounts.queue import LimitedBroker
from inaaccess import background, schedules
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
PAGE, RETRY = "/admin/background/", "/admin/background/retry/"


@pytest.fixture
def ministry() -> Client:
    client = Client()
    client.force_login(UserFactory.create(ministry=True))
    return client


def failed_job(**more: object) -> Task:
    now = timezone.now()
    facts = {"id": "a" * 32, "name": "blue-bird", "func": "accounts.letters.send_due", "args": (), "kwargs": {}}
    result = "Traceback\nValueError: it <b>broke</b>"
    return Task.objects.create(**facts, started=now, stopped=now, success=False, result=result, attempt_count=5, **more)


def failed_letter() -> Letter:
    letters.post("siti@example.test", subject="Hello", body="Text", event="e", language="en")
    Letter.objects.update(state=LetterState.FAILED, tries=8, last_error="SMTPConnectError: gone")
    OrmQ.objects.all().delete()
    return Letter.objects.get()


def test_S32_a_job_that_no_worker_survives_is_given_up_and_listed():
    async_task("accounts.passwords.send_reset", 7)
    broker = get_broker()
    assert isinstance(broker, LimitedBroker)
    offers = 0
    for _time in range(8):
        OrmQ.objects.update(lock=timezone.now() - datetime.timedelta(seconds=1))  # the worker died: offered again
        offers += len(broker.dequeue() or [])
    assert offers == 5 and not OrmQ.objects.exists()
    job = Failure.objects.get()
    assert (job.func, job.args) == ("accounts.passwords.send_reset", (7,)) and "worker ended" in job.result


def test_S32_a_letter_whose_worker_dies_is_tried_again_later_and_not_at_once(monkeypatch):
    letters.post("siti@example.test", subject="Hello", body="Text", event="e", language="en")

    def die(*_args: object, **_rest: object) -> None:
        raise SystemExit

    with monkeypatch.context() as killed:
        killed.setattr("accounts.letter_mail.EmailMultiAlternatives.send", die)
        with pytest.raises(SystemExit):
            letters.send_due()
    letter = Letter.objects.get()
    assert (letter.state, letter.tries) == (LetterState.WAITING, 1) and letter.next_try_at > timezone.now()
    assert letters.send_due() == 0
    Letter.objects.update(next_try_at=timezone.now())
    assert letters.send_due() == 1 and len(mail.outbox) == 1


def test_S31_a_letter_that_kills_each_worker_is_given_up():
    letters.post("siti@example.test", subject="Hello", body="Text", event="e", language="en")
    Letter.objects.update(tries=letters.MAX_TRIES, next_try_at=timezone.now(), last_error=letters.UNFINISHED)
    assert letters.send_due() == 0 and Letter.objects.get().state == LetterState.FAILED and not mail.outbox


def test_S31_a_second_copy_of_a_letter_is_known_by_its_message_id():
    letters.post("siti@example.test", subject="Hello", body="Text", event="e", language="en")
    for _time in range(2):
        Letter.objects.update(state=LetterState.WAITING, next_try_at=timezone.now())
        letters.send_due()
    ids = {message.extra_headers["Message-ID"] for message in mail.outbox}
    assert len(mail.outbox) == 2 and len(ids) == 1 and ids.pop().endswith("@inaaccess.example>")


def test_the_page_tells_what_waits_since_when_and_what_failed(ministry):
    schedules.ensure_schedules()
    failed_job()
    failed_letter()
    async_task("accounts.letters.send_due")
    OrmQ.objects.update(lock=timezone.now() - datetime.timedelta(minutes=7))
    page = ministry.get(PAGE)
    said = page.content.decode()
    assert page.status_code == 200 and "7 min" in said
    assert "ValueError: it &lt;b&gt;broke" in said and "SMTPConnectError: gone" in said
    assert "does not seem to run" not in said
    Schedule.objects.filter(func="accounts.letters.send_due").update(
        next_run=timezone.now() - datetime.timedelta(hours=1)
    )
    assert "The worker does not seem to run" in ministry.get(PAGE).content.decode()


def test_a_job_that_failed_is_queued_again_once(ministry):
    job = failed_job()
    assert ministry.post(RETRY, {"job": job.pk}).status_code == 302
    assert OrmQ.objects.get().task["func"] == job.func and not Failure.objects.exists()
    assert AuditEntry.objects.get(verb="retry").object_id == job.pk
    assert ministry.post(RETRY, {"job": job.pk}).status_code == 409 and OrmQ.objects.count() == 1


def test_a_letter_that_failed_is_sent_again(ministry):
    letter = failed_letter()
    assert ministry.post(RETRY, {"letter": letter.pk}).status_code == 302
    letter.refresh_from_db()
    assert letter.state == LetterState.WAITING
    assert ministry.post(RETRY, {"letter": letter.pk}).status_code == 409


@pytest.mark.parametrize("said", [{}, {"letter": "²"}, {"letter": "9" * 30}, {"letter": "0"}])
def test_nothing_that_is_not_there_can_be_tried_again(ministry, said):
    assert ministry.post(RETRY, said).status_code == 404


def test_every_work_of_the_clock_has_a_name_for_people():
    assert {*schedules.EVERY_MINUTES, *schedules.EVERY_NIGHT} <= set(background.WORKS)


def test_S37_staff_see_the_age_of_the_queue_where_others_see_that_it_is_ready(ministry):
    async_task("accounts.letters.send_due")
    OrmQ.objects.update(lock=timezone.now() - datetime.timedelta(seconds=90))
    assert Client().get("/readyz").json() == {"status": "ok"}
    told = ministry.get("/readyz").json()
    assert told["jobs"]["waiting"] == 1 and told["jobs"]["oldest_seconds"] >= 90
    assert told["failed"] == {"jobs": 0, "letters": 0, "webhooks": 0, "documents": 0}


def test_S37_staff_who_have_not_passed_their_second_factor_see_what_a_visitor_sees(ministry, settings):
    settings.STAFF_MFA = True
    assert ministry.get("/readyz").json() == {"status": "ok"}


def test_the_number_of_queries_does_not_grow_with_the_rows(ministry, django_assert_max_num_queries):
    schedules.ensure_schedules()
    failed_letter()
    with django_assert_max_num_queries(30):
        ministry.get(reverse("admin:background_work"))

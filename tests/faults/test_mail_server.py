"""S31: letters and a real mail server that stops, starts and fails: nothing lost, nothing twice."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

import pytest
import time_machine
from django.utils import timezone

from accounts import letters
from accounts.letter_mail import message_id
from accounts.models import Letter, LetterKind, LetterState
from tests.factories import UserFactory
from tests.faults.mail_server import MailServer

pytestmark = pytest.mark.django_db
MINUTE = datetime.timedelta(minutes=1)


@pytest.fixture
def server(settings) -> Iterator[MailServer]:
    with MailServer() as running:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", running.port, 5
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        yield running


@pytest.fixture
def person():
    return UserFactory.create(language="en", email="siti@example.test")


def post(person, *events):
    for event in events:
        letters.post(
            person.email, subject=f"Küche {event}", body="Good day,\n\n“Text”", event=event, language="en",
            recipient=person, kind=LetterKind.REVIEWS, thread="enquiry:41",
        )  # fmt: skip


def test_a_real_server_gets_text_and_html_with_our_envelope(server, person, settings):
    settings.NO_REPLY_EMAIL = "nobody@inaaccess.example"
    post(person, "one")
    assert letters.send_due() == 1
    mail = server.mails[0]
    assert server.envelopes == [("nobody@inaaccess.example", ["siti@example.test"])]
    assert [part.get_content_type() for part in mail.walk()] == ["multipart/alternative", "text/plain", "text/html"]
    assert mail["From"] == settings.DEFAULT_FROM_EMAIL and mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["Message-ID"] == message_id(Letter.objects.get())
    assert "<http" in mail["List-Unsubscribe"] and "\n" not in mail["List-Unsubscribe"].strip()


def test_S31_a_server_that_is_down_for_an_hour_loses_nothing_and_gets_nothing_twice(server, person):
    start = timezone.now()
    post(person, "before")
    assert letters.send_due() == 1
    server.stop()
    with time_machine.travel(start, tick=False) as clock:
        post(person, "one", "two", "three")
        for minute in range(60):  # the clock wakes the queue each minute
            clock.move_to(start + minute * MINUTE)
            if minute == 20:
                post(person, "late")
            assert letters.send_due() == 0
        assert set(Letter.objects.exclude(event="before").values_list("state", flat=True)) == {LetterState.WAITING}
        assert all(
            2 < tries < letters.MAX_TRIES
            for tries in Letter.objects.filter(event="one").values_list("tries", flat=True)
        )
        server.start()
        sent = 0
        for minute in range(60, 190):
            clock.move_to(start + minute * MINUTE)
            sent += letters.send_due()
    assert sent == 4 and not Letter.objects.exclude(state=LetterState.SENT).exists()
    ids = [mail["Message-ID"] for mail in server.mails]
    assert len(ids) == len(set(ids)) == 5
    root = message_id(Letter.objects.get(event="before"))
    assert [mail["References"] for mail in server.mails[1:]] == [root] * 4


def test_S31_a_server_that_says_not_now_is_asked_again(server, person):
    server.refuses = True
    post(person, "one")
    assert letters.send_due() == 0 and not server.taken
    assert "451" in Letter.objects.get().last_error
    server.refuses = False
    Letter.objects.update(next_try_at=timezone.now())
    assert letters.send_due() == 1 and len(server.taken) == 1


def test_S31_a_copy_after_a_lost_answer_is_known_by_its_message_id(server, person):
    server.dies_after_data = True
    post(person, "one")
    assert letters.send_due() == 0 and len(server.taken) == 1
    server.dies_after_data = False
    Letter.objects.update(next_try_at=timezone.now())
    assert letters.send_due() == 1
    assert len(server.taken) == 2 and len({mail["Message-ID"] for mail in server.mails}) == 1

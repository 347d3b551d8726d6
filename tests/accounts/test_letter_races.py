from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from accounts import bounces, letter_choices, letters, letters_of_the_day, returned_mail
from accounts.models import Bounce, Letter, LetterChoice, LetterKind, User
from tests.accounts.mails_that_come import answer, letter_to, notice, put
from tests.exporters.test_races import at_once
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def person() -> User:
    return UserFactory.create(language="en", email="siti@example.test")


def test_two_workers_at_once_write_one_letter_of_the_day(person):
    for number in range(20):
        letters.post(
            person.email, subject="s", body="b", event=f"e{number}", language="en", recipient=person,
            kind=LetterKind.REVIEWS, state="held",
        )  # fmt: skip
    Letter.objects.update(created_at=timezone.now() - datetime.timedelta(days=2))
    assert at_once(*[letters_of_the_day.gather] * 4) == ["done"] * 4
    assert Letter.objects.filter(kind=LetterKind.DAILY).count() == 1
    assert Letter.objects.filter(state="gathered").count() == 20


def test_a_choice_sent_twice_at_once_is_kept_once(person):
    wanted = {"reviews": "daily", "listings": "never"}
    assert at_once(*[lambda: letter_choices.choose(person, wanted)] * 4) == ["done"] * 4
    assert LetterChoice.objects.count() == 2


def test_a_notice_that_comes_twice_at_once_counts_once(person):
    letter = letter_to(person)
    assert at_once(*[lambda: bounces.note(letter, status="5.1.1")] * 4) == ["done"] * 4
    assert Bounce.objects.count() == 1


def test_a_mailbox_read_twice_at_once_is_read_once(person, tmp_path):
    sent = [letter_to(person, f"e{number}") for number in range(5)]
    folder = put(tmp_path, *(notice(letter) for letter in sent), *(answer(letter) for letter in sent))
    assert at_once(*[lambda: returned_mail.read_folder(folder)] * 3) == ["done"] * 3
    assert Bounce.objects.count() == 5
    assert Letter.objects.filter(event__startswith="mail_refused:").count() == 1

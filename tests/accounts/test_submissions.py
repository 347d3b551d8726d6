from __future__ import annotations

import threading
from typing import Any

import pytest
from django.db import connection

from accounts import submissions
from accounts.models import Holiday, SubmissionKey
from accounts.workflow import Refused
from tests.factories import UserFactory, in_days

BODY = b"day=2026-12-25"


def make_holiday() -> submissions.Answer:
    holiday = Holiday.objects.create(day=in_days(Holiday.objects.count()), name="Day off")
    return submissions.Answer(201, {"pk": holiday.pk})


def test_the_same_key_again_gets_the_first_answer_and_no_second_effect(db):
    user = UserFactory.create()
    first = submissions.once(user, "holiday", "k1", BODY, make_holiday)
    again = submissions.once(user, "holiday", "k1", BODY, make_holiday)
    assert again == first
    assert Holiday.objects.count() == 1


def test_another_body_under_the_same_key_is_refused_as_422(db):
    user = UserFactory.create()
    submissions.once(user, "holiday", "k1", BODY, make_holiday)
    with pytest.raises(submissions.OtherContent) as refusal:
        submissions.once(user, "holiday", "k1", b"day=2026-12-26", make_holiday)
    assert refusal.value.status == 422
    assert Holiday.objects.count() == 1


@pytest.mark.parametrize("other", ["user", "action", "key"])
def test_a_key_is_of_one_person_and_one_action(db, other):
    user = UserFactory.create()
    call: dict[str, Any] = {"user": user, "action": "holiday", "key": "k1"}
    submissions.once(**call, body=BODY, work=make_holiday)
    call[other] = UserFactory.create() if other == "user" else "another"
    submissions.once(**call, body=BODY, work=make_holiday)
    assert Holiday.objects.count() == 2


def test_a_refused_submission_leaves_its_key_free(db):
    user = UserFactory.create()

    def refuse() -> submissions.Answer:
        make_holiday()
        raise Refused("no")

    with pytest.raises(Refused):
        submissions.once(user, "holiday", "k1", BODY, refuse)
    assert not Holiday.objects.exists()
    assert not SubmissionKey.objects.exists()
    assert submissions.once(user, "holiday", "k1", BODY, make_holiday).status == 201


def test_without_a_key_every_submission_counts(db):
    user = UserFactory.create()
    for _time in range(2):
        submissions.once(user, "holiday", "", BODY, make_holiday)
    assert Holiday.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_S29_twenty_at_once_have_one_effect_and_the_same_answer():
    user = UserFactory.create()
    barrier = threading.Barrier(20)
    answers: list[submissions.Answer] = []

    def send() -> None:
        try:
            barrier.wait(timeout=30)
            answers.append(submissions.once(user, "holiday", "k1", BODY, make_holiday))
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Holiday.objects.count() == 1
    assert len(answers) == 20
    assert len({str(answer) for answer in answers}) == 1

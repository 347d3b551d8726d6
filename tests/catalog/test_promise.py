import datetime

import pytest

from accounts.models import Holiday
from catalog.promise import WIB, Standing, WorkingDays

WEEK = WorkingDays()


def wib(day: int, hour: int = 0, minute: int = 0) -> datetime.datetime:
    """A moment of November 2026; the 2nd is a Monday."""
    return datetime.datetime(2026, 11, day, hour, minute, tzinfo=WIB)


@pytest.mark.parametrize(
    ("handed_in", "due"),
    [
        (wib(2, 10, 5), wib(9, 10, 5)),
        (wib(6, 23, 30), wib(13, 23, 30)),
        (wib(7, 12), wib(14)),  # a Saturday: the clock starts on Monday and the Friday is the last day
        (wib(2), wib(7)),
    ],
)
def test_a_decision_is_promised_after_five_working_days(handed_in, due):
    assert WEEK.after(handed_in) == due


def test_the_day_is_that_of_west_indonesia():
    friday_evening_utc = datetime.datetime(2026, 11, 6, 18, tzinfo=datetime.UTC)  # Saturday 01:00 WIB
    assert WEEK.after(friday_evening_utc) == wib(14)


@pytest.mark.django_db
def test_a_holiday_of_indonesia_moves_the_promise_and_one_of_chile_does_not():
    Holiday.objects.create(day=datetime.date(2026, 11, 4), country="ID", name="Holiday")
    Holiday.objects.create(day=datetime.date(2026, 11, 5), country="CL", name="Feriado")
    assert WorkingDays.read().after(wib(2, 10)) == wib(10, 10)
    assert WorkingDays.read().time_between(wib(2, 10), wib(10, 10)) == datetime.timedelta(days=5)


@pytest.mark.parametrize("hours", range(0, 24 * 14, 7))
def test_the_oldest_wait_within_the_promise_ends_now(hours):
    now = wib(16) + datetime.timedelta(hours=hours)
    cutoff = WEEK.before(now)
    assert WEEK.time_between(cutoff, now) == datetime.timedelta(days=5)
    assert WEEK.wait(cutoff - datetime.timedelta(days=3), now).standing == Standing.OVER
    assert WEEK.wait(cutoff + datetime.timedelta(days=3, seconds=1), now).standing != Standing.OVER


@pytest.mark.parametrize(
    ("now", "standing", "left"),
    [
        (wib(3, 10), Standing.OK, datetime.timedelta(days=4)),
        (wib(6, 11), Standing.WARN, datetime.timedelta(hours=23)),
        (wib(8, 11), Standing.WARN, datetime.timedelta(hours=10)),
        (wib(9, 10), Standing.WARN, datetime.timedelta(0)),
        (wib(10, 12), Standing.OVER, -datetime.timedelta(days=1, hours=2)),
    ],
)
def test_a_wait_stands_in_time_close_or_over(now, standing, left):
    wait = WEEK.wait(wib(2, 10), now)
    assert (wait.standing, wait.left) == (standing, left)

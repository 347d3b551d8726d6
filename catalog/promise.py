"""The promise to producers: a decision within five working days, in Western Indonesian time (WIB).

Working days are Monday to Friday but for the holidays of Indonesia; a working day counts 24 hours, any other none.
"""

from __future__ import annotations

import datetime
import enum
from collections.abc import Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.utils import timezone

from accounts.models import Holiday

WIB = ZoneInfo("Asia/Jakarta")
PROMISED_DAYS = 5
DAY = datetime.timedelta(days=1)
PROMISED = PROMISED_DAYS * DAY


class Standing(enum.StrEnum):
    """How a wait stands against the promise: in time, less than a working day left, or over."""

    OK = "ok"
    WARN = "warn"
    OVER = "over"


@dataclass(frozen=True)
class Wait:
    """How long somebody has waited, in working time, and what is left of the promise (negative when over)."""

    waited: datetime.timedelta
    left: datetime.timedelta
    due: datetime.datetime

    @property
    def standing(self) -> Standing:
        """The state of the promise."""
        if self.left < datetime.timedelta(0):
            return Standing.OVER
        return Standing.WARN if self.left < DAY else Standing.OK


@dataclass(frozen=True)
class WorkingDays:
    """The working days of Indonesia; read the holidays once and ask many times."""

    holidays: frozenset[datetime.date] = frozenset()

    @classmethod
    def read(cls) -> WorkingDays:
        """With the holidays that staff keep. One query."""
        return cls(frozenset(Holiday.objects.filter(country="ID").values_list("day", flat=True)))

    def is_working(self, day: datetime.date) -> bool:
        """Is work done on this day?"""
        return day.weekday() < 5 and day not in self.holidays

    def time_between(self, start: datetime.datetime, end: datetime.datetime) -> datetime.timedelta:
        """The working time from `start` to `end`; zero when they are the wrong way round."""
        total = datetime.timedelta(0)
        for midnight in _midnights(start, end):
            if self.is_working(midnight.date()):
                total += max(min(end, midnight + DAY) - max(start, midnight), datetime.timedelta(0))
        return total

    def after(self, start: datetime.datetime, time: datetime.timedelta = PROMISED) -> datetime.datetime:
        """The moment by which `time` of working time has passed since `start`."""
        moment = start.astimezone(WIB)
        while True:
            midnight = _midnight(moment)
            if self.is_working(midnight.date()):
                rest = midnight + DAY - moment
                if time <= rest:
                    return moment + time
                time -= rest
            moment = midnight + DAY

    def before(self, end: datetime.datetime, time: datetime.timedelta = PROMISED) -> datetime.datetime:
        """The moment since which `time` of working time has passed at `end`: older waits are over the promise."""
        moment = end.astimezone(WIB)
        while True:
            midnight = _midnight(moment)
            if midnight == moment:
                midnight -= DAY
            if self.is_working(midnight.date()):
                if time <= moment - midnight:
                    return moment - time
                time -= moment - midnight
            moment = midnight

    def wait(self, submitted_at: datetime.datetime, now: datetime.datetime | None = None) -> Wait:
        """How a wait since `submitted_at` stands now."""
        now = now or timezone.now()
        waited, due = self.time_between(submitted_at, now), self.after(submitted_at)
        left = (
            self.time_between(now, due)
            if now <= due
            else -self.time_between(due, now) or -datetime.timedelta.resolution
        )
        return Wait(waited, left, due)


def _midnight(moment: datetime.datetime) -> datetime.datetime:
    return moment.astimezone(WIB).replace(hour=0, minute=0, second=0, microsecond=0)


def _midnights(start: datetime.datetime, end: datetime.datetime) -> Iterator[datetime.datetime]:
    midnight = _midnight(start)
    while midnight < end:
        yield midnight
        midnight += DAY

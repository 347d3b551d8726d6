"""Whose turn it is, and how long the producer has let the other side wait: the answering clock."""

from __future__ import annotations

import datetime

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.promise import DAY, WorkingDays
from inquiries.models.enquiry_state import EXPIRES_AFTER, PROMISED_STAGE, Stage, Turn

ZERO = datetime.timedelta(0)


class OwedAnswer(models.Model):
    """The turn of a thread and its clock.

    The clock runs in working time of Indonesia (Monday to Friday but for its holidays, in WIB; catalog/promise.py)
    while the producer owes a word, and stands still while the importer does. `stage` is the last of its steps that was
    done in this turn, `next_stage_at` the moment of the next one; `expires_at` counts days of the calendar.
    """

    turn = models.CharField(_("whose turn"), max_length=8, choices=Turn.choices, default=Turn.NOBODY, editable=False)
    turn_since = models.DateTimeField(_("since"), default=timezone.now, editable=False)
    clock_used = models.DurationField(default=ZERO, editable=False)
    stage = models.PositiveSmallIntegerField(_("clock"), choices=Stage.choices, default=Stage.NONE, editable=False)
    next_stage_at = models.DateTimeField(null=True, blank=True, editable=False)
    due_at = models.DateTimeField(_("answer by"), null=True, blank=True, editable=False)
    expires_at = models.DateTimeField(_("expires"), null=True, blank=True, editable=False)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(turn="producer", due_at__isnull=False) | (~Q(turn="producer") & Q(due_at__isnull=True)),
                name="%(app_label)s_%(class)s_due_in_producers_turn",
            ),
        ]

    def start_clock(self) -> None:
        """The producer owes a word from now on, on a new clock."""
        self.clock_used, self.stage = ZERO, Stage.NONE
        self._run(timezone.now())

    def start_life(self) -> None:
        """The other side may be silent so long, then it expires."""
        self.expires_at = timezone.now() + EXPIRES_AFTER

    def pause_clock(self) -> None:
        """The importer owes a word: the clock stands still."""
        now = timezone.now()
        if self.turn == Turn.PRODUCER:
            self.clock_used = self.clock_used_at(now)
        self._stand(Turn.IMPORTER, now)

    def resume_clock(self) -> None:
        """The importer gave it: the clock goes on where it stood, and the enquiry lives longer by the pause."""
        now = timezone.now()
        if self.turn == Turn.IMPORTER and self.expires_at:
            self.expires_at += now - self.turn_since
        self._run(now)

    def stop_clock(self) -> None:
        """Nobody owes anything any more."""
        now = timezone.now()
        if self.turn == Turn.PRODUCER:
            self.clock_used = self.clock_used_at(now)
        self._stand(Turn.NOBODY, now)
        self.expires_at = None

    def clock_used_at(self, moment: datetime.datetime, working: WorkingDays | None = None) -> datetime.timedelta:
        """The working time for which the producer has owed a word in this turn."""
        if self.turn != Turn.PRODUCER:
            return self.clock_used
        return self.clock_used + (working or WorkingDays.read()).time_between(self.turn_since, moment)

    def stage_reached(self, stage: Stage, working: WorkingDays) -> None:
        """Note that a step of the clock was done, and when the next one is due."""
        self.stage = stage
        self._set_next(working)

    def reckon(self, working: WorkingDays) -> None:
        """Set the moments anew: the holidays changed."""
        if self.turn == Turn.PRODUCER:
            self._set_next(working)

    def is_overdue(self) -> bool:
        """Has the promised time passed?"""
        return self.due_at is not None and self.due_at < timezone.now()

    def _run(self, now: datetime.datetime) -> None:
        self.turn, self.turn_since = Turn.PRODUCER, now
        self._set_next(WorkingDays.read())

    def _stand(self, turn: Turn, now: datetime.datetime) -> None:
        self.turn, self.turn_since = turn, now
        self.next_stage_at = self.due_at = None

    def _set_next(self, working: WorkingDays) -> None:
        coming = next((stage for stage in Stage if stage > self.stage), None)
        self.next_stage_at = self._moment(coming, working) if coming else None
        self.due_at = self._moment(PROMISED_STAGE, working)

    def _moment(self, stage: Stage, working: WorkingDays) -> datetime.datetime:
        """When the clock shows so many working days; a moment that is past comes out as the start of the turn."""
        return working.after(self.turn_since, max(stage.value * DAY - self.clock_used, ZERO))

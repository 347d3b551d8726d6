"""The demo's past: its events happen one after the other, each at its own time."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from unittest.mock import patch

from django.utils import timezone


@contextmanager
def standing_at(moment: datetime.datetime) -> Iterator[None]:
    """Let `timezone.now()` be that moment, so that the verbs write the times of a history."""
    with patch.object(timezone, "now", lambda: moment):
        yield


class Timeline:
    """What happened, told in any order and done in the order of time."""

    def __init__(self) -> None:
        self.now = timezone.now()
        self.today = self.now.date()
        self._events: list[tuple[datetime.datetime, int, Callable[[], object]]] = []

    def add(self, action: Callable[[], object], *, days: float = 0, minutes: float = 0) -> None:
        """Remember something that happened so long ago; at the same moment the first told comes first."""
        moment = self.now - datetime.timedelta(days=days, minutes=minutes)
        self._events.append((moment, len(self._events), action))

    def play(self) -> None:
        """Do it all, each at its own time."""
        for moment, _order, action in sorted(self._events, key=lambda event: event[:2]):
            with standing_at(moment):
                action()
        self._events.clear()

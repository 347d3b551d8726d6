"""The clock: one letter a day with everything that a person wants to be told together."""

from __future__ import annotations

import datetime
import zoneinfo
from collections.abc import Sequence
from typing import Final

from django.db import transaction
from django.utils import timezone

from accounts import letters
from accounts.models import Letter, LetterKind, LetterState, User

HOUR: Final = 7
"""In the morning, by the reader's own clock."""


def gather() -> int:
    """Write the letters of the day that are due; how many. Safe to run twice, and after days in which nothing ran."""
    people = User.objects.filter(pk__in=Letter.objects.held().values("recipient")).order_by("pk")
    return sum(_gather_for(person) for person in people)


def due_before(person: User, now: datetime.datetime) -> datetime.datetime:
    """The last time that it was seven in the morning where `person` is: what was written before it is due."""
    local = now.astimezone(zoneinfo.ZoneInfo(person.time_zone))
    morning = local.replace(hour=HOUR, minute=0, second=0, microsecond=0)
    return morning if morning <= local else morning - datetime.timedelta(days=1)


def _gather_for(person: User) -> bool:
    with transaction.atomic():
        person = User.objects.select_for_update(no_key=True).get(pk=person.pk)  # one worker at a time for each
        held = Letter.objects.held().filter(recipient=person, created_at__lt=due_before(person, timezone.now()))
        rows = list(held.select_for_update(of=("self",)).order_by("pk"))
        if not rows:
            return False
        if person.is_active:
            _write(person, rows)
        state = LetterState.GATHERED if person.is_active else LetterState.UNWANTED
        Letter.objects.filter(pk__in=[row.pk for row in rows]).update(state=state, body="", sent_at=timezone.now())
    return person.is_active


def _write(person: User, rows: Sequence[Letter]) -> None:
    subject, body = letters.render(
        "daily", language=person.language, context={"recipient": person, "letters": rows, "number": len(rows)}
    )
    letters.post(
        person.email,
        subject=subject,
        body=body,
        event=f"daily:{person.pk}:{rows[-1].pk}",
        language=person.language,
        recipient=person,
        kind=LetterKind.DAILY,
    )

"""Reads the audit trail from where it was left, and makes a delivery for each webhook that an entry concerns.

Entries get their number and their time before they are committed, so neither tells what is new: an entry with a lower
number may appear after a higher one was read, and a cursor by number would skip it for ever. Waiting a while only
makes that rarer. But each entry carries its transaction, and PostgreSQL tells which transactions were over at a
moment (pg_current_snapshot). New is therefore what was not over when we read last, in whatever order it came; what is
still open then is new the next time. Nothing is skipped, nothing waits for others, and place and deliveries are
committed together, so a killed worker reads the same again.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, Final, NamedTuple

from django.db import connection, transaction
from django_q.tasks import async_task

from markets.models import Accreditation
from webhooks.events import SOURCES, Telling, event_of
from webhooks.models import Delivery, TrailCursor, Webhook

THE_ONE: Final = 1
NOTHING_OVER: Final = "3:3:"
"""A snapshot in which no transaction is over: 3 is the first number that PostgreSQL gives to one."""
_NEW: Final = """
SELECT pg_current_snapshot()::text, (SELECT coalesce(max(id), 0) FROM accounts_auditentry),
    entry.id, entry.object_type, entry.verb, entry.object_id, entry.at
FROM (SELECT %(snapshot)s::pg_snapshot AS before) place LEFT JOIN accounts_auditentry entry
    ON (entry.object_type, entry.verb) IN %(kinds)s AND entry.id > %(above)s
    AND entry.transaction >= %(oldest)s AND NOT pg_visible_in_snapshot(entry.transaction::text::xid8, before)
ORDER BY entry.id
"""
_HERE: Final = "SELECT pg_current_snapshot()::text, coalesce(max(id), 0) FROM accounts_auditentry"
_BEGAN_ANEW: Final = "SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint < %s"
_NEWEST_OF_COPY: Final = "SELECT coalesce(max(id), 0) FROM accounts_auditentry WHERE transaction >= %s"


class Entry(NamedTuple):
    """An entry that makes an event."""

    id: int
    object_type: str
    verb: str
    object_id: str
    at: datetime.datetime


class News(NamedTuple):
    """What is new, and the place behind it."""

    snapshot: str
    read_id: int
    entries: list[Entry]


def read_trail() -> int:
    """Make deliveries of what is new; how many entries were new. Two at once: the second leaves it to the first."""
    with transaction.atomic():
        if not TrailCursor.objects.exists():
            TrailCursor.objects.bulk_create([_here()], ignore_conflicts=True)
        cursor = TrailCursor.objects.select_for_update(skip_locked=True).first()
        if cursor is None:
            return 0
        if _began_anew(cursor):
            _leave_the_copy(cursor)
        news = _new(cursor)
        cursor.snapshot, cursor.read_id = news.snapshot, news.read_id
        cursor.save()
        if _tell(news.entries):
            async_task("webhooks.sending.send_due")
    return len(news.entries)


def _here() -> TrailCursor:
    """The place at which reading begins: what was before is not told."""
    with connection.cursor() as reading:
        reading.execute(_HERE)
        snapshot, read_id = reading.fetchone()
    return TrailCursor(pk=THE_ONE, snapshot=snapshot, read_id=read_id)


def _new(cursor: TrailCursor) -> News:
    """One statement: what it sees and the snapshot that it tells are of the same moment."""
    kinds = tuple((source.object_type, verb) for source in SOURCES.values() for verb in source.verbs)
    asked: dict[str, Any] = {
        "snapshot": cursor.snapshot,
        "oldest": _oldest(cursor),
        "above": cursor.above_id,
        "kinds": kinds,
    }
    with connection.cursor() as reading:
        reading.execute(_NEW, asked)
        rows = reading.fetchall()
    return News(rows[0][0], rows[0][1], [Entry(*row[2:]) for row in rows if row[2] is not None])


def _oldest(cursor: TrailCursor) -> int:
    """The first transaction that was open when the trail was read last."""
    return int(cursor.snapshot.partition(":")[0])


def _began_anew(cursor: TrailCursor) -> bool:
    """Is this a restored copy of the database, in a PostgreSQL that counts transactions from lower numbers?"""
    with connection.cursor() as reading:
        reading.execute(_BEGAN_ANEW, [_oldest(cursor)])
        return bool(reading.fetchone()[0])


def _leave_the_copy(cursor: TrailCursor) -> None:
    """Tell what came with the copy and was not told yet; all later entries have higher numbers than those."""
    _tell(_new(cursor).entries)
    with connection.cursor() as reading:
        reading.execute(_NEWEST_OF_COPY, [_oldest(cursor)])
        newest: int = reading.fetchone()[0]
    cursor.above_id, cursor.snapshot = max(cursor.read_id, newest), NOTHING_OVER


def _tell(entries: Iterable[Entry]) -> int:
    """A delivery for each entry and each webhook that it concerns; how many."""
    hooks, made = list(Webhook.objects.active()), 0
    reach = _markets_of(hooks)
    by_event: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        if (event := event_of(entry.object_type, entry.verb)) and hooks:
            by_event[event].append(entry)
    for event, these in by_event.items():
        told = SOURCES[event].tell({entry.object_id for entry in these})
        wanting = [hook for hook in hooks if event in hook.events]
        for entry in these:
            if telling := told.get(entry.object_id):
                concerned = [hook for hook in wanting if _reaches(hook, telling, reach)]
                made += Delivery.prepare(concerned, f"event_{entry.id}", event, at=entry.at, data=telling.data)
    return made


def _markets_of(hooks: Iterable[Webhook]) -> dict[int, set[str]]:
    """The markets that each mission covers today."""
    covered: dict[int, set[str]] = defaultdict(set)
    missions = [hook.mission_id for hook in hooks if hook.mission_id]
    for mission, market in (
        Accreditation.objects.current().filter(mission__in=missions).values_list("mission", "market")
    ):
        covered[mission].add(market)
    return covered


def _reaches(hook: Webhook, telling: Telling, reach: Mapping[int, set[str]]) -> bool:
    return hook.mission_id is None or bool(telling.markets & reach.get(hook.mission_id, set()))

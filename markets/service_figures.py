"""How the promise to producers is kept, by mission: the oldest wait, the share decided in time, the median time.

A revision counts for every mission that covers a market it asks for today, and for all together; one that asks for no
market is the ministry's. Times are working time in WIB without Indonesian holidays, as in catalog/promise.py.

Counting reads every decision of a period, so the clock does it for all missions at once, every ten minutes; pages show
what it found, and when.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Final

from django.core.cache import cache
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from catalog.promise import PROMISED_DAYS
from kit.periods import PERIODS
from markets.models import Mission
from markets.scope import works_everywhere

EVERYTHING, NO_MARKET = -1, 0
KEPT: Final = 60 * 60
"""Seconds: so long the pages show what the clock counted last; it counts six times as often."""
CALENDAR: Final = datetime.timedelta(days=3 * 366)  # of days with their work: a wait of before counts from its first

_FIGURES: Final = """
WITH calendar AS (
    SELECT day, work, (sum(work) OVER (ORDER BY day) - work)::float AS past
    FROM (SELECT d::date AS day, CASE WHEN extract(isodow FROM d) < 6 AND NOT EXISTS (
                SELECT FROM accounts_holiday h WHERE h.country = 'ID' AND h.day = d::date) THEN 1 ELSE 0 END AS work
          FROM generate_series(%(first)s::date, %(last)s::date, interval '1 day') d) days
), spans AS (
    SELECT r.target_markets, d.submitted_at AS began, d.decided_at AS ended, true AS is_decided
    FROM catalog_decision d JOIN catalog_productrevision r ON r.id = d.revision_id WHERE d.decided_at >= %(since)s
    UNION ALL
    SELECT r.target_markets, r.submitted_at, %(now)s, false
    FROM catalog_productrevision r WHERE r.state IN ('submitted', 'in_review') AND r.submitted_at IS NOT NULL
), timed AS (
    SELECT s.target_markets, s.is_decided,
        greatest(0, b.past + b.work * extract(epoch FROM s.stop - b.day)::float / 86400
            - a.past - a.work * extract(epoch FROM s.start - a.day)::float / 86400) AS days
    FROM (SELECT target_markets, is_decided, greatest(began AT TIME ZONE 'Asia/Jakarta', %(first)s::date) AS start,
                 ended AT TIME ZONE 'Asia/Jakarta' AS stop FROM spans) s
    JOIN calendar a ON a.day = s.start::date JOIN calendar b ON b.day = s.stop::date
), covering AS (
    SELECT mission_id, array_agg(market_id::varchar) AS markets FROM markets_accreditation
    WHERE mission_id = ANY(%(missions)s) AND (since IS NULL OR since <= %(today)s)
        AND (until IS NULL OR until >= %(today)s) GROUP BY mission_id
), counted AS (
    SELECT -1 AS mission, t.days, t.is_decided FROM timed t WHERE -1 = ANY(%(missions)s)
    UNION ALL SELECT 0, t.days, t.is_decided FROM timed t WHERE t.target_markets = '{}' AND 0 = ANY(%(missions)s)
    UNION ALL SELECT c.mission_id, t.days, t.is_decided
    FROM timed t JOIN covering c ON t.target_markets && c.markets
)
SELECT mission,
    count(*) FILTER (WHERE NOT is_decided),
    count(*) FILTER (WHERE NOT is_decided AND days > %(promised)s),
    max(days) FILTER (WHERE NOT is_decided),
    count(*) FILTER (WHERE is_decided),
    count(*) FILTER (WHERE is_decided AND days <= %(promised)s),
    percentile_cont(0.5) WITHIN GROUP (ORDER BY days) FILTER (WHERE is_decided)
FROM counted GROUP BY mission
"""


@dataclass(frozen=True)
class Figures:
    """What is counted for one mission; a time is None when there is nothing to take it from."""

    name: str
    waiting: int = 0
    overdue: int = 0
    oldest: datetime.timedelta | None = None
    decided: int = 0
    in_time: int = 0
    median: datetime.timedelta | None = None

    @property
    def share(self) -> int | None:
        """Decided within five working days, in percent; None when nothing was decided."""
        return round(Decimal(100 * self.in_time) / self.decided) if self.decided else None

    @property
    def median_days(self) -> Decimal | None:
        """The median in working days, to one decimal."""
        return in_days(self.median)

    @property
    def oldest_days(self) -> Decimal | None:
        """The oldest wait in working days, to one decimal."""
        return in_days(self.oldest)


def in_days(span: datetime.timedelta | None) -> Decimal | None:
    """Working days to one decimal."""
    return None if span is None else (Decimal(span.total_seconds()) / 86400).quantize(Decimal("0.1"))


@dataclass(frozen=True)
class Counted:
    """What was counted for all missions at once, by their number, and when."""

    at: datetime.datetime
    rows: dict[int, Figures]


def refresh_figures() -> None:
    """Count each period anew, for the pages. Called by the clock; safe to run twice."""
    for days in PERIODS:
        _count_and_keep(days)


def kept_figures_for(reader: User, *, days: int = 90) -> tuple[list[Figures], datetime.datetime]:
    """As `figures_for`, but as it was counted last, and when that was; counted now where the clock stands still."""
    kept: Counted | None = cache.get(_key(days))
    if kept is None:
        kept = _count_and_keep(days)
    return [replace(kept.rows.get(pk, Figures("")), name=name) for pk, name in _names_for(reader).items()], kept.at


def figures_for(reader: User, *, days: int = 90, now: datetime.datetime | None = None) -> list[Figures]:
    """A row for each of the reader's missions; for the ministry all of them, what asks for no market, and the whole.

    Decisions of the last `days` days. Two queries.
    """
    names = _names_for(reader)
    found = _counted(list(names), days, now or timezone.now())
    return [replace(found.get(pk, Figures("")), name=name) for pk, name in names.items()]


def _names_for(reader: User) -> dict[int, str]:
    """The rows that the reader gets, by the number of the mission."""
    everywhere = works_everywhere(reader)
    missions = list(Mission.objects.all() if everywhere else Mission.objects.of_staff(reader))
    names = {mission.pk: str(mission) for mission in missions}
    if everywhere:
        names = {EVERYTHING: _("All missions"), NO_MARKET: _("Ministry: no market asked for"), **names}
    return names


def _key(days: int) -> str:
    return f"service-figures:{days}"


def _count_and_keep(days: int) -> Counted:
    missions = Mission.objects.values_list("pk", flat=True)
    now = timezone.now()
    counted = Counted(now, _counted([EVERYTHING, NO_MARKET, *missions], days, now))
    cache.set(_key(days), counted, KEPT)
    return counted


def _counted(missions: Sequence[int], days: int, now: datetime.datetime) -> dict[int, Figures]:
    first = now - CALENDAR
    asked: dict[str, Any] = {
        "first": first.date(),
        "last": (now + datetime.timedelta(days=1)).date(),
        "since": now - datetime.timedelta(days=days),
        "now": now,
        "today": now.date(),
        "promised": PROMISED_DAYS,
        "missions": list(missions),
    }
    with connection.cursor() as cursor:
        cursor.execute(_FIGURES, asked)
        rows = cursor.fetchall()
    return {
        pk: Figures("", waiting, overdue, _span(oldest), decided, in_time, _span(median))
        for pk, waiting, overdue, oldest, decided, in_time, median in rows
    }


def _span(days: float | Decimal | None) -> datetime.timedelta | None:
    return None if days is None else datetime.timedelta(days=float(days))

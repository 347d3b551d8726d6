"""The clock: what the queue does by itself, and how often. `load_reference` and the production start call it."""

from __future__ import annotations

import datetime
from typing import Any, Final

from django.contrib.sessions.models import Session
from django.utils import timezone
from django_q.models import Schedule

from accounts.models import RateLimit, SubmissionKey

SUBMISSIONS_KEPT: Final = datetime.timedelta(days=7)
NIGHT_UTC: Final = datetime.time(18, 10)  # 01:10 in Jakarta
EVERY_MINUTES: Final[dict[str, int]] = {
    "accounts.letters.send_due": 1,
    "accounts.letters_of_the_day.gather": 10,
    "catalog.upkeep.keep_up": 1,
    "catalog.clock.release_lapsed_claims": 5,
    "catalog.facet_counts.refresh_browse_counts": 5,
    "exporters.first_page.draw_missing": 10,
    "inquiries.search_clock.write_search_letters": 10,
    "markets.service_figures.refresh_figures": 10,
    "webhooks.reading.read_trail": 1,
    "webhooks.sending.send_due": 1,
    "promotion.clock.count_visits": 1,
    "promotion.clock.forget_stale": 10,
    "promotion.making.make_waiting": 1,
    "inquiries.request_keeping.run": 10,
    "inquiries.clock.run": 5,
    "inquiries.clock.count_views": 1,
}
EVERY_NIGHT: Final = (
    "inaaccess.schedules.tidy",
    "inaaccess.retention.retain",
    "catalog.indexing.refresh_tiers",
    "catalog.corrections.rebuild_words",
    "exporters.clock.remind_of_endings",
    "exporters.clock.write_digest",
    "catalog.likeness.fill_likenesses",
    "catalog.stored_sizes.fill_sizes",
    "webhooks.sending.tidy",
    "inquiries.clock.reckon",
    "inquiries.clock.count_answers",
)


def ensure_schedules() -> None:
    """Make the schedules, or set their rhythm right; safe to run twice and beside a running worker."""
    for function, minutes in EVERY_MINUTES.items():
        _ensure(function, {"schedule_type": Schedule.MINUTES, "minutes": minutes}, first=timezone.now())
    for function in EVERY_NIGHT:
        _ensure(function, {"schedule_type": Schedule.DAILY}, first=_next_night())
    Schedule.objects.filter(name__startswith="clock:").exclude(func__in=[*EVERY_MINUTES, *EVERY_NIGHT]).delete()


def tidy() -> None:
    """Forget what is over: sessions, limits, answers to submissions older than 7 days. Safe to run twice."""
    now = timezone.now()
    Session.objects.filter(expire_date__lt=now).delete()
    RateLimit.objects.filter(ends_at__lt=now).delete()
    SubmissionKey.objects.filter(created_at__lt=now - SUBMISSIONS_KEPT).delete()


def _ensure(function: str, rhythm: dict[str, Any], *, first: datetime.datetime) -> None:
    Schedule.objects.update_or_create(
        name=f"clock:{function}",
        defaults={"func": function, "repeats": -1, **rhythm},
        create_defaults={"func": function, "repeats": -1, "next_run": first, **rhythm},
    )


def _next_night() -> datetime.datetime:
    now = timezone.now()
    tonight = datetime.datetime.combine(now.date(), NIGHT_UTC, tzinfo=datetime.UTC)
    return tonight if tonight > now else tonight + datetime.timedelta(days=1)

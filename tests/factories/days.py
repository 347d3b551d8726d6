"""Days, counted from today (UTC)."""

from __future__ import annotations

import datetime

from django.utils import timezone


def in_days(days: int) -> datetime.date:
    return timezone.now().date() + datetime.timedelta(days=days)

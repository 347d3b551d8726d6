"""What a campaign brought, by day."""

from __future__ import annotations

import datetime
from typing import Final, NamedTuple

from django.db.models import Q, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from promotion.models import Campaign, CampaignDay

RECENT: Final = 30
"""Days."""


class DayFigures(NamedTuple):
    """One day (UTC)."""

    day: datetime.date
    visits: int
    enquiries: int


def with_totals(campaigns: QuerySet[Campaign]) -> QuerySet[Campaign]:
    """With `visits` and `enquiries` since their start, and the `recent_visits` of the last 30 days."""
    since = timezone.now().date() - datetime.timedelta(days=RECENT - 1)
    return campaigns.annotate(
        visits=Coalesce(Sum("days__visits"), 0),
        enquiries=Coalesce(Sum("days__enquiries"), 0),
        recent_visits=Coalesce(Sum("days__visits", filter=Q(days__day__gte=since)), 0),
    )


def days_of(campaign: Campaign, days: int) -> list[DayFigures]:
    """The last `days` days of the campaign, the newest first; days without a visit are zero."""
    last = (campaign.ended_at or timezone.now()).date()
    first = max(last - datetime.timedelta(days=days - 1), campaign.started_at.date())
    rows = CampaignDay.objects.filter(campaign=campaign, day__range=(first, last))
    counted = {day: (visits, enquiries) for day, visits, enquiries in rows.values_list("day", "visits", "enquiries")}
    span = (last - first).days + 1
    all_days = (last - datetime.timedelta(days=back) for back in range(span))
    return [DayFigures(day, *counted.get(day, (0, 0))) for day in all_days]

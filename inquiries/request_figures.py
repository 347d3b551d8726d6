"""Buying requests in figures: by commodity and destination, how many were asked, are without an answer, and how soon
the first offer came. Times are working time in WIB without Indonesian holidays, as in catalog/promise.py.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from statistics import median
from typing import Any, Final

from django.db.models import Min, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from catalog.promise import WorkingDays
from inquiries.match_words import commodity_name
from inquiries.models import BuyingRequest
from kit.countries import country_name

USUAL: Final = 90
MOST: Final = 20_000
"""So many requests of a period are counted, the newest."""


@dataclass(frozen=True)
class Figures:
    """The requests of one kind; a time is None when no offer came. `without_answer`: approved, and no offer."""

    name: str
    asked: int
    approved: int
    without_answer: int
    offered: int
    first_offer: datetime.timedelta | None

    @property
    def first_offer_days(self) -> Decimal | None:
        """The median time from the approval to the first offer, in working days to one decimal."""
        if self.first_offer is None:
            return None
        return (Decimal(self.first_offer.total_seconds()) / 86400).quantize(Decimal("0.1"))


def figures_for(reader: User, *, days: int = USUAL) -> tuple[list[Figures], list[Figures]]:
    """By commodity and by destination, the most asked first, of requests handed in within `days`. Two queries."""
    since = timezone.now() - datetime.timedelta(days=days)
    first = Min("matches__answered_at", filter=Q(matches__state="offered"))
    rows: list[Any] = list(
        BuyingRequest.objects.decided_by_staff(reader)
        .filter(submitted_at__gte=since)
        .annotate(first_offer_at=first)
        .order_by("-pk")
        .values("commodity", "country", "state", "decided_at", "first_offer_at")[:MOST]
    )
    calendar = WorkingDays.read()
    by_commodity = _grouped(
        rows, lambda row: row["commodity"], lambda key: commodity_name(key) or _("words only"), calendar
    )
    return by_commodity, _grouped(rows, lambda row: row["country"], country_name, calendar)


def _grouped(
    rows: Iterable[dict[str, Any]], key: Callable[[dict[str, Any]], Any], name: Callable[[Any], str], days: WorkingDays
) -> list[Figures]:
    groups: dict[Any, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    found = [_counted(name(value), group, days) for value, group in groups.items()]
    return sorted(found, key=lambda one: (-one.asked, one.name))


def _counted(name: str, rows: list[dict[str, Any]], days: WorkingDays) -> Figures:
    approved = [row for row in rows if row["decided_at"] is not None and row["state"] != "rejected"]
    times = [
        days.time_between(row["decided_at"], row["first_offer_at"]).total_seconds()
        for row in approved
        if row["first_offer_at"] is not None
    ]
    middle = datetime.timedelta(seconds=median(times)) if times else None
    return Figures(name, len(rows), len(approved), len(approved) - len(times), len(times), middle)

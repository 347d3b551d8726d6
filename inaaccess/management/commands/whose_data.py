"""`manage.py whose_data --since 2026-01-31`: after a breach, whose personal data was within reach."""

from __future__ import annotations

import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_date

from accounts.models import AuditEntry, User
from inaaccess.personal_data import NOBODY, Holding, holdings
from kit.csv_export import csv_text


class Command(BaseCommand):
    help = "Says whose personal data was within reach since a day: of all, or of what one account looked at or changed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--since", required=True, help="the first day, e.g. 2026-01-31 (UTC)")
        parser.add_argument("--by", type=int, help="only what this account (its number) read, changed or exported")
        parser.add_argument("--csv", action="store_true", help="the people, with addresses and languages, as CSV")

    def handle(self, *args: Any, **options: Any) -> None:
        day = _day(options["since"])
        entries = AuditEntry.objects.filter(at__gte=day, by=options["by"]) if options["by"] else None
        everybody: set[int] = set()
        for holding in holdings():
            people = _people(holding, entries)
            everybody |= people
            if people and not options["csv"]:
                label = f"{holding.model._meta.label}: {', '.join(holding.fields)}"
                self.stdout.write(f"{label}: {len(people)} people ({holding.why})")
        found = User.objects.filter(pk__in=everybody, erased_at=None).order_by("pk")
        if options["csv"]:
            rows = found.values_list("pk", "email", "language")
            self.stdout.write(csv_text([("account", "email", "language"), *rows]), ending="")
        else:
            self.stdout.write(f"In all {found.count()} people since {day:%Y-%m-%d}; --csv gives their addresses.")


def _people(holding: Holding, entries: QuerySet[AuditEntry] | None) -> set[int]:
    """The accounts behind the rows of this kind; with `entries`, behind the rows that those speak of.

    What was deleted since is not counted: its entries still name the rows.
    """
    if holding.whose == NOBODY:
        return set()
    rows = holding.model._base_manager.all()
    if entries is not None:
        touched = entries.filter(object_type=holding.model._meta.label_lower).values_list("object_id", flat=True)
        rows = rows.filter(pk__in=[key for key in touched if key.isdecimal()])
    return set(rows.exclude(**{holding.whose: None}).values_list(holding.whose, flat=True))


def _day(text: str) -> datetime.datetime:
    day = parse_date(text)
    if day is None:
        raise CommandError("--since takes a day like 2026-01-31.")
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time.min), datetime.UTC)

"""The day by the database's clock: one clock for all processes, whatever their hosts think."""

from __future__ import annotations

from typing import Any

from django.db import connection, models
from django.db.models.expressions import CombinedExpression


class UtcToday(models.Func):
    """Today in UTC as the database knows it; `UtcToday() + 30` is the day 30 days later."""

    template = "(CURRENT_TIMESTAMP AT TIME ZONE 'UTC')::date"
    output_field = models.DateField()

    def __add__(self, days: Any) -> CombinedExpression:
        return CombinedExpression(self, "+", models.Value(int(days)), output_field=models.DateField())

    def __sub__(self, days: Any) -> CombinedExpression:
        return self + -int(days)


def utc_today() -> Any:
    """That day as a date."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {UtcToday.template}")
        return cursor.fetchone()[0]

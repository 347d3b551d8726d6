"""Statements that are written by hand, one at a time."""

from __future__ import annotations

from typing import Any

from django.db import connection


def run(sql: str, params: Any = None) -> None:
    """Run it; what it returns is not read."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)


def rows(sql: str, params: Any = None) -> list[tuple[Any, ...]]:
    """All rows that it returns."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found

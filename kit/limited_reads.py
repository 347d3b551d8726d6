"""Reads for anybody: what PostgreSQL cannot answer in two seconds is given up, so that no visitor holds it up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django.db import OperationalError, connection
from psycopg2.errors import QueryCanceled

LIMIT: Final = "SET LOCAL statement_timeout = 2000; SET LOCAL max_parallel_workers_per_gather = 0; "
"""Goes before a SELECT, in the same round trip: together they are one transaction, so the limits end with it.

No read takes more than one processor: a visitor's is short, and starting helpers for it costs more than they save.
"""


class TooSlow(Exception):
    """The database gave a read up."""


def rows_of(sql: str, params: Sequence[Any] | dict[str, Any] = ()) -> list[tuple[Any, ...]]:
    """The rows of one SELECT. Raises TooSlow after two seconds."""
    with connection.cursor() as cursor:
        try:
            cursor.execute(LIMIT + sql, params)
        except OperationalError as error:
            if isinstance(error.__cause__, QueryCanceled):
                raise TooSlow from error
            raise
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows

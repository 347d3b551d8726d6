"""manage.py migrate, which never makes the site wait: a table in use for longer than 2 seconds is left alone."""

from __future__ import annotations

from typing import Any, Final

from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import OperationalError, connections
from psycopg2.errors import LockNotAvailable

LOCK_TIMEOUT: Final = "2s"


class Command(migrate.Command):
    """Waits for a lock no longer than readers can: behind a waiting ALTER TABLE everybody waits."""

    def handle(self, *args: Any, **options: Any) -> None:
        connection = connections[options["database"]]
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('lock_timeout', %s, false)", [LOCK_TIMEOUT])
        try:
            super().handle(*args, **options)
        except OperationalError as error:
            if not isinstance(error.__cause__, LockNotAvailable):
                raise
            raise CommandError(
                f"A table was in use for more than {LOCK_TIMEOUT}: the migration named last changed nothing."
            ) from error
        finally:
            with connection.cursor() as cursor:
                cursor.execute("RESET lock_timeout")

"""Rebuild the search rows: all of them, those that the day has overtaken, or without end those that changed."""

from __future__ import annotations

import time
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import InterfaceError, OperationalError, ProgrammingError, close_old_connections
from psycopg2.errors import InsufficientPrivilege

from catalog.indexing import reindex_stale
from catalog.rebuilding import AlreadyRuns, Progress, reindex_all
from catalog.upkeep import keep_up

PAUSE: Final = 1.0


class Command(BaseCommand):
    help = "Rebuild the search rows of the catalogue. Runs beside the site."

    def add_arguments(self, parser: CommandParser) -> None:
        which = parser.add_mutually_exclusive_group(required=True)
        which.add_argument("--all", action="store_true", help="every row, and the tiers; goes on where it was stopped")
        which.add_argument("--stale", action="store_true", help="only rows that no longer match what they are made of")
        which.add_argument("--marked", action="store_true", help="only rows of what is marked as changed")
        which.add_argument("--watch", action="store_true", help="rows of what is marked, again and again (a service)")
        parser.add_argument("--from-start", action="store_true", help="with --all: forget a run that was stopped")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["watch"]:
            watch()
        if options["marked"]:
            count = keep_up()
        elif options["stale"]:
            count = reindex_stale()
        else:
            count = self.rebuild(from_start=options["from_start"])
        self.stdout.write(f"{count} products looked at.")

    def rebuild(self, *, from_start: bool) -> int:
        """Every row. Only one such run at a time, and only by the owner of the tables."""
        try:
            return reindex_all(self.progress(), from_start=from_start)
        except AlreadyRuns:
            raise CommandError("Another run rebuilds all rows already.") from None
        except ProgrammingError as error:
            if isinstance(error.__cause__, InsufficientPrivilege):
                raise CommandError("Only the owner of the tables can rebuild them all, as with migrations.") from error
            raise

    def progress(self) -> Progress:
        """Says how far it is with what, at most once a second, and how long the rest of it may take."""
        kind, began, told, first = "", 0.0, 0.0, 0

        def tell(what: str, done: int, total: int) -> None:
            nonlocal kind, began, told, first
            now = time.monotonic()
            if what != kind:
                kind, began, told, first = what, now, 0.0, done
            if now - told < 1 and done < total:
                return
            told = now
            rest = f", {(total - done) * (now - began) / (done - first):.0f} s left" if first < done < total else ""
            self.stdout.write(f"{done:,} of {total:,} {what} ({done * 100 // max(1, total)} %){rest}")
            self.stdout.flush()

        return tell


def watch() -> None:
    """Look for marks every second until somebody ends the process; a lost database is waited for."""
    while True:
        try:
            keep_up()
        except (OperationalError, InterfaceError):
            close_old_connections()
        time.sleep(PAUSE)

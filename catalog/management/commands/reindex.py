"""Rebuild the search rows: all of them, those that the day has overtaken, or without end those that changed."""

from __future__ import annotations

import time
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandParser
from django.db import InterfaceError, OperationalError, close_old_connections

from catalog.indexing import reindex_all, reindex_stale
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
            count = reindex_all(self.progress(), from_start=options["from_start"])
        self.stdout.write(f"{count} products looked at.")

    def progress(self) -> Any:
        """Says how far it is, at most once a second, and how long the rest may take."""
        began = told = time.monotonic()
        first: int | None = None

        def tell(done: int, total: int) -> None:
            nonlocal told, first
            now = time.monotonic()
            first = done if first is None else first
            if now - told < 1 and done < total:
                return
            told = now
            rest = (total - done) * (now - began) / max(1, done - first) if done > first else 0
            self.stdout.write(f"{done:,} of {total:,} products ({done * 100 // total} %), {rest:.0f} s left")
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

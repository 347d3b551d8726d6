"""Rebuild the search rows: all of them, or those that the day has overtaken."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from catalog.indexing import reindex_all, reindex_stale


class Command(BaseCommand):
    help = "Rebuild the search rows of the catalogue. Nightly: --stale; after new reference data: --all."

    def add_arguments(self, parser: CommandParser) -> None:
        which = parser.add_mutually_exclusive_group(required=True)
        which.add_argument("--all", action="store_true", help="every row, and the tiers")
        which.add_argument("--stale", action="store_true", help="only rows that no longer match what they are made of")

    def handle(self, *args: Any, **options: Any) -> None:
        count = reindex_all() if options["all"] else reindex_stale()
        self.stdout.write(f"{count} products looked at.")

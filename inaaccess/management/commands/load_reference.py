"""manage.py load_reference: regions, HS 2022, categories, commodities, units, markets, missions, certificate types."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from inaaccess import reference
from inaaccess.reference.tables import Loaded
from inaaccess.schedules import ensure_schedules


class Command(BaseCommand):
    help = "Load the reference data. Safe to repeat: what staff have edited stays, unless you give --overwrite."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("parts", nargs="*", choices=[[], *reference.PARTS], help="only these; by default all")
        parser.add_argument("--overwrite", action="store_true", help="put the file's facts back where staff edited")

    def handle(self, *args: Any, parts: list[str], overwrite: bool, verbosity: int, **options: Any) -> None:
        def tell(loaded: Loaded) -> None:
            if loaded.made or loaded.changed or verbosity > 1:
                self.stdout.write(
                    f"{loaded.table}: {loaded.made} made, {loaded.changed} changed, {loaded.rows} in the file"
                )

        reference.load(parts or reference.PARTS, overwrite=overwrite, tell=tell)
        ensure_schedules()

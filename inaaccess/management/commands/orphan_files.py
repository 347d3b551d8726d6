"""manage.py orphan_files: files that belong to nothing, listed, and removed on demand (docs/deploy.md)."""

from __future__ import annotations

import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from inaaccess import orphans


class Command(BaseCommand):
    help = "List uploaded files that belong to nothing; with --remove, delete them. Safe while people upload."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--remove", action="store_true", help="delete what is listed")
        parser.add_argument(
            "--older-than", type=float, default=24, metavar="HOURS", help="leave younger ones alone (24)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["older_than"] < 1:
            raise CommandError("Files of the last hour may belong to an upload that is still under way.")
        found = orphans.find(older_than=datetime.timedelta(hours=options["older_than"]))
        for name, size in found.files.items():
            self.stdout.write(f"{size:>12,}  {name}")
        for key in found.photos:
            self.stdout.write(f"{'photo':>12}  {key} (shown nowhere)")
        for name in found.lost:
            self.stdout.write(self.style.WARNING(f"{'MISSING':>12}  {name}"))
        self.stdout.write(
            f"{len(found.files)} files without a row ({found.bytes / 1024 / 1024:.1f} MB), "
            f"{len(found.photos)} photos shown nowhere, {len(found.lost)} files missing."
        )
        if options["remove"]:
            self.stdout.write(f"{orphans.remove(found)} files removed.")

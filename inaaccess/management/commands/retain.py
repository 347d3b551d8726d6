"""`manage.py retain`: erase and delete what has run out (docs/personal_data.md). The worker does it every night."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from inaaccess import retention


class Command(BaseCommand):
    help = "Erases accounts that nobody uses and deletes old letters, invitations, enquiries and results of work."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only say what would be done")

    def handle(self, *args: Any, **options: Any) -> None:
        done = retention.run(dry=options["dry_run"])
        for name, number in zip(done._fields[:-1], done[:-1], strict=True):
            self.stdout.write(f"{name}: {number}")
        left = ", ".join(str(pk) for pk in done.left_to_ministry) or "none"
        self.stdout.write(f"only owners of a producer, for the ministry to decide (accounts): {left}")

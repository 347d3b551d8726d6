"""`manage.py read_mailbox /var/mail/noreply`: what came to NO_REPLY_EMAIL, from a Maildir (docs/mail.md)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts import returned_mail


class Command(BaseCommand):
    help = "Notes letters that came back, answers those who replied once a day, and deletes what it has read."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path, help="a Maildir: a folder with new, cur and tmp")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            done = returned_mail.read_folder(options["path"])
        except FileNotFoundError as error:
            raise CommandError(f"There is no Maildir at {options['path']}.") from error
        for name, number in done._asdict().items():
            self.stdout.write(f"{name}: {number}")

"""manage.py backup_drill: take a backup, restore it into an empty place, and see that nothing is missing there."""

from __future__ import annotations

import datetime
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import environ
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from inaaccess import backups, orphans
from inaaccess.supervision import CannotStart

ANY_AGE = datetime.timedelta(0)


class Command(BaseCommand):
    help = (
        "Dump database and uploads into --folder, restore both into the empty database --into and compare rows, "
        "checksums, files and the log-in of --login, its password from DRILL_PASSWORD. The site may be in use."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--folder", type=Path, required=True, help="where the backup goes; must not be there yet")
        parser.add_argument("--into", required=True, metavar="URL", help="an empty database, as in DATABASE_URL")
        parser.add_argument("--login", required=True, metavar="EMAIL", help="an account without a second factor")
        parser.add_argument("--look", action="store_true", help="only the last step, inside the restored place")

    def handle(self, *args: Any, **options: Any) -> None:
        if "DRILL_PASSWORD" not in os.environ:
            raise CommandError("Say in DRILL_PASSWORD the password of the account that is to log in.")
        if options["look"]:
            self._look(options["login"])
            return
        try:
            self._drill(options["folder"], options["into"], options["login"])
        except CannotStart as reason:
            raise CommandError(str(reason)) from reason

    def _drill(self, folder: Path, address: str, login: str) -> None:
        target: dict[str, Any] = environ.Env.db_url_config(address)
        target["HOST"] = unquote(target["HOST"])
        if folder.exists() or not backups.is_empty(target):
            raise CommandError("The drill wants a folder that is not there yet and a database without tables.")
        folder.mkdir(mode=0o700, parents=True)
        began = time.monotonic()
        held = backups.dump(connection.settings_dict, folder / "database.dump")
        files = backups.copy_files(Path(settings.MEDIA_ROOT), folder / "uploads")
        taken = time.monotonic()
        self.stdout.write(f"Taken in {taken - began:.0f} s: {held.rows:,} rows, {len(files):,} files.")
        again = backups.restore(target, folder / "database.dump")
        there = backups.copy_files(folder / "uploads", folder / "restored")
        here = backups.checksums(Path(settings.MEDIA_ROOT))  # what was added since is in no copy, what went is in one
        changed = {name for name, checksum in files.items() if here.get(name, checksum) != checksum}
        changed |= {name for name, _checksum in files.items() ^ there.items()}
        wrong = held.differences(again) + [f"{name}: another file" for name in sorted(changed)]
        if wrong:
            raise CommandError("The restored place is not the same:\n" + "\n".join(wrong[:20]))
        self._look_there(address, folder / "restored", login)
        self.stdout.write(f"Restored in {time.monotonic() - taken:.0f} s: the same rows and files; {login} logs in.")

    def _look_there(self, address: str, uploads: Path, login: str) -> None:
        """Look in a process of its own, whose settings lead to the restored place."""
        place = {"DATABASE_URL": address, "MEDIA_ROOT": str(uploads)}
        command = [sys.executable, "manage.py", "backup_drill", "--look", "--login", login]
        command += ["--folder", str(uploads), "--into", address]
        looked = subprocess.run(
            command, cwd=settings.BASE_DIR, env={**os.environ, **place}, capture_output=True, text=True, check=False
        )
        if looked.returncode:
            raise CommandError(f"The restored place does not work:\n{looked.stderr.strip()[-2000:]}")

    def _look(self, login: str) -> None:
        if lost := orphans.find(older_than=ANY_AGE).lost:
            raise CommandError(f"{len(lost)} files are missing, such as {lost[0]}.")
        host = settings.ALLOWED_HOSTS[0].lstrip(".") if settings.ALLOWED_HOSTS else urlsplit(settings.SITE_URL).hostname
        client = Client(SERVER_NAME=host)
        if client.get("/readyz", secure=True).status_code != 200:
            raise CommandError("It is not ready: migrations to apply, or a storage that takes no file.")
        with override("en"):
            page, account = reverse("account_login"), reverse("account_profile")
        client.post(page, {"login": login, "password": os.environ["DRILL_PASSWORD"]}, secure=True)
        if login not in client.get(account, secure=True).content.decode():
            raise CommandError(f"{login} cannot log in.")

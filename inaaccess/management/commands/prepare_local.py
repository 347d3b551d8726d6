"""manage.py prepare_local: what `make run` does between the database and the server, in one process."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from accounts.models import User


class Command(BaseCommand):
    help = "Bring the database of `make run` up to date: tables, reference rows and the demo."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)  # empty here; whitenoise asks that it is there
        refuse_foreign_migrations()
        if has_unapplied_migrations():
            self.say("Making the tables …")
            call_command("migrate", verbosity=0)
        call_command("load_reference")
        if os.environ.get("DEMO") != "0" and not User.objects.filter(email="producer@demo.test").exists():
            self.say("Loading the demo: producers, products and pictures (once; this takes a while) …")
            call_command("load_demo")

    def say(self, sentence: str) -> None:
        self.stdout.write(sentence)
        self.stdout.flush()


def refuse_foreign_migrations() -> None:
    """CommandError if the database was made by migrations that are not here: those here would not fit its tables."""
    loader = MigrationLoader(connections[DEFAULT_DB_ALIAS])
    foreign = sorted(loader.applied_migrations.keys() - loader.disk_migrations.keys())
    if foreign:
        raise CommandError(
            f"This database was made by another version of INA Access (migration {'.'.join(foreign[0])} is not part "
            f"of this one) and was left as it is: move {settings.DATA_DIR} away, or give an empty folder as DATA_DIR "
            "(with DATABASE_URL: an empty database), and run `make run` again."
        )


def has_unapplied_migrations() -> bool:
    executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))

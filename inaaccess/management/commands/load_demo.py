"""manage.py load_demo: producers of Kota Mojokerto and others, products in every state, pictures, seven log-ins."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from inaaccess import reference
from inaaccess.demo import loading


class Command(BaseCommand):
    help = "Load the demo. Does nothing when it is there, unless you give --fresh; refuses in production."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--fresh", action="store_true", help="take the demo's companies away first")

    def handle(self, *args: Any, fresh: bool, verbosity: int, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("The demo has log-ins with a known password: it is not for production.")
        if loading.is_loaded():
            if not fresh:
                return
            loading.unload()
        reference.load()
        loading.load()
        if verbosity:
            self.stdout.write("The demo is loaded.")

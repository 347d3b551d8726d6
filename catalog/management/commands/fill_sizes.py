"""Count the bytes of pictures of before, so that each producer's room is true; the clock does it every night too."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from catalog.stored_sizes import fill_sizes


class Command(BaseCommand):
    help = (
        "Read the sizes of pictures that were stored before bytes were counted. Runs beside the site; safe to repeat."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{fill_sizes()} pictures counted.")

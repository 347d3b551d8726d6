"""Look at the photos of before, so that reviewers are shown what looks alike; the clock does it every night too."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from catalog.likeness import fill_likenesses
from catalog.models import Photo


class Command(BaseCommand):
    help = "Give photos that were uploaded by an earlier version their likeness. Runs beside the site; safe to repeat."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{fill_likenesses()} photos looked at.")
        for key in Photo.objects.filter(likeness__isnull=True).order_by("pk").values_list("key", flat=True):
            self.stdout.write(f"pictures/{key}/ holds no file that can be read.")

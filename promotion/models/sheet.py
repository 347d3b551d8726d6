"""Product sheets that were made already."""

from __future__ import annotations

import datetime

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

MOST_KEPT = 2000
"""About 300 MB; older ones go first, and are drawn again when somebody asks."""


class KeptSheetQuerySet(models.QuerySet["KeptSheet"]):
    """Words about kept sheets."""

    def stale(self, today: datetime.date | None = None) -> KeptSheetQuerySet:
        """Of an earlier day (UTC): their “as of” is over, nobody will be given them again."""
        return self.filter(day__lt=today or timezone.now().date())


class KeptSheet(models.Model):
    """A drawn sheet under the key of its content. In a row, not in a file: it is there whole or not at all."""

    key = models.CharField(max_length=64, primary_key=True, editable=False)
    day = models.DateField(_("as of"), editable=False)
    content = models.BinaryField(editable=False)

    objects = KeptSheetQuerySet.as_manager()

    class Meta:
        verbose_name = _("kept product sheet")
        verbose_name_plural = _("kept product sheets")
        ordering = ["-day", "key"]
        indexes = [models.Index(fields=["day"], name="promotion_keptsheet_day")]

    def __str__(self) -> str:
        return self.key

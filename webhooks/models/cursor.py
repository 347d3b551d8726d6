"""How far the audit trail was read."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class TrailCursor(models.Model):
    """The one row that remembers which entries of the audit trail were read (webhooks/reading.py).

    `snapshot` is PostgreSQL's own list of the transactions that were over when it was read last; `read_id` the highest
    entry seen by then. Entries up to `above_id` are never read again: they came with a restored copy of the database.
    """

    snapshot = models.TextField()
    read_id = models.BigIntegerField(default=0)
    above_id = models.BigIntegerField(default=0)
    read_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("place in the audit trail")
        verbose_name_plural = _("places in the audit trail")

    def __str__(self) -> str:
        return str(self.read_id)

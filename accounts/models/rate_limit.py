"""How often something was tried: one row per scope and key, counted by one atomic statement."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class RateLimit(models.Model):
    """The tries of one key in its present window. Keys are hashed: no address of a person stays here."""

    scope = models.CharField(max_length=20)
    key_hash = models.CharField(max_length=64)
    tries = models.PositiveIntegerField()
    ends_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("rate limit")
        verbose_name_plural = _("rate limits")
        constraints = [
            models.UniqueConstraint(fields=["scope", "key_hash"], name="accounts_ratelimit_once"),
        ]

    def __str__(self) -> str:
        return f"{self.scope}: {self.tries}"

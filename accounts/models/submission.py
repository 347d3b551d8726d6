"""A form or API write sent twice has one effect."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class SubmissionKey(models.Model):
    """What was answered to one submission, so that its repetition gets the same answer.

    `body_hash` (SHA-256, hex) tells a repetition from another body under the same key. An empty
    `answer_status` means that the first one is still being worked on.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    action = models.CharField(max_length=80, help_text=_("URL name"))
    key = models.CharField(max_length=64)
    body_hash = models.CharField(max_length=64)
    answer_status = models.PositiveSmallIntegerField(null=True)
    answer = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        verbose_name = _("submission key")
        verbose_name_plural = _("submission keys")
        constraints = [
            models.UniqueConstraint(fields=["user", "action", "key"], name="accounts_submissionkey_once"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.key}"

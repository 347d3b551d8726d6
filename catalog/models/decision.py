"""What the reviewers decided, one row a round: the service figures and a product's history are read from it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User


class Outcome(models.TextChoices):
    APPROVE = "approve", _("approved")
    REQUEST_CHANGES = "request_changes", _("changes requested")
    REJECT = "reject", _("rejected")


class Decision(models.Model):
    """One round of a review, from the hand-in that it answered. Written by the verb, never changed."""

    revision = models.ForeignKey("catalog.ProductRevision", on_delete=models.CASCADE, related_name="decisions")
    outcome = models.CharField(_("decision"), max_length=16, choices=Outcome.choices)
    version = models.PositiveIntegerField(_("version of the content"), help_text=_("As the reviewer saw it"))
    submitted_at = models.DateTimeField(_("submitted"))
    decided_at = models.DateTimeField(_("decided"))
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("by"))

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["decided_at"], name="catalog_decision_decided")]

    def __str__(self) -> str:
        return f"{self.revision_id}: {self.outcome}"

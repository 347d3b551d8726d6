"""How the review of a revision stands: who has it in hand, and what they decided."""

from __future__ import annotations

import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.workflow import Refused
from catalog.models.revision_state import CLAIM_LASTS


class Review(models.Model):
    """The part of a revision that its reviewers write, by its verbs alone.

    `content_at_request` is what a change was asked for of, a snapshot; `translated_by` tells who wrote a missing
    text, by field and language: {"title.es": 7}.
    """

    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True, editable=False)
    claimed_at = models.DateTimeField(_("claimed"), null=True, blank=True, editable=False)
    claimed_by = models.ForeignKey(
        User,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="claims",
        verbose_name=_("claimed by"),
    )
    assigned_to = models.ForeignKey(
        User,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="assignments",
        verbose_name=_("assigned to"),
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True, editable=False)
    decided_by = models.ForeignKey(
        User,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("decided by"),
    )
    rejection = models.TextField(_("reason of the rejection"), max_length=1000, blank=True, editable=False)
    content_at_request = models.JSONField(null=True, blank=True, editable=False)
    translated_by = models.JSONField(default=dict, blank=True, editable=False)

    class Meta:
        abstract = True

    def claim_ends_at(self) -> datetime.datetime | None:
        """When the claim lapses; None when nobody claimed it."""
        return self.claimed_at + CLAIM_LASTS if self.claimed_at else None

    def _refuse_other_claimant(self, by: User) -> None:
        if self.claimed_by_id != by.pk:
            raise Refused(_("Somebody else is reviewing this."), code="not_claimant")

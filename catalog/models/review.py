"""How the review of a revision stands: who has it in hand, claims and gives it back, and what they decided."""

from __future__ import annotations

import datetime

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import audit
from accounts.models import User
from accounts.workflow import Refused, TransitionNotAllowed, WorkflowModel
from catalog.models.revision_state import CLAIM_LASTS, RevisionState, SelfReview


class Review(WorkflowModel):
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

    def claim(self, *, by: User) -> None:
        """Take it for review, for two hours. Raises TransitionNotAllowed, SelfReview."""
        with self.moving("claim", by=by):
            self._refuse_self_review(by)
            self.claimed_by, self.claimed_at = by, timezone.now()

    def release(self, *, by: User | None) -> None:
        """Give it back to the queue. `by` is None when the claim lapsed. Raises TransitionNotAllowed."""
        with self.moving("release", by=by):
            if by is None and not (self.claimed_at and self.claimed_at < timezone.now() - CLAIM_LASTS):
                raise TransitionNotAllowed(_("This claim has not lapsed."))
            if by is not None:
                self._refuse_other_claimant(by)
            self.claimed_by = self.claimed_at = None

    def hand_over(self, *, to: User, by: User) -> None:
        """Give the claim to a colleague, for two hours from now. The caller has checked that `to` may review here.

        Raises TransitionNotAllowed, SelfReview (of `to`).
        """
        with transaction.atomic():
            self.lock()
            if self.state != RevisionState.IN_REVIEW:
                raise self.not_possible()
            self._refuse_work_of(to)
            self.claimed_by, self.claimed_at = to, timezone.now()
            self.save(update_fields=["claimed_by", "claimed_at"])
            audit.record("hand_over", self, by=by, from_state=self.state, to_state=self.state, why=f"user {to.pk}")

    def is_work_of(self, user: User) -> bool:
        """Does `user` belong to the producer, or did they ever write for it?"""
        raise NotImplementedError

    def _refuse_self_review(self, by: User) -> None:
        if self.is_work_of(by):
            raise SelfReview(_("You cannot review a product that you or your producer wrote."))

    def _refuse_work_of(self, to: User) -> None:
        if self.is_work_of(to):
            raise SelfReview(_("They cannot review a product that they or their producer wrote."))

    def _refuse_other_claimant(self, by: User) -> None:
        if self.claimed_by_id != by.pk:
            raise Refused(_("Somebody else is reviewing this."), code="not_claimant")

"""What an importer asks for and did not find."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any, ClassVar

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import audit
from accounts.models import User
from accounts.workflow import Refused, WorkflowModel, in_words
from inquiries import request_mails
from inquiries.models.buying_request_state import (
    LONGEST_NOTE,
    Outcome,
    RejectReason,
    RequestState,
    last_deadline,
)
from inquiries.models.buying_request_words import BuyingRequestQuerySet
from inquiries.models.importer import Importer
from inquiries.models.wanted_goods import WantedGoods
from kit.uploads import delete_picture


class RequestMoved(Refused):
    """Somebody decides on another content than they saw."""

    code = "request_moved"


class OwnRequest(Refused):
    """Nobody decides about what they ask for themselves."""

    code = "own_request"


class BuyingRequest(WantedGoods, WorkflowModel):
    """A wanted product and what becomes of it: staff decide, producers offer, the importer says what came of it.

    `version` grows with each change of the content while it waits.
    """

    S = RequestState
    CODED_WHYS: ClassVar = {"reject": in_words(RejectReason), "close": in_words(Outcome)}
    TRANSITIONS: ClassVar = {
        "rewrite": ({S.SUBMITTED}, S.SUBMITTED),
        "withdraw": ({S.SUBMITTED}, S.WITHDRAWN),
        "approve": ({S.SUBMITTED}, S.OPEN),
        "reject": ({S.SUBMITTED}, S.REJECTED),
        "close": ({S.OPEN}, S.CLOSED),
        "expire": ({S.SUBMITTED, S.OPEN}, S.EXPIRED),
    }

    importer = models.ForeignKey(
        Importer, on_delete=models.CASCADE, related_name="buying_requests", verbose_name=_("importer")
    )
    state = models.CharField(_("state"), max_length=10, choices=S.choices, default=S.SUBMITTED)
    picture_key = models.UUIDField(null=True, blank=True, unique=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False, help_text=_("Grows with each change"))
    submitted_at = models.DateTimeField(_("handed in"), auto_now_add=True)
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
    reject_reason = models.CharField(_("reason"), max_length=20, choices=RejectReason.choices, blank=True)
    decision_note = models.TextField(_("note to the importer"), max_length=LONGEST_NOTE, blank=True)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True, editable=False)

    objects = BuyingRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("buying request")
        verbose_name_plural = _("buying requests")
        ordering = ["-pk"]
        permissions = [("decide_request", "Can decide about buying requests of own markets")]
        constraints = [
            *WantedGoods.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(state="rejected") | ~Q(reject_reason=""),
                name="inquiries_request_rejected_has_reason",
                violation_error_message=_("Rejecting needs a reason."),
            ),
            models.CheckConstraint(
                condition=~Q(state="closed") | ~Q(outcome=""),
                name="inquiries_request_closed_has_outcome",
                violation_error_message=_("Closing needs an outcome."),
            ),
        ]
        indexes = [
            models.Index(fields=["state", "submitted_at", "id"], name="inquiries_request_queue"),
            models.Index(fields=["importer", "-id"], name="inquiries_request_own"),
            models.Index(
                fields=["deadline"], name="inquiries_request_deadline", condition=Q(state__in=("submitted", "open"))
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def submit(self, *, by: User) -> BuyingRequest:
        """Hand in a new request; it waits for the mission. Raises Refused (deadline, blocked), ValidationError."""
        with transaction.atomic():
            self.state = RequestState.SUBMITTED
            self._refuse_blocked()
            self._refuse_deadline()
            self.full_clean()
            self.save()
            audit.record("submit", self, by=by, to_state=self.state)
            request_mails.request_submitted(self)
        return self

    def rewrite(self, content: Mapping[str, Any], *, by: User, seen_version: int) -> None:
        """Other content while it waits: names of CONTENT → values, and `picture_key` where the picture changes.

        The picture that goes is deleted with the transaction. Raises TransitionNotAllowed, RequestMoved, Refused
        (deadline), ValidationError.
        """
        with self.moving("rewrite", by=by):
            self._refuse_moved(seen_version)
            before = self.picture_key
            for name, value in content.items():
                if name in self.CONTENT or name == "picture_key":
                    setattr(self, name, value)
            self._refuse_deadline()
            self.full_clean()
            self.version += 1
            if before is not None and before != self.picture_key:
                _forget_picture(before)

    def withdraw(self, *, by: User) -> None:
        """The importer takes it back before anybody decided. Raises TransitionNotAllowed."""
        with self.moving("withdraw", by=by):
            self.ended_at = timezone.now()

    def approve(self, *, by: User, seen_version: int, note: str = "") -> None:
        """Open it: producers may be invited now, and products that may fit are looked for.

        Raises TransitionNotAllowed, RequestMoved, OwnRequest, Refused (deadline).
        """
        from inquiries.matching import propose  # it reads the models

        with self.moving("approve", by=by):
            self._refuse_moved(seen_version)
            self._decide(by, note)
            self._refuse_deadline()
            request_mails.request_approved(self)
        propose(self)

    def reject(self, *, by: User, seen_version: int, reason: str, note: str = "") -> None:
        """Do not look for it, and tell the importer why.

        Raises TransitionNotAllowed, RequestMoved, OwnRequest, Refused (reason_unknown).
        """
        with self.moving("reject", by=by, why=reason):
            self._refuse_moved(seen_version)
            if reason not in RejectReason.values:
                raise Refused(_("Rejecting needs a reason."), code="reason_unknown")
            self._decide(by, note)
            self.reject_reason, self.ended_at = reason, timezone.now()
            request_mails.request_rejected(self)

    def close(self, *, by: User, outcome: str) -> None:
        """End it, by the importer or by the staff, and say what came of it.

        Raises TransitionNotAllowed, Refused (outcome_unknown).
        """
        with self.moving("close", by=by, why=outcome):
            if outcome not in Outcome.values:
                raise Refused(_("Say what came of it."), code="outcome_unknown")
            self.outcome, self.ended_at = outcome, timezone.now()
            request_mails.request_ended(self, by=by)

    def expire(self) -> None:
        """The clock ends what is past its deadline. Raises TransitionNotAllowed, Refused (deadline_ahead)."""
        with self.moving("expire", by=None):
            if self.deadline >= timezone.now().date():
                raise Refused(_("The deadline is still ahead."), code="deadline_ahead")
            self.ended_at = timezone.now()
            request_mails.request_ended(self, by=None)

    def _decide(self, by: User, note: str) -> None:
        if self.importer.user_id == by.pk:
            raise OwnRequest(_("You cannot decide about a request of your own company."))
        self.decided_at, self.decided_by, self.decision_note = timezone.now(), by, note[:LONGEST_NOTE]

    def _refuse_blocked(self) -> None:
        """Whom staff keep from writing to producers asks nothing here either."""
        if self.importer.blocks.filter(producer__isnull=True, lifted_at__isnull=True).exists():
            raise Refused(
                _("Your company may not ask producers. Write to the mission if this is wrong."), code="blocked"
            )

    def _refuse_moved(self, seen_version: int) -> None:
        if self.version != seen_version:
            raise RequestMoved(_("The request changed since you opened it. Look at it again."))

    def _refuse_deadline(self) -> None:
        today = timezone.now().date()
        if not today <= self.deadline <= last_deadline(today):
            raise Refused(_("The deadline is a day from today to 180 days ahead."), code="deadline")


def _forget_picture(key: uuid.UUID) -> None:
    transaction.on_commit(lambda: delete_picture(key))

"""How a revision stands: its states, and why a verb refuses."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.workflow import Refused

if TYPE_CHECKING:
    from catalog.completeness import Missing


class RevisionState(models.TextChoices):
    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("submitted")
    IN_REVIEW = "in_review", _("in review")
    CHANGES_REQUESTED = "changes_requested", _("changes requested")
    APPROVED = "approved", _("approved")
    REJECTED = "rejected", _("rejected")
    WITHDRAWN = "withdrawn", _("withdrawn")


CLAIM_LASTS = datetime.timedelta(hours=2)
OPEN_STATES = ("draft", "submitted", "in_review", "changes_requested")
WAITING_STATES = ("submitted", "in_review")
EDITABLE_STATES = ("draft", "submitted", "changes_requested")


class RevisionMoved(Refused):
    """The content is no longer at the version that the person saw."""

    code = "revision_moved"


class SelfReview(Refused):
    """Nobody reviews a product of a producer that they belong to or drafted for."""

    code = "self_review"


class Incomplete(Refused):
    """Required facts are missing; `missing` names them."""

    code = "incomplete"

    def __init__(self, missing: Sequence[Missing]) -> None:
        super().__init__(_("Some required facts are missing."))
        self.missing = missing

"""How an enquiry ended, and why."""

from __future__ import annotations

from typing import Final

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from inquiries.models.enquiry_state import DeclineReason, RefusalReason

LONGEST_WHY: Final = 500


class Ending(models.Model):
    """The end of an enquiry: its time, the coded reason of the side that ended it, and a note in its own words."""

    refusal_reason = models.CharField(_("reason"), max_length=12, choices=RefusalReason.choices, blank=True)
    decline_reason = models.CharField(_("reason"), max_length=12, choices=DeclineReason.choices, blank=True)
    closing_note = models.CharField(_("note"), max_length=LONGEST_WHY, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True, editable=False)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="declined") | ~Q(decline_reason=""),
                name="%(app_label)s_%(class)s_declined_has_reason",
                violation_error_message=_("Declining needs a reason."),
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(refusal_reason=""), name="%(app_label)s_%(class)s_refused_has_reason"
            ),
        ]

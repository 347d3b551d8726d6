"""How a buying request stands: its states, the coded answers about it, and the limits of what it may say."""

from __future__ import annotations

import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class RequestState(models.TextChoices):
    SUBMITTED = "submitted", _("waiting for approval")
    OPEN = "open", pgettext_lazy("buying request", "open")
    REJECTED = "rejected", pgettext_lazy("buying request", "not approved")
    WITHDRAWN = "withdrawn", pgettext_lazy("buying request", "withdrawn")
    CLOSED = "closed", pgettext_lazy("buying request", "closed")
    EXPIRED = "expired", pgettext_lazy("buying request", "expired")


class Frequency(models.TextChoices):
    ONCE = "once", _("once")
    MONTH = "month", _("every month")
    YEAR = "year", _("every year")


class RejectReason(models.TextChoices):
    UNCLEAR = "unclear", _("it is not clear what is wanted")
    NOT_FROM_INDONESIA = "not_from_indonesia", _("Indonesia does not export this")
    NOT_ALLOWED = "not_allowed", _("the goods may not be traded")
    SMALL = "small", _("the quantity is too small to export")
    DUPLICATE = "duplicate", _("the same was asked before")
    COMPANY = "company", _("the company could not be confirmed")
    OTHER = "other", pgettext_lazy("reason", "another reason")


class Outcome(models.TextChoices):
    ORDERED = "ordered", _("ordered from an offer")
    ELSEWHERE = "elsewhere", _("quoted by somebody else")
    NOT_FOUND = "not_found", _("nothing suitable was found")
    NOT_NEEDED = "not_needed", _("no longer needed")


STAFF_STATES = tuple(state for state in RequestState if state != RequestState.WITHDRAWN)
"""What was taken back before anybody decided is nobody else's."""
LONGEST_DEADLINE = datetime.timedelta(days=180)
LONGEST_TITLE = 120
LONGEST_SPECIFICATION = 3000
LONGEST_NOTE = 500
LONGEST_PLACE = 80
MOST_CERTIFICATES = 20
MOST_OFFERS = 5
"""So many offers the importer sees at a time."""


def last_deadline(today: datetime.date) -> datetime.date:
    """The latest deadline of a request that is written today."""
    return today + LONGEST_DEADLINE

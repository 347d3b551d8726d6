"""How a listing stands: its states, why a mission declines, and the limits of what it may write."""

from __future__ import annotations

import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ListingState(models.TextChoices):
    REQUESTED = "requested", _("requested")
    LISTED = "listed", pgettext_lazy("market listing", "listed")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", _("withdrawn")
    PROPOSED = "proposed", _("proposed to the producer")


class DeclineReason(models.TextChoices):
    NO_DEMAND = "no_demand", _("no demand now")
    NOT_ALLOWED = "not_allowed", _("not allowed in this market")
    PRICE = "price", _("price not competitive")
    LABEL = "label", _("label not ready")
    CERTIFICATE = "certificate", _("certificate missing")
    CAPACITY = "capacity", _("capacity too small")
    OTHER = "other", _("other")
    PRODUCER = "producer", _("refused by the producer")


MISSIONS_REASONS = [(value, label) for value, label in DeclineReason.choices if value != DeclineReason.PRODUCER]
PRODUCERS_VERBS = ("accept", "refuse")
MOST_PROMOTED = 12
LONGEST_PROMOTION = datetime.timedelta(days=180)
LONGEST_NOTE = 500
LAST_RANK = 100_000

"""How a producer stands, what it says of its exports, and why a change of its profile is refused."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.workflow import Refused


class ProducerState(models.TextChoices):
    DRAFT = "draft", _("draft")
    LISTED = "listed", _("listed")
    SUSPENDED = "suspended", _("suspended")


class ExportExperience(models.TextChoices):
    NONE = "none", _("not yet")
    INDIRECT = "indirect", _("through a trader")
    OCCASIONAL = "occasional", _("now and then")
    REGULAR = "regular", _("regularly")


class ProducerMoved(Refused):
    """The profile is no longer at the version that the person saw."""

    code = "producer_moved"

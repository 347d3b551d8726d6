"""The embassy's desk: Django's admin as one site for all staff."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _


class DeskSite(admin.AdminSite):
    """The desk of missions and ministry."""

    site_header = _("INA Access desk")
    site_title = _("INA Access desk")
    index_title = _("What waits")

"""Importers on the staff's desk: to read."""

from __future__ import annotations

from django.contrib import admin

from accounts.staff_admin import ReadOnlyAdmin
from inquiries.models import Importer


@admin.register(Importer)
class ImporterAdmin(ReadOnlyAdmin):
    """Companies that buy."""

    list_display = ("company", "country", "user", "verified_at", "created_at")
    list_filter = ("country",)
    search_fields = ("company", "user__email", "user__name")
    list_select_related = ("user",)
    ordering = ("company", "pk")
    change_form_template = "admin/importer_record.html"

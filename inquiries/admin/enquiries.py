"""Enquiries on the staff's desk."""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest

from accounts.http import signed_in
from accounts.staff_admin import ReadOnlyAdmin
from inquiries.models import Enquiry
from inquiries.models.enquiry_words import EnquiryQuerySet
from inquiries.scope import enquiries_seen_by


@admin.register(Enquiry)
class EnquiryAdmin(ReadOnlyAdmin):
    """Enquiries from the markets of whoever looks."""

    list_display = ("number", "importer", "producer", "market", "state", "turn", "due_at", "sent_at")
    list_filter = ("state", "turn")
    list_select_related = ("importer", "producer", "market")
    ordering = ("-pk",)

    def get_queryset(self, request: HttpRequest) -> EnquiryQuerySet:
        """Those from one's own markets."""
        return enquiries_seen_by(signed_in(request.user))

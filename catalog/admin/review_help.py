"""The tables that make reviews quick: canned comments and checklists."""

from __future__ import annotations

from django.contrib import admin

from accounts.staff_admin import DeskAdmin
from catalog.forms.review_help import CannedCommentForm
from catalog.models import CannedComment, ChecklistItem
from kit.languages import CONTENT_LANGUAGES


@admin.register(CannedComment)
class CannedCommentAdmin(DeskAdmin):
    """Comments to choose; the text goes to the producer in their language."""

    form = CannedCommentForm
    list_display = ("__str__", "reason", "about", "position", "is_offered")
    list_filter = ("reason", "is_offered")
    search_fields = ("code", *(f"{part}__{language}" for part in ("name", "text") for language in CONTENT_LANGUAGES))
    ordering = ("position", "pk")


@admin.register(ChecklistItem)
class ChecklistItemAdmin(DeskAdmin):
    """Questions to the reviewer, for all products or for a category."""

    list_display = ("__str__", "category", "position", "is_asked")
    list_filter = ("is_asked", ("category", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("category",)
    search_fields = ("code", *(f"text__{language}" for language in CONTENT_LANGUAGES))
    ordering = ("position", "pk")

"""The tables that make reviews quick: canned comments and checklists."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.staff_admin import DeskAdmin
from catalog.forms.review_help import CannedCommentForm
from catalog.models import CannedComment, ChecklistItem
from catalog.wording import field_label
from kit.languages import CONTENT_LANGUAGES


@admin.register(CannedComment)
class CannedCommentAdmin(DeskAdmin):
    """Comments to choose; the text goes to the producer in their language."""

    form = CannedCommentForm
    list_display = ("__str__", "reason", "about_fields", "position", "is_offered")
    list_filter = ("reason", "is_offered")
    search_fields = ("code", *(f"{part}__{language}" for part in ("name", "text") for language in CONTENT_LANGUAGES))
    ordering = ("position", "pk")

    @admin.display(description=gettext_lazy("for these fields"))
    def about_fields(self, row: CannedComment) -> str:
        """The fields in words."""
        return ", ".join(field_label(name) for name in row.about) or _("every field")


@admin.register(ChecklistItem)
class ChecklistItemAdmin(DeskAdmin):
    """Questions to the reviewer, for all products or for a category."""

    list_display = ("__str__", "category", "position", "is_asked")
    list_filter = ("is_asked", ("category", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("category",)
    search_fields = ("code", *(f"text__{language}" for language in CONTENT_LANGUAGES))
    ordering = ("position", "pk")

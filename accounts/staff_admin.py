"""What every table of the desk has in common; the admin classes of all apps begin with one of these."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import admin
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from accounts import audit
from accounts.http import signed_in


def desk_page(request: HttpRequest, name: str, context: Mapping[str, Any], *, status: int = 200) -> TemplateResponse:
    """The page `name` in the frame of the admin."""
    frame = admin.site.each_context(request)
    return TemplateResponse(request, f"admin/{name}.html", {**frame, **context}, status=status)


class DeskAdmin(admin.ModelAdmin[Any]):
    """A table that staff with the permission edit; each change is in the audit trail too.

    An object outside the queryset is a 404 like a missing one, not a redirect that tells them apart.
    """

    show_facets = admin.ShowFacets.NEVER
    show_full_result_count = False
    list_per_page = 50

    def _get_obj_does_not_exist_redirect(self, request: HttpRequest, opts: Any, object_id: str) -> HttpResponse:
        raise Http404

    def log_addition(self, request: HttpRequest, obj: models.Model, message: Any) -> Any:
        audit.record("add", obj, by=signed_in(request.user))
        return super().log_addition(request, obj, message)

    def log_change(self, request: HttpRequest, obj: models.Model, message: Any) -> Any:
        audit.record("change", obj, by=signed_in(request.user))
        return super().log_change(request, obj, message)

    def log_deletions(self, request: HttpRequest, queryset: Any) -> Any:
        for thing in queryset:
            audit.record("delete", thing, by=signed_in(request.user))
        return super().log_deletions(request, queryset)


class KeyedAdmin(DeskAdmin):
    """A table whose key is typed once and never changed: other rows point to it."""

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [self.opts.pk.name] if obj is not None else []


class ReadOnlyAdmin(DeskAdmin):
    """Rows that nobody edits by hand: who may view them sees them, and verbs act."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

"""What every table of the desk has in common; the admin classes of all apps begin with one of these."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import ValidationError
from django.forms import BaseInlineFormSet
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from accounts.audited_admin import AuditedAdmin


def desk_page(request: HttpRequest, name: str, context: Mapping[str, Any], *, status: int = 200) -> TemplateResponse:
    """The page `name` in the frame of the admin."""
    frame = admin.site.each_context(request)
    return TemplateResponse(request, f"admin/{name}.html", {**frame, **context}, status=status)


class SafeAutocomplete(AutocompleteSelect):
    """Shows a refused form again whatever was sent in place of a key; the stock one asks the database for it."""

    def optgroups(self, name: str, value: Sequence[str], attr: Any = None) -> Any:
        return super().optgroups(name, [one for one in value if self._is_known(one)], attr)

    def _is_known(self, key: str) -> bool:
        try:
            self.choices.field.to_python(key)
        except ValidationError:
            return False
        return True


class CheckedInlineFormSet(BaseInlineFormSet[Any, Any, Any]):
    """Rows under a table. Django leaves out of its checks each constraint that names the table above; here all hold."""

    def clean(self) -> None:
        super().clean()
        for form in self.kept_forms():
            try:
                form.instance.validate_constraints()
            except ValidationError as error:
                form.add_error(None, error)

    def kept_forms(self) -> list[Any]:
        """The forms that somebody changed and that are good by themselves, without rows to be deleted."""
        return [form for form in self.forms if form.has_changed() and form.is_valid() and not self._is_deleted(form)]

    def _is_deleted(self, form: Any) -> bool:
        return self.can_delete and self._should_delete_form(form)  # type: ignore[attr-defined]


class SafeChoices(admin.options.BaseModelAdmin[Any]):
    """A table or rows under one, whose keys are looked up while they are typed."""

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **more: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            more.setdefault("widget", SafeAutocomplete(db_field, self.admin_site, using=more.get("using")))
        return super().formfield_for_foreignkey(db_field, request, **more)


class DeskAdmin(SafeChoices, AuditedAdmin):
    """A table that staff with the permission edit; each change is in the audit trail too.

    An object outside the queryset is a 404 like a missing one, not a redirect that tells them apart.
    """

    show_facets = admin.ShowFacets.NEVER
    show_full_result_count = False
    list_per_page = 50

    def _get_obj_does_not_exist_redirect(self, request: HttpRequest, opts: Any, object_id: str) -> HttpResponse:
        raise Http404


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

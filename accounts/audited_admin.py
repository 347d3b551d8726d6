"""Every change on the desk is in the audit trail, and nowhere else; "History" of an object reads it there.

Django's own LogEntry stays empty. The site (inaaccess/admin.py) gives this class to the tables of libraries, too.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any, Final, NamedTuple

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import models, transaction
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.text import smart_split
from django.utils.translation import gettext as _

from accounts import audit, verbs
from accounts.http import signed_in
from accounts.models import AuditEntry, User
from accounts.models.audit import WHOLE_TRAIL
from accounts.naming import People

PAGE: Final = 50
LONGEST_VALUE: Final = 200
MOST_LETTERS, MOST_WORDS = 200, 10  # of a search
PERSONAL_FIELDS: Final = (models.EmailField, models.GenericIPAddressField)


class Changes(NamedTuple):
    """What a form of the desk changed: `name: value` by line, before and after."""

    before: str = ""
    after: str = ""


class HistoryLine(NamedTuple):
    """One entry, as the page shows it."""

    entry: AuditEntry
    verb: str
    kind: str
    who: str
    change: str
    why: str


def lines(entries: Iterable[AuditEntry], reader: User) -> list[HistoryLine]:
    """Entries in the words of `reader`."""
    entries = list(entries)
    people = People.of(reader, entries)
    return [
        HistoryLine(
            entry,
            verbs.verb_label(entry.verb),
            verbs.kind_label(entry.object_type),
            people.who(entry),
            verbs.change_label(entry),
            verbs.why_label(entry),
        )
        for entry in entries
    ]


class AuditedAdmin(admin.ModelAdmin[Any]):
    """A table of the desk: who changed what, from which value to which, is written with the change."""

    object_history_template = "admin/history.html"

    def history_of(self, thing: Any) -> Q:
        """Which entries tell of `thing`; tables add those of what belongs to it."""
        return Q(object_type=self.opts.label_lower, object_id=str(thing.pk))

    def get_search_results(self, request: HttpRequest, queryset: QuerySet[Any], search_term: str) -> Any:
        """By the first words only: each is asked of each column, and thousands take seconds."""
        words = list(smart_split(search_term[:MOST_LETTERS]))[:MOST_WORDS]
        return super().get_search_results(request, queryset, " ".join(words))

    def construct_change_message(  # type: ignore[override]
        self, request: HttpRequest, form: Any, formsets: Any, add: bool = False
    ) -> Changes:
        before, after = [], []
        for name in form.changed_data:
            hidden = isinstance(_model_field(form, name), PERSONAL_FIELDS)
            if not add:
                before.append(f"{name}: {'*' if hidden else _told(form.initial.get(name))}")
            after.append(f"{name}: {'*' if hidden else _told(form.cleaned_data.get(name))}")
        for formset in formsets or ():
            after += [f"+ {_key(row)}" for row in formset.new_objects]
            after += [f"~ {_key(row)}: {', '.join(fields)}" for row, fields in formset.changed_objects]
            before += [f"− {formset.model._meta.model_name} {key}" for key in _deleted_keys(formset)]
        return Changes("\n".join(before), "\n".join(after))

    def log_addition(self, request: HttpRequest, obj: models.Model, message: Any) -> Any:
        self._record("add", request, obj, message)

    def log_change(self, request: HttpRequest, obj: models.Model, message: Any) -> Any:
        self._record("change", request, obj, message)

    def log_deletions(self, request: HttpRequest, queryset: Any) -> Any:
        for thing in queryset:
            self._record("delete", request, thing, None)
        return []

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        if request.method != "POST":
            return super().changelist_view(request, extra_context)
        with transaction.atomic():  # an action and its entries: both or neither
            return super().changelist_view(request, extra_context)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        thing = self.get_object(request, unquote(object_id))
        if thing is None:
            raise Http404
        if not self.has_view_or_change_permission(request, thing):
            raise PermissionDenied
        reader = signed_in(request.user)
        entries = AuditEntry.objects.visible_to(reader).filter(self.history_of(thing)).order_by("-pk")
        page = Paginator(entries, PAGE).get_page(request.GET.get("p"))
        context = {
            **self.admin_site.each_context(request),
            "title": _("History: %(object)s") % {"object": thing},
            "object": thing,
            "opts": self.opts,
            "page": page,
            "lines": lines(page.object_list, reader),
            "sees_network": reader.has_perm(WHOLE_TRAIL),
            **(extra_context or {}),
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, self.object_history_template or "admin/history.html", context)

    def _record(self, verb: str, request: HttpRequest, thing: models.Model, changes: Any) -> None:
        before, after = changes if isinstance(changes, Changes) else Changes()
        audit.record(verb, thing, by=signed_in(request.user), from_state=before, to_state=after)


def _model_field(form: Any, name: str) -> Any:
    return next((field for field in form._meta.model._meta.get_fields() if field.name == name), None)


def _deleted_keys(formset: Any) -> list[str]:
    """The keys of the rows that are gone: the objects have lost theirs by now."""
    return [str(form[formset.model._meta.pk.name].value()) for form in getattr(formset, "deleted_forms", ())]


def _key(row: models.Model) -> str:
    return f"{row._meta.model_name} {row.pk}"


def _told(value: Any) -> str:
    """A value for the trail: rows by their key, never by a name; long texts shortened."""
    if isinstance(value, models.Model):
        text = str(value.pk)
    elif isinstance(value, models.QuerySet) or (isinstance(value, Sequence) and not isinstance(value, str)):
        text = ", ".join(_told(part) for part in value)
    elif isinstance(value, dict):
        text = json.dumps(value, ensure_ascii=False, default=str, sort_keys=True)
    else:
        text = "" if value is None else str(value)
    return text if len(text) <= LONGEST_VALUE else f"{text[: LONGEST_VALUE - 1]}…"

"""The audit trail on the desk: searched by person, verb, object and period, and taken along as CSV."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple, cast

from django.apps import apps
from django.contrib import admin
from django.contrib.auth.decorators import permission_required
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict, StreamingHttpResponse
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts import audit, verbs
from accounts.audited_admin import HistoryLine, lines
from accounts.http import SignedInRequest, signed_in
from accounts.models import AuditEntry, User
from accounts.staff_admin import ReadOnlyAdmin
from kit.csv_export import csv_response

COLUMNS: Final = (
    "at", "by_id", "verb", "object_type", "object_id", "from_state", "to_state", "why", "as_superuser", "request_id",
    "address",
)  # fmt: skip
EXPORT_AT_ONCE: Final = 2000
OWN_APPS: Final = ("accounts", "exporters", "catalog", "markets", "promotion", "inquiries", "webhooks")
CHOSEN: Final = ("q", "person", "verb", "from", "until", "kind", "number", "superuser")
_SAYS_NO_NAME: Final = re.compile(r"[0-9]{1,12}|\d{4}-\d\d-\d\d|yes|" + "|".join(map(re.escape, verbs.LABELS)))


class Input(NamedTuple):
    """A field of a filter: `groups` are the options of a select, under their headings."""

    name: str
    label: Any
    kind: str = "search"
    groups: Sequence[tuple[str, Sequence[tuple[str, str]]]] = ()


class TypedFilter(admin.SimpleListFilter):
    """A filter with fields of its own in the one form above the list (templates/admin/audit_trail.html)."""

    inputs: tuple[Input, ...] = ()

    def __init__(self, request: HttpRequest, params: Any, model: Any, model_admin: Any) -> None:
        self.typed = {field.name: self._take(params, field.name) for field in self.inputs}
        self.parameter_name = self.inputs[0].name
        super().__init__(request, params, model, model_admin)

    @staticmethod
    def _take(params: Any, name: str) -> str:
        given = params.pop(name, "")
        return str(given[-1] if isinstance(given, list) else given).strip()

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return []

    def has_output(self) -> bool:
        return True

    def expected_parameters(self) -> list[str | None]:
        return [*self.typed]

    def fields(self) -> list[tuple[Input, str]]:
        """Each field with what was typed into it."""
        return [(field, self.typed[field.name]) for field in self.inputs]


class PersonFilter(TypedFilter):
    """Who acted, or whose account was acted upon: by number, e-mail or name."""

    title = _("person")
    inputs = (Input("person", _("Person: e-mail, name or number")),)

    def queryset(self, request: HttpRequest, queryset: QuerySet[AuditEntry]) -> QuerySet[AuditEntry]:
        typed = self.typed["person"]
        if not typed:
            return queryset
        named = Q(pk=int(typed)) if typed.isdecimal() and len(typed) < 12 else Q()
        named = named or Q(email__iexact=typed) | Q(name__icontains=typed)
        people = list(User.objects.filter(named).order_by("pk").values_list("pk", flat=True)[:100])
        upon = Q(object_type="accounts.user", object_id__in=[str(pk) for pk in people])
        return queryset.filter(Q(by__in=people) | upon)


class ObjectFilter(TypedFilter):
    """What was acted upon: kind (`app.model`, or its end) and number."""

    title = _("object")
    inputs = (Input("kind", _("Kind"), "select"), Input("number", _("Number of the object")))

    def fields(self) -> list[tuple[Input, str]]:
        kind, number = self.inputs
        return [(kind._replace(groups=_kinds()), self.typed["kind"]), (number, self.typed["number"])]

    def queryset(self, request: HttpRequest, queryset: QuerySet[AuditEntry]) -> QuerySet[AuditEntry]:
        if self.typed["kind"]:
            queryset = queryset.filter(object_type__iendswith=self.typed["kind"])
        if self.typed["number"]:
            queryset = queryset.filter(object_id=self.typed["number"])
        return queryset


class PeriodFilter(TypedFilter):
    """When: days of the reader's zone, both included. What is no day is ignored."""

    title = _("period")
    inputs = (Input("from", _("From"), "date"), Input("until", _("Until"), "date"))

    def queryset(self, request: HttpRequest, queryset: QuerySet[AuditEntry]) -> QuerySet[AuditEntry]:
        first, last = _day(self.typed["from"]), _day(self.typed["until"])
        if first is not None:
            queryset = queryset.filter(at__gte=_start_of(first))
        if last is not None and last < datetime.date.max:
            queryset = queryset.filter(at__lt=_start_of(last + datetime.timedelta(days=1)))
        return queryset


class VerbFilter(TypedFilter):
    """What was done: one verb, chosen from the groups of accounts/verbs.py."""

    title = _("verb")
    inputs = (Input("verb", _("What was done"), "select"),)

    def fields(self) -> list[tuple[Input, str]]:
        groups = [(str(title), _by_label(labels)) for title, labels in verbs.GROUPS]
        return [(self.inputs[0]._replace(groups=groups), self.typed["verb"])]

    def queryset(self, request: HttpRequest, queryset: QuerySet[AuditEntry]) -> QuerySet[AuditEntry]:
        return queryset.filter(verb=self.typed["verb"]) if self.typed["verb"] else queryset


class SuperuserFilter(TypedFilter):
    """Only what a superuser did, or all."""

    title = _("as superuser")
    inputs = (Input("superuser", _("By whom"), "select"),)

    def fields(self) -> list[tuple[Input, str]]:
        groups = [("", [("yes", gettext("only as superuser"))])]
        return [(self.inputs[0]._replace(groups=groups), self.typed["superuser"])]

    def queryset(self, request: HttpRequest, queryset: QuerySet[AuditEntry]) -> QuerySet[AuditEntry]:
        return queryset.filter(as_superuser=True) if self.typed["superuser"] == "yes" else queryset


class TrailRow(NamedTuple):
    """An entry as the list shows it; `address` is that of the object's history, where it has one."""

    line: HistoryLine
    address: str


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnlyAdmin):
    """Who did what, newest first."""

    change_list_template = "admin/audit_trail.html"
    list_display = ("at",)  # the rows are those of `trail_rows`
    list_filter = (PersonFilter, VerbFilter, PeriodFilter, ObjectFilter, SuperuserFilter)
    search_fields = ("=object_id", "=request_id", "why", "to_state")
    ordering = ("-pk",)
    sortable_by = ()

    def get_queryset(self, request: HttpRequest) -> QuerySet[AuditEntry]:
        return AuditEntry.objects.visible_to(request.user)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        query = request.GET.urlencode()
        address = reverse("admin:audit_csv") + (f"?{query}" if query else "")
        own = {"title": _("Audit trail"), "csv_address": address}
        response = super().changelist_view(request, {**(extra_context or {}), **own})
        if isinstance(response, TemplateResponse) and (listed := (response.context_data or {}).get("cl")):
            rows = trail_rows(listed.result_list, signed_in(request.user))
            fields = [field for spec in listed.filter_specs for field in spec.fields()]
            response.context_data = {**(response.context_data or {}), "rows": rows, "fields": fields}
        return response


def trail_rows(entries: Iterable[AuditEntry], reader: User) -> list[TrailRow]:
    """The entries in words, each with the address of its object's history."""
    return [TrailRow(line, _history_of(line.entry)) for line in lines(entries, reader)]


def _history_of(entry: AuditEntry) -> str:
    try:
        return reverse(f"admin:{entry.object_type.replace('.', '_')}_history", args=[entry.object_id])
    except NoReverseMatch:
        return ""


@require_safe
@permission_required("accounts.view_auditentry", raise_exception=True)
def audit_csv(request: SignedInRequest) -> StreamingHttpResponse:
    """The entries that the filters leave, as a table. People stand in it by number: a file outlives an erasure."""
    desk = cast(AuditEntryAdmin, admin.site.get_model_admin(AuditEntry))
    entries = desk.get_changelist_instance(request).get_queryset(request).values_list(*COLUMNS)
    audit.record("export", request.user, by=request.user, to_state=f"audit trail: {_filters_told(request.GET)}")
    return csv_response(f"audit-{timezone.now():%Y-%m-%d}", COLUMNS, entries.iterator(EXPORT_AT_ONCE))


def _filters_told(query: QueryDict) -> str:
    """The filters of a download for the trail. What may name somebody, or be typed at will, stays out of it."""
    chosen = [(name, str(query[name])) for name in CHOSEN if query.get(name)]
    kinds = {kind for _title, options in _kinds() for kind, _label in options}
    told = ((name, value if value in kinds or _SAYS_NO_NAME.fullmatch(value) else "*") for name, value in chosen)
    return "&".join(f"{name}={value}" for name, value in told)


def _kinds() -> list[tuple[str, list[tuple[str, str]]]]:
    """The tables by app, to choose one."""
    apps_of_site = [app for app in apps.get_app_configs() if app.name in OWN_APPS]
    return [
        (
            str(app.verbose_name),
            _by_label({model._meta.label_lower: model._meta.verbose_name for model in app.get_models()}),
        )
        for app in apps_of_site
    ]


def _by_label(labels: Mapping[str, object]) -> list[tuple[str, str]]:
    """(verb, words), in the order of the words."""
    return sorted(((verb, str(label)) for verb, label in labels.items()), key=lambda pair: pair[1].lower())


def _day(typed: str) -> datetime.date | None:
    try:
        return parse_date(typed)
    except ValueError:
        return None


def _start_of(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time.min))


PAGES: tuple[tuple[str, Callable[..., HttpResponseBase]], ...] = (("audit.csv", audit_csv),)

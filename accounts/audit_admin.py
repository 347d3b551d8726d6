"""The audit trail on the desk: searched by person, verb, object and period, and taken along as CSV."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from typing import Any, Final, cast

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.contrib.auth.decorators import permission_required
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts import audit, verbs
from accounts.http import SignedInRequest
from accounts.models import AuditEntry, User
from accounts.staff_admin import ReadOnlyAdmin
from kit.csv_export import csv_response

COLUMNS: Final = (
    "at", "by_id", "verb", "object_type", "object_id", "from_state", "to_state", "why", "as_superuser", "request_id",
    "address",
)  # fmt: skip
EXPORT_AT_ONCE: Final = 2000


class TypedFilter(admin.SimpleListFilter):
    """A filter that is typed, not chosen; its fields are `inputs`: (name, label, type)."""

    template = "admin/typed_filter.html"
    inputs: tuple[tuple[str, Any, str], ...] = ()

    def __init__(self, request: HttpRequest, params: Any, model: Any, model_admin: Any) -> None:
        self.typed = {name: self._take(params, name) for name, _label, _type in self.inputs}
        self.parameter_name = self.inputs[0][0]
        super().__init__(request, params, model, model_admin)
        self.kept = [(name, value) for name, value in request.GET.items() if name not in self.typed and name != "p"]

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

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        fields = [(name, label, kind, self.typed[name]) for name, label, kind in self.inputs]
        yield {"fields": fields, "kept": self.kept, "is_used": any(self.typed.values())}


class PersonFilter(TypedFilter):
    """Who acted, or whose account was acted upon: by number, e-mail or name."""

    title = _("person")
    inputs = (("person", _("E-mail, name or number"), "search"),)

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
    """What was acted upon: kind (`app.model`) and number."""

    title = _("object")
    inputs = (("kind", _("Kind, e.g. catalog.product"), "search"), ("number", _("Number"), "search"))

    def queryset(self, request: HttpRequest, queryset: QuerySet[AuditEntry]) -> QuerySet[AuditEntry]:
        if self.typed["kind"]:
            queryset = queryset.filter(object_type__iendswith=self.typed["kind"])
        if self.typed["number"]:
            queryset = queryset.filter(object_id=self.typed["number"])
        return queryset


class PeriodFilter(TypedFilter):
    """When: days of the reader's zone, both included. What is no day is ignored."""

    title = _("period")
    inputs = (("from", _("From"), "date"), ("until", _("Until"), "date"))

    def queryset(self, request: HttpRequest, queryset: QuerySet[AuditEntry]) -> QuerySet[AuditEntry]:
        first, last = _day(self.typed["from"]), _day(self.typed["until"])
        if first is not None:
            queryset = queryset.filter(at__gte=_start_of(first))
        if last is not None and last < datetime.date.max:
            queryset = queryset.filter(at__lt=_start_of(last + datetime.timedelta(days=1)))
        return queryset


class VerbFilter(admin.SimpleListFilter):
    """What was done."""

    title = _("verb")
    parameter_name = "verb"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return sorted(((verb, str(label)) for verb, label in verbs.LABELS.items()), key=lambda pair: pair[1].lower())

    def queryset(self, request: HttpRequest, queryset: QuerySet[AuditEntry]) -> QuerySet[AuditEntry]:
        return queryset.filter(verb=self.value()) if self.value() else queryset


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnlyAdmin):
    """Who did what, newest first."""

    change_list_template = "admin/audit_trail.html"
    list_display = ("at", "person", "what", "thing", "change", "why", "as_superuser", "address")
    list_display_links = ("at",)
    list_filter = (PersonFilter, PeriodFilter, ObjectFilter, "as_superuser", VerbFilter)
    search_fields = ("=object_id", "=request_id", "why", "to_state")
    list_select_related = ("by",)
    ordering = ("-pk",)
    sortable_by = ()

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        query = request.GET.urlencode()
        address = reverse("admin:audit_csv") + (f"?{query}" if query else "")
        return super().changelist_view(request, {**(extra_context or {}), "csv_address": address})

    @admin.display(description=_("by"))
    def person(self, entry: AuditEntry) -> str:
        """Who acted, with a link to all that they did."""
        name = str(entry.by or verbs.who(entry, AnonymousUser()))
        return format_html('<a href="?person={}">{}</a>', entry.by_id, name) if entry.by_id else name

    @admin.display(description=_("verb"))
    def what(self, entry: AuditEntry) -> str:
        """The verb in words."""
        return verbs.verb_label(entry.verb)

    @admin.display(description=_("object"))
    def thing(self, entry: AuditEntry) -> str:
        """Kind and number, with a link to its page on the desk where it has one."""
        label = f"{verbs.kind_label(entry.object_type)} {entry.object_id}"
        try:
            address = reverse(f"admin:{entry.object_type.replace('.', '_')}_history", args=[entry.object_id])
        except NoReverseMatch:
            return label
        return format_html('<a href="{}">{}</a>', address, label)

    @admin.display(description=_("from → to"))
    def change(self, entry: AuditEntry) -> str:
        """State or values before and after."""
        if not (entry.from_state or entry.to_state):
            return ""
        return format_html('<span class="lines">{} → {}</span>', entry.from_state or "–", entry.to_state or "–")


@require_safe
@permission_required("accounts.view_auditentry", raise_exception=True)
def audit_csv(request: SignedInRequest) -> StreamingHttpResponse:
    """The entries that the filters leave, as a table. People stand in it by number: a file outlives an erasure."""
    desk = cast(AuditEntryAdmin, admin.site.get_model_admin(AuditEntry))
    entries = desk.get_changelist_instance(request).get_queryset(request).values_list(*COLUMNS)
    audit.record("export", request.user, by=request.user, to_state=f"audit trail: {request.GET.urlencode()}"[:500])
    return csv_response(f"audit-{timezone.now():%Y-%m-%d}", COLUMNS, entries.iterator(EXPORT_AT_ONCE))


def _day(typed: str) -> datetime.date | None:
    try:
        return parse_date(typed)
    except ValueError:
        return None


def _start_of(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time.min))


PAGES: tuple[tuple[str, Callable[..., HttpResponseBase]], ...] = (("audit.csv", audit_csv),)

"""Importers on the staff's desk: to find, to look up and to mark as verified."""

from __future__ import annotations

from typing import Final

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.decorators import permission_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from accounts import audit
from accounts.http import SignedInRequest
from accounts.models import AuditEntry, User
from accounts.models.audit import among
from accounts.naming import People
from accounts.verbs import verb_label
from accounts.workflow import Refused
from inquiries.conflicts import in_words
from inquiries.forms.importers import OF_COMPANY, UnverifyForm, VerifyForm
from inquiries.models import Importer
from inquiries.models.importer_words import ImporterQuerySet
from inquiries.scope import importers_seen_by
from inquiries.tax_numbers import doubt_about
from kit.countries import country_choices
from kit.keyset import Keyset
from kit.text import clean_text
from markets.admin.page import desk_page, page_links, page_of
from markets.admin.records import ObjectButton, RecordAdmin

POWER: Final = "inquiries.verify_importer"
NEWEST_FIRST: Final = Keyset("importers", [("pk", "desc")])
HISTORY: Final = 20
VIEWS: Final = {
    "unverified": gettext_lazy("Not verified"),
    "verified": gettext_lazy("Verified"),
    "all": gettext_lazy("All"),
}


@admin.register(Importer)
class ImporterAdmin(RecordAdmin):
    """Companies that buy."""

    list_display = ("company", "country", "user", "verified_at", "verified_mission", "created_at")
    list_filter = ("country",)
    search_fields = ("company", "tax_number", "user__email", "user__name")
    list_select_related = ("user", "verified_mission")
    ordering = ("company", "pk")

    def get_queryset(self, request: HttpRequest) -> ImporterQuerySet:
        return importers_seen_by(request.user)

    def buttons(self, request: HttpRequest, row: Importer) -> list[ObjectButton]:
        return [ObjectButton(_("Open the company"), reverse("admin:importer_record", args=[row.pk]))]


@require_safe
@permission_required(POWER, raise_exception=True)
def importer_list(request: SignedInRequest) -> HttpResponse:
    """Importers of one's markets, the newest first; those whom nobody looked up yet before the others."""
    view = request.GET.get("view", "unverified") if request.GET.get("view") in VIEWS else "unverified"
    text, scoped = clean_text(request.GET.get("q", ""))[:80], importers_seen_by(request.user)
    countries = country_choices(sorted(scoped.order_by().values_list("country", flat=True).distinct()))
    country = request.GET.get("country", "") if request.GET.get("country") in dict(countries) else ""
    rows = _searched(_viewed(scoped, view), text, country)
    page = page_of(request, NEWEST_FIRST, rows.select_related("user", "verified_mission"))
    context = {
        "title": _("Importers"),
        "view": view,
        "q": text,
        "country": country,
        "countries": countries,
        "rows": [(row, in_words("country", row.country), in_words("buys_categories", row.buys_categories))
                 for row in page.items],
        "total": rows.count(),
        "tabs": [(label, f"?view={name}", name == view) for name, label in VIEWS.items()],
        **page_links(request, page),
    }  # fmt: skip
    return desk_page(request, "importer_list", context)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(POWER, raise_exception=True)
def importer_record(request: SignedInRequest, pk: int) -> HttpResponse:
    """What an importer says about their company, and whether staff looked it up; who reads it is written down."""
    importer = _get(request.user, pk)
    if request.method != "POST":
        audit.record("read", importer, by=request.user)
        return _record(request, importer)
    form = (UnverifyForm if request.POST.get("do") == "unverify" else VerifyForm)(request.POST)
    if not form.is_valid():
        return _record(request, importer, form, status=422)
    try:
        _act(importer, form, by=request.user)
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return _record(request, _get(request.user, pk), form, status=409)
    done = _("“%(company)s” is verified.") if importer.is_verified else _("“%(company)s” is not verified any more.")
    messages.success(request, done % {"company": importer})
    return redirect("admin:importer_record", pk)


def _act(importer: Importer, form: forms.Form, *, by: User) -> None:
    """The verb that the form is about."""
    if isinstance(form, UnverifyForm):
        importer.unverify(by=by, **form.cleaned_data)
    else:
        importer.verify(by=by, **form.cleaned_data)


def _get(user: User, pk: int) -> Importer:
    rows = importers_seen_by(user).select_related("user", "verified_mission")
    return get_object_or_404(rows, pk=pk)


def _viewed(rows: ImporterQuerySet, view: str) -> ImporterQuerySet:
    return rows if view == "all" else rows.verified() if view == "verified" else rows.unverified()


def _searched(rows: ImporterQuerySet, text: str, country: str) -> ImporterQuerySet:
    if text:
        rows = rows.filter(Q(company__icontains=text) | Q(tax_number__icontains=text) | Q(website__icontains=text))
    return rows.filter(country=country) if country else rows


def _record(
    request: SignedInRequest, importer: Importer, tried: forms.Form | None = None, *, status: int = 200
) -> HttpResponse:
    context = {
        "title": importer.company,
        "importer": importer,
        "facts": [(Importer._meta.get_field(name).verbose_name, in_words(name, getattr(importer, name)))  # type: ignore[union-attr]
                  for name in OF_COMPANY],
        "doubt": doubt_about(importer.country, importer.tax_number),
        "tried": tried,
        "form": _form_now(importer, tried),
        "history": _history(importer, request.user),
        "people": People.read(request.user, [importer.verified_by_id]),
    }  # fmt: skip
    return desk_page(request, "importer_record", context, status=status)


def _form_now(importer: Importer, tried: forms.Form | None) -> forms.Form:
    """What can be decided now, with what was typed where it still fits."""
    if importer.is_verified:
        return tried if isinstance(tried, UnverifyForm) else UnverifyForm()
    if isinstance(tried, VerifyForm):
        tried.see(importer.version)
        return tried
    return VerifyForm(initial={"seen_version": importer.version})


def _history(importer: Importer, reader: User) -> list[tuple[str, str]]:
    """What was done with it, newest first: (what, when and by whom). Looks are in the audit trail only."""
    about = among(Importer.objects.filter(pk=importer.pk))
    told = list(AuditEntry.objects.filter(about).exclude(verb="read").order_by("-pk")[:HISTORY])
    people = People.of(reader, told)
    return [
        (_told(entry), f"{date_format(localtime(entry.at), 'DATETIME_FORMAT')}, {people.who(entry)}") for entry in told
    ]


def _told(entry: AuditEntry) -> str:
    verb = verb_label(entry.verb)
    return f"{verb}: {entry.why}" if entry.why else verb

"""Markets and missions, kept by the ministry; mission staff read them."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db import models
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

from accounts.staff_admin import CheckedInlineFormSet, DeskAdmin, KeyedAdmin, SafeChoices
from markets.models import Accreditation, Market, Mission, MissionStaff

SHORT_TEXTS: dict[Any, Any] = {models.TextField: {"widget": AdminTextareaWidget(attrs={"rows": 2, "cols": 24})}}


class AccreditationFormSet(CheckedInlineFormSet):
    """No market twice without an end: not in the table, and not in what is sent at once."""

    def clean(self) -> None:
        super().clean()
        covered: set[str] = set()
        for form in self.kept_forms():
            row = form.instance
            if row.until is None and row.market_id in covered:
                form.add_error("market", _("This mission already covers this market."))
            covered |= {row.market_id} if row.until is None else set()


class AccreditationInline(admin.StackedInline[Any, Any]):
    """The markets that a mission covers."""

    model = Accreditation
    formset = AccreditationFormSet
    extra = 0
    formfield_overrides = SHORT_TEXTS
    fields = (("market", "is_resident"), ("since", "until"), "verified_as_of", "source")


class MissionStaffInline(SafeChoices, admin.StackedInline[Any, Any]):
    """The people of a mission."""

    model = MissionStaff
    formset = CheckedInlineFormSet
    extra = 0
    autocomplete_fields = ("user",)


@admin.register(Market)
class MarketAdmin(KeyedAdmin):
    """The countries to sell in."""

    list_display = ("iso2", "__str__", "subregion", "currency", "priority", "agreement_status", "checked_on")
    list_filter = ("subregion", "priority", "agreement_status")
    search_fields = ("iso2", "name__en", "name__id", "name__es", "name__pt")
    ordering = ("priority", "iso2")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [*super().get_readonly_fields(request, obj), *(["covered_by"] if obj is not None else [])]

    @admin.display(description=_("missions, today and before"))
    def covered_by(self, market: Market) -> str:
        """The missions that cover the market and those that did, with their days; changed on the mission's page."""
        rows = market.accreditations.select_related("mission").order_by("-until", "-is_resident", "mission")
        told = ((row.mission, row.since or "…", row.until or "…") for row in rows)
        return format_html_join("", "<p>{}: {} – {}</p>", told) or "–"


@admin.register(Mission)
class MissionAdmin(DeskAdmin):
    """Embassies, consulates and trade centres with what they cover and who works there."""

    list_display = ("code", "__str__", "type", "city", "country", "is_verified")
    list_filter = ("type", "is_verified")
    search_fields = ("code", "city", "country")
    ordering = ("code",)
    inlines = (AccreditationInline, MissionStaffInline)

"""Markets and missions, kept by the ministry; mission staff read them."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.staff_admin import DeskAdmin, KeyedAdmin
from markets.models import Accreditation, Market, Mission, MissionStaff

SHORT_TEXTS: dict[Any, Any] = {models.TextField: {"widget": AdminTextareaWidget(attrs={"rows": 2, "cols": 24})}}


class AccreditationInline(admin.StackedInline[Any, Any]):
    """The markets that a mission covers."""

    model = Accreditation
    extra = 0
    formfield_overrides = SHORT_TEXTS
    fields = (("market", "is_resident"), ("since", "until"), "verified_as_of", "source")


class CoveredByInline(admin.TabularInline[Any, Any]):
    """The missions that cover a market and those that did; they are changed on the mission's page."""

    model = Accreditation
    extra = 0
    can_delete = False
    verbose_name_plural = _("missions, today and before")
    fields = readonly_fields = ("mission", "is_resident", "since", "until", "verified_as_of")
    ordering = ("-until", "-is_resident", "mission")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Accreditation]:
        return super().get_queryset(request).select_related("mission")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True  # whoever sees the market

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class MissionStaffInline(admin.StackedInline[Any, Any]):
    """The people of a mission."""

    model = MissionStaff
    extra = 0
    autocomplete_fields = ("user",)


@admin.register(Market)
class MarketAdmin(KeyedAdmin):
    """The countries to sell in."""

    list_display = ("iso2", "__str__", "subregion", "currency", "priority", "agreement_status", "checked_on")
    list_filter = ("subregion", "priority", "agreement_status")
    search_fields = ("iso2", "name__en", "name__id", "name__es", "name__pt")
    ordering = ("priority", "iso2")
    inlines = (CoveredByInline,)


@admin.register(Mission)
class MissionAdmin(DeskAdmin):
    """Embassies, consulates and trade centres with what they cover and who works there."""

    list_display = ("code", "__str__", "type", "city", "country", "is_verified")
    list_filter = ("type", "is_verified")
    search_fields = ("code", "city", "country")
    ordering = ("code",)
    inlines = (AccreditationInline, MissionStaffInline)

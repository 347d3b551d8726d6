"""The reference tables of the trade."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.staff_admin import DeskAdmin, KeyedAdmin, ReadOnlyAdmin
from catalog.forms.reference import AttributeFieldForm
from catalog.models import (
    AttributeField,
    AttributeTemplate,
    Category,
    CertificateException,
    CertificateRequirement,
    Container,
    ExchangeRate,
    ExportFigure,
    HSCode,
    Incoterm,
    Photo,
    Unit,
)
from catalog.showing_facts import hs_named
from kit.languages import CONTENT_LANGUAGES

NAMES = [f"name__{language}" for language in CONTENT_LANGUAGES]


class AttributeFieldInline(admin.StackedInline[Any, Any]):
    """The facts that a template asks for, in order."""

    model = AttributeField
    form = AttributeFieldForm
    extra = 0
    fields = (("key", "kind", "unit", "position", "required"), "label", "hint", "choices")


@admin.register(AttributeTemplate)
class AttributeTemplateAdmin(KeyedAdmin):
    """What products of a kind state, with every field on the same page."""

    list_display = ("slug", "__str__")
    search_fields = ("slug", *NAMES)
    ordering = ("slug",)
    inlines = (AttributeFieldInline,)


@admin.register(Category)
class CategoryAdmin(DeskAdmin):
    """The shelves of the catalogue, on two levels."""

    list_display = ("__str__", "slug", "parent", "template", "position", "may_be_promoted")
    list_filter = ("may_be_promoted", ("parent", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("parent", "template")
    search_fields = ("slug", *NAMES)
    ordering = ("position", "slug")


@admin.register(CertificateRequirement)
class CertificateRequirementAdmin(DeskAdmin):
    """Which certificates a category requires before a product is approved; the rule's source and date with it."""

    list_display = ("category", "needs", "code", "source", "checked_on")
    list_filter = (("category", admin.RelatedOnlyFieldListFilter),)
    list_select_related = ("category",)
    search_fields = ("code", "source")
    filter_horizontal = ("types",)
    ordering = ("category__position", "code")

    def get_queryset(self, request: HttpRequest) -> QuerySet[CertificateRequirement]:
        return super().get_queryset(request).prefetch_related("types")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["code"] if obj is not None else []

    @admin.display(description=_("one of"))
    def needs(self, requirement: CertificateRequirement) -> str:
        """The certificates of which one is enough."""
        return ", ".join(str(one) for one in requirement.types.all())


@admin.register(CertificateException)
class CertificateExceptionAdmin(ReadOnlyAdmin):
    """What was approved without required certificates, by whom and why."""

    list_display = ("revision", "required", "why", "by", "at")
    list_select_related = ("revision", "by")
    search_fields = ("why",)
    ordering = ("-pk",)

    @admin.display(description=_("required"))
    def required(self, exception: CertificateException) -> str:
        """The certificates that were missing."""
        return ", ".join(exception.lacking)


@admin.register(Unit)
class UnitAdmin(KeyedAdmin):
    """Units of UN/ECE Recommendations 20 and 21."""

    list_display = ("code", "symbol", "__str__", "kind")
    list_filter = ("kind",)
    search_fields = ("code", "symbol", *NAMES)
    ordering = ("kind", "code")


@admin.register(Container)
class ContainerAdmin(KeyedAdmin):
    """Planning figures of sea containers."""

    list_display = ("code", "name", "usable_cbm", "max_payload_kg")
    search_fields = ("code", "name")
    ordering = ("position", "code")


@admin.register(ExchangeRate)
class ExchangeRateAdmin(DeskAdmin):
    """Rates to the US dollar, each with its day and source."""

    list_display = ("currency", "day", "usd", "source", "is_demo")
    list_filter = ("currency", "is_demo")
    search_fields = ("currency", "source")
    date_hierarchy = "day"
    ordering = ("-day", "currency")


@admin.register(ExportFigure)
class ExportFigureAdmin(DeskAdmin):
    """Export values with the exact text that was published."""

    list_display = ("place", "year", "name_en", "value_as_published", "source")
    list_filter = ("place", "year")
    list_select_related = ("commodity",)
    search_fields = ("place", "name_id", "name_en")
    autocomplete_fields = ("commodity",)
    ordering = ("place", "year", "pk")


@admin.register(HSCode)
class HSCodeAdmin(ReadOnlyAdmin):
    """The Harmonized System 2022; nobody edits it."""

    list_display = ("named", "level")
    list_filter = ("level",)
    search_fields = ("code", "name")
    ordering = ("code",)

    @admin.display(description=_("HS code"), ordering="code")
    def named(self, row: HSCode) -> str:
        return hs_named(row)


@admin.register(Incoterm)
class IncotermAdmin(ReadOnlyAdmin):
    """The rules of Incoterms 2020."""

    list_display = ("code", "name", "sea_only", "place_kind")
    search_fields = ("code", "name")
    ordering = ("position", "code")


@admin.register(Photo)
class PhotoAdmin(ReadOnlyAdmin):
    """Images as they were stored."""

    list_display = ("key", "producer", "width", "height", "uploaded_at")
    list_select_related = ("producer",)
    search_fields = ("=key", "producer__trade_name")
    ordering = ("-pk",)

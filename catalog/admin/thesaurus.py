"""The trade thesaurus: concepts with their words in four languages, and making two concepts one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts.http import SignedInRequest, signed_in
from accounts.staff_admin import DeskAdmin, desk_page
from catalog.admin.tables import NAMES
from catalog.forms.reference import CommodityForm
from catalog.models import Commodity, Product
from catalog.showing_facts import hs_named
from catalog.thesaurus import merge

MERGING = ("catalog.change_commodity", "catalog.delete_commodity")


@admin.register(Commodity)
class CommodityAdmin(DeskAdmin):
    """Concepts; a new word counts in searches at once."""

    form = CommodityForm
    change_form_template = "admin/commodity.html"
    list_display = ("__str__", "slug", "hs_code", "category")
    list_filter = (("category__parent", admin.RelatedOnlyFieldListFilter),)
    list_select_related = ("hs6", "category")
    search_fields = ("slug", "hs6__code", "terms__plain", *NAMES)
    autocomplete_fields = ("hs6", "category")
    ordering = ("slug",)

    @admin.display(description=gettext_lazy("HS code"), ordering="hs6")
    def hs_code(self, row: Commodity) -> str:
        return hs_named(row.hs6)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        may_merge = signed_in(request.user).has_perms(MERGING)
        address = reverse("admin:commodity_merge", args=[object_id]) if may_merge and object_id.isdigit() else ""
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), "merge_url": address})


class ConceptField(forms.ModelChoiceField[Commodity]):
    """A concept by its name and code."""

    def label_from_instance(self, obj: Commodity) -> str:
        return f"{obj} ({obj.slug})"


class IntoForm(forms.Form):
    """The concept that stays."""

    into = ConceptField(Commodity.objects.order_by("slug"), label=gettext_lazy("Merge into"))


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(MERGING, raise_exception=True)
def commodity_merge(request: SignedInRequest, pk: int) -> HttpResponse:
    """Make a concept a part of another; its words and products go there."""
    gone = get_object_or_404(Commodity, pk=pk)
    form = IntoForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        kept = merge(gone, into=form.cleaned_data["into"], by=request.user)
        messages.success(request, _("“%(gone)s” is now a part of “%(kept)s”.") % {"gone": gone, "kept": kept})
        return redirect("admin:catalog_commodity_change", kept.pk)
    context = {
        "title": _("Merge “%(name)s” into another concept") % {"name": gone},
        "commodity": gone,
        "form": form,
        "count": Product.objects.filter(commodity=gone).count(),
    }
    return desk_page(request, "commodity_merge", context, status=422 if form.is_bound else 200)

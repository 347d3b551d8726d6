"""Suggestions while typing, for the script of search boxes and forms; all of them work without."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from catalog.commodities import FoundCommodity, find_commodities, find_hs_codes
from catalog.suggestions import suggest


@login_not_required
@require_safe
@cache_control(public=True, max_age=10)
def search_suggest(request: HttpRequest) -> JsonResponse:
    """What the words `q` of a visitor may mean: products, commodities, producers, categories, each with its address."""
    found = suggest(request.GET.get("q", ""))
    results = [{"label": one.label, "note": one.note, "lang": one.lang, "url": one.url} for one in found]
    return JsonResponse({"results": results})


@login_not_required
@require_safe
def commodity_suggest(request: HttpRequest) -> JsonResponse:
    """Commodities for `q`, in any of the four languages or by HS digits."""
    found = find_commodities(request.GET.get("q", ""))
    return JsonResponse({"results": [_commodity(one) for one in found]})


@login_not_required
@require_safe
def hs_suggest(request: HttpRequest) -> JsonResponse:
    """Subheadings of HS 2022 for `q`: digits or words."""
    found = find_hs_codes(request.GET.get("q", ""))
    results = [{"value": code.code, "label": code.dotted, "note": code.name, "note_lang": "en"} for code in found]
    return JsonResponse({"results": results})


def _commodity(found: FoundCommodity) -> dict[str, object]:
    commodity = found.commodity
    where = f"HS {commodity.hs6.dotted} · {commodity.category}"
    note = _("%(where)s · also called “%(synonym)s”") % {"where": where, "synonym": found.synonym}
    return {"value": commodity.pk, "label": str(commodity), "note": note if found.synonym else where}

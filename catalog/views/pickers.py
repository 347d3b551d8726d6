"""Suggestions while typing, for the form's script; the form works without them."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalog.commodities import FoundCommodity, find_commodities, find_hs_codes


@require_safe
def commodity_suggest(request: HttpRequest) -> JsonResponse:
    """Commodities for `q`, in any of the four languages or by HS digits."""
    found = find_commodities(request.GET.get("q", ""))
    return JsonResponse({"results": [_commodity(one) for one in found]})


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

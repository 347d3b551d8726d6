"""Why a search answers as it does, for staff."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.staff_admin import desk_page
from catalog.admin.unmet import search_tabs
from catalog.explaining import explain
from catalog.filters import read
from catalog.search import TooSlow
from kit.text import clean_name


@require_safe
def search_explain(request: HttpRequest) -> HttpResponse:
    """Any query with the filters of the product list; `product` names one by its address, wherever it stands."""
    wanted, slug = read(request.GET), clean_name(request.GET.get("product", ""))[:80]
    slug = slug.rstrip("/").rpartition("/")[2]
    is_slow = False
    try:
        explanation = explain(wanted.query, wanted.filters, slug) if wanted.query else None
    except TooSlow:
        explanation, is_slow = None, True
    context = {
        "title": _("Search explained"),
        "tabs": search_tabs(request),
        "query": wanted.query,
        "slug": slug,
        "explanation": explanation,
        "is_slow": is_slow,
    }
    return desk_page(request, "search_explain", context)

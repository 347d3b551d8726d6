"""Where an importer lands: what they asked for, what they saved, what their company still lacks."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.http import SignedInRequest
from catalog.list_page import in_words
from exporters.models import Producer
from inquiries.access import importer_of
from inquiries.completeness import completeness_of
from inquiries.models import SavedProduct, SavedSearch
from inquiries.saved_rows import saved_rows

PRODUCTS_SHOWN = 4
SEARCHES_SHOWN = 6


@never_cache
@require_safe
def importer_home(request: SignedInRequest) -> HttpResponse:
    """The importer's desk."""
    importer = importer_of(request.user)
    saved = SavedProduct.objects.owned_by(importer).select_related("product")
    searches = SavedSearch.objects.owned_by(importer)
    context = {
        "importer": importer,
        "completeness": completeness_of(importer),
        "products": [row.card for row in saved_rows(list(saved[:PRODUCTS_SHOWN])) if row.card],
        "product_count": saved.count(),
        "searches": [(search, in_words(search.query)) for search in searches[:SEARCHES_SHOWN]],
        "search_count": searches.count(),
        "is_producer": Producer.objects.of_member(request.user).exists(),
    }
    return render(request, "inquiries/importer_home.html", context)

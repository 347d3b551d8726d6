"""The steps of the product form: a page each, saved on its own."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, QueryDict
from django.views.decorators.http import require_http_methods

from accounts.http import SignedInRequest
from catalog.commodities import find_commodities, find_hs_codes
from catalog.forms.markets import MarketsForm
from catalog.forms.packing import PackingForm
from catalog.forms.terms import TermsForm
from catalog.forms.what import WhatForm
from catalog.loading import loading_of
from catalog.views.step_page import own_revision, step_page

form_page = require_http_methods(["GET", "HEAD", "POST"])


@form_page
def revision_what(request: SignedInRequest, pk: int) -> HttpResponse:
    """Words, commodity, HS code, category and its facts. `q` looks for a commodity without JavaScript."""
    _take_pick(request)
    query = request.GET.get("q", "")
    found = {"query": query, "commodities": find_commodities(query, 12), "hs_codes": find_hs_codes(query, 8)}
    return step_page(request, pk, WhatForm, **(found if query else {}))


@form_page
def revision_terms(request: SignedInRequest, pk: int) -> HttpResponse:
    """Minimum order, capacity, lead time, prices, samples."""
    return step_page(request, pk, TermsForm)


@form_page
def revision_packing(request: SignedInRequest, pk: int) -> HttpResponse:
    """The carton; CBM and units per container are computed from what is saved."""
    loading = loading_of(own_revision(request, pk))
    return step_page(request, pk, PackingForm, loading=loading)


@form_page
def revision_certificates(request: SignedInRequest, pk: int) -> HttpResponse:
    """Target markets, saved with the revision, and the certificates that apply to the product, at once."""
    return step_page(request, pk, MarketsForm)


def _take_pick(request: HttpRequest) -> None:
    """A commodity or code chosen by its button stands in for the field."""
    picks = {"pick_commodity": "commodity", "pick_hs6": "hs6"}
    chosen = {field: request.POST[button] for button, field in picks.items() if button in request.POST}
    if chosen:
        data: QueryDict = request.POST.copy()
        for field, value in chosen.items():
            data[field] = value
        request.POST = data  # type: ignore[assignment]

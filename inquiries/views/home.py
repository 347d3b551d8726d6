"""Where an importer lands: what they asked for, what they saved, what their company still lacks."""

from __future__ import annotations

from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.http import SignedInRequest
from catalog.list_page import in_words
from exporters.models import Producer
from inquiries.access import importer_of
from inquiries.completeness import completeness_of
from inquiries.models import Basket, BuyingRequest, EnquiryState, Importer, SavedProduct, SavedSearch, Turn
from inquiries.models.buying_request_state import RequestState
from inquiries.models.enquiry_state import OPEN_STATES
from inquiries.saved_rows import saved_rows

PRODUCTS_SHOWN = 4
SEARCHES_SHOWN = 6
UNDER_WAY = Q(turn=Turn.PRODUCER, state__in=OPEN_STATES)


@never_cache
@require_safe
def importer_home(request: SignedInRequest) -> HttpResponse:
    """The importer's desk."""
    importer = importer_of(request.user)
    saved = SavedProduct.objects.owned_by(importer).select_related("product")
    searches = SavedSearch.objects.owned_by(importer)
    context = {
        "importer": importer,
        "enquiries": _numbers(importer),
        "completeness": completeness_of(importer),
        "products": [row.card for row in saved_rows(list(saved[:PRODUCTS_SHOWN])) if row.card],
        "product_count": saved.count(),
        "searches": [(search, in_words(search.query)) for search in searches[:SEARCHES_SHOWN]],
        "search_count": searches.count(),
        "is_producer": Producer.objects.of_member(request.user).exists(),
    }
    return render(request, "inquiries/importer_home.html", context)


def _numbers(importer: Importer) -> list[tuple[int, str, str]]:
    """How the company's enquiries and requests stand, each with what is behind it, zeros left out. Three queries."""
    enquiries, requests = reverse("enquiry_list"), reverse("buying_request_list")
    counted = importer.enquiries.aggregate(
        yours=Count("pk", filter=Q(turn=Turn.IMPORTER)),
        quoted=Count("pk", filter=Q(state=EnquiryState.QUOTED)),
        waiting=Count("pk", filter=UNDER_WAY),
        closed=Count("pk", filter=Q(closed_at__isnull=False)),
    )
    asked = BuyingRequest.objects.filter(importer=importer, state=RequestState.OPEN).count()
    begun = Basket.objects.filter(user=importer.user_id).exclude(request_draft={}).count()
    figures = [
        (counted["yours"], _("wait for your answer"), f"{enquiries}?state=yours"),
        (counted["quoted"], _("quotations to compare"), reverse("quotation_compare")),
        (counted["waiting"], _("wait for the producer"), f"{enquiries}?state=waiting"),
        (asked, _("open buying requests"), requests),
        (begun, _("buying request begun, not handed in yet"), reverse("buying_request_create")),
        (counted["closed"], _("closed enquiries"), f"{enquiries}?state=closed"),
    ]
    return [figure for figure in figures if figure[0]]

"""The public pages of products: the list, and one product."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from catalog.cards import cards
from catalog.list_page import list_context
from catalog.models import ProductState
from catalog.page_row import PageRow, read_page
from catalog.search import alternatives
from catalog.showing import ProductPage, present
from catalog.structured_data import product_data
from catalog.unmet import record_unmet
from kit.languages import pick

ALTERNATIVES = 4


@login_not_required
@require_safe
def product_list(request: HttpRequest) -> HttpResponse:
    """Products by text, filters and order, a page at a time; words that find nothing are kept as unmet demand."""
    context = list_context(request.GET)
    nothing = context["nothing"]
    if nothing and nothing.is_unmet:
        record_unmet(request, context["query"], nothing.market)
    elif context["found"].is_loosened:
        record_unmet(request, context["query"])
    return render(request, "catalog/product_list.html", context, status=context["status"])


@login_not_required
@require_safe
def product_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One product; 410 with alternatives when its producer took it back, 404 when it is not public."""
    row = read_page(slug)
    if row is None:
        raise Http404
    product = row.product
    others = cards(alternatives(product, ALTERNATIVES))
    if product.state == ProductState.RETIRED:
        gone = {"title": pick(product.title).text, "cards": others}
        return render(request, "410.html", gone, status=410)
    page = page_of(row)
    context = {"product": product, "page": page, "others": others, "data": product_data(product, page)}
    return render(request, "catalog/product_detail.html", context)


def page_of(row: PageRow) -> ProductPage:
    """The page of a public product. No query."""
    return present(
        row.product,
        producer=row.product.producer,
        offers=row.offers,
        placements=row.placements,
        certificates=row.certificates,
    )

"""The public pages of products: the list, and one product."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from catalog.cards import cards
from catalog.list_page import list_context
from catalog.models import Product, ProductState
from catalog.search import alternatives
from catalog.showing import ProductPage, present
from catalog.structured_data import product_data
from exporters.models import Certificate, ProducerState
from kit.languages import pick

ALTERNATIVES = 4


@login_not_required
@require_safe
def product_list(request: HttpRequest) -> HttpResponse:
    """Products by text, filters and order, a page at a time."""
    return render(request, "catalog/product_list.html", list_context(request.GET))


@login_not_required
@require_safe
def product_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One product; 410 with alternatives when its producer took it back, 404 when it is not public."""
    product = (
        Product.objects.filter(slug=slug, producer__state=ProducerState.LISTED)
        .select_related("producer", "hs6")
        .first()
    )
    if product is None or product.state not in (ProductState.PUBLISHED, ProductState.RETIRED):
        raise Http404
    others = cards(alternatives(product, ALTERNATIVES))
    if product.state == ProductState.RETIRED:
        gone = {"title": pick(product.title).text, "cards": others}
        return render(request, "410.html", gone, status=410)
    page = page_of(product)
    context = {"product": product, "page": page, "others": others, "data": product_data(product, page)}
    return render(request, "catalog/product_detail.html", context)


def page_of(product: Product) -> ProductPage:
    """The page of a public product, in three queries."""
    return present(
        product,
        producer=product.producer,
        offers=list(product.offers.all()),
        placements=product.placements.select_related("photo"),
        certificates=Certificate.objects.valid()
        .filter(coverages__product=product)
        .select_related("type")
        .order_by("type", "pk"),
    )

"""The least that Django can do for a page: what the real pages are compared with, by the same server and middleware."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from catalog.models import PhotoPlacement, PriceOffer, Product

ROWS = 24


@login_not_required
def bare_empty(request: HttpRequest) -> HttpResponse:
    """Nothing: what server and middleware cost."""
    return HttpResponse("empty")


@login_not_required
def bare_key(request: HttpRequest, pk: int) -> HttpResponse:
    """One row by its primary key."""
    return HttpResponse(Product.objects.get(pk=pk).slug)


@login_not_required
def bare_list(request: HttpRequest, pk: int) -> HttpResponse:
    """24 rows of four values after three indexed queries: the rows with their producers, their photos, their offers."""
    products = list(Product.objects.filter(pk__lte=pk).select_related("producer").order_by("-pk")[:ROWS])
    photos = {
        placed.product_id: placed.photo
        for placed in PhotoPlacement.objects.filter(product__in=products, position=0).select_related("photo")
    }
    offers = {offer.product_id: offer for offer in PriceOffer.objects.filter(product__in=products)}
    rows = [(product, photos.get(product.pk), offers.get(product.pk)) for product in products]
    return render(request, "inaaccess/bare_list.html", {"rows": rows})

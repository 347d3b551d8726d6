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
    """24 rows of four values after three indexed queries: the rows with their producers, their photos, their offers.

    Only the columns that are shown are read, so that nothing flatters the pages compared with it.
    """
    found = Product.objects.filter(pk__lte=pk).select_related("producer").only("title", "producer__trade_name")
    products = list(found.order_by("-pk")[:ROWS])
    covers = PhotoPlacement.objects.filter(product__in=products, position=0).select_related("photo")
    photos = {placed.product_id: placed.photo for placed in covers.only("product", "photo__key")}
    priced = PriceOffer.objects.filter(product__in=products, from_quantity=100).only("product", "unit_price")
    offers = {offer.product_id: offer for offer in priced}
    rows = [(product, photos.get(product.pk), offers.get(product.pk)) for product in products]
    return render(request, "inaaccess/bare_list.html", {"rows": rows})

"""Saving products, and the list of what was saved."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import SignedInRequest
from catalog.models import Product
from inquiries.access import company_first, importer_of, own_importer
from inquiries.models import Importer, SavedProduct
from inquiries.saved_rows import saved_rows
from kit.keyset import Keyset
from kit.languages import pick
from kit.own_addresses import own_address
from kit.own_pages import from_own_pages

NEWEST_FIRST = Keyset("saved products", [("pk", "desc")])
PAGE = 24
WAITING = "product_to_save"
"""In the session of who pressed “save” and is no importer yet: the product, and where to go on afterwards."""


@never_cache
@require_safe
def saved_product_list(request: SignedInRequest) -> HttpResponse:
    """What the importer saved, the newest first; what is not offered any more is said to be so."""
    importer, after = importer_of(request.user), request.GET.get("after")
    rows = SavedProduct.objects.owned_by(importer).select_related("product")
    page = NEWEST_FIRST.page(rows, after, PAGE)
    context = {
        "rows": saved_rows(page.items),
        "total": rows.count(),
        "next_url": f"?after={page.next_after}" if page.next_after else "",
        "first_url": request.path if after else "",
    }
    return render(request, "inquiries/saved_product_list.html", context)


@login_not_required
@from_own_pages
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def product_save(request: HttpRequest, slug: str) -> HttpResponse:
    """Save a product. A visitor logs in or registers first, an account without a company adds it.

    What they pressed is done when they come back.

    Opened by a link it only asks: a page that is opened changes nothing by itself.
    """
    product = get_object_or_404(Product.objects.published(), slug=slug)
    importer = own_importer(request.user)
    if importer is None and request.method == "POST":
        request.session[WAITING] = {"slug": slug, "back": _back(request, product)}
    if not request.user.is_authenticated:
        return redirect(f"{reverse('account_login')}?{urlencode({'next': request.path})}")
    if importer is None:
        return company_first(request, request.path)
    waiting = request.session.pop(WAITING, None) or {}
    if request.method == "POST":
        return _save(request, product, importer, _back(request, product))
    if waiting.get("slug") == slug:
        return _save(request, product, importer, waiting["back"])
    context = {"product": product, "title": pick(product.title)}
    return render(request, "inquiries/product_save.html", context)


@from_own_pages
@require_POST
def product_unsave(request: SignedInRequest, slug: str) -> HttpResponse:
    """Keep a product no longer, whether it is still offered or not."""
    importer = importer_of(request.user)
    product = get_object_or_404(Product.objects.filter(slug__isnull=False), slug=slug)
    SavedProduct.drop(product, importer=importer)
    messages.success(request, _("The product is not among your saved products any more."))
    return redirect(_back(request, product))


def _save(request: HttpRequest, product: Product, importer: Importer, back: str) -> HttpResponse:
    SavedProduct.keep(product, importer=importer)
    messages.success(request, _("The product is saved. You find it on your importer's desk."))
    return redirect(back)


def _back(request: HttpRequest, product: Product) -> str:
    """Where the button was; the product's page when the form does not say it."""
    return own_address(request, request.POST.get("next", "")) or reverse("product_detail", args=[product.slug])

"""The public addresses: the product sheet, and short links."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from catalog.models import Product, ProductState
from catalog.page_row import read_page
from kit.languages import pick
from promotion.models import Campaign
from promotion.sheets import sheet_file

KEPT_BY_BROWSERS = "public, max-age=300"


@login_not_required
@require_safe
def product_sheet(request: HttpRequest, slug: str) -> HttpResponse:
    """A product on one page of paper; `c` puts a campaign's code into its QR code. 410 and 404 as for the page."""
    row = read_page(slug)
    if row is None:
        raise Http404
    if row.product.state == ProductState.RETIRED:
        return render(request, "410.html", {"title": pick(row.product.title).text, "cards": []}, status=410)
    file = sheet_file(row, _campaign(request, row.product))
    etag = f'"{file.key}"'
    if request.headers.get("If-None-Match") == etag:
        response: HttpResponse = HttpResponseNotModified()
    else:
        response = HttpResponse(file.content, content_type="application/pdf")
        response["Content-Disposition"] = f'inline; filename="{row.product.slug}.pdf"'
    response["ETag"] = etag
    response["Cache-Control"] = KEPT_BY_BROWSERS
    response["X-Content-Type-Options"] = "nosniff"
    response["X-Robots-Tag"] = "noindex"
    return response


@login_not_required
@require_safe
def short_link(request: HttpRequest, code: str) -> HttpResponse:
    """From a campaign's short link to its page, in the reader's language. The visit is counted there."""
    campaign = get_object_or_404(Campaign.objects.select_related("product", "collection"), code=code.upper())
    response = redirect(campaign.landing_path())
    response["Cache-Control"] = "no-store"
    return response


def _campaign(request: HttpRequest, product: Product) -> Campaign | None:
    """The campaign that the address names, if it is one of this product or of a whole market; else none."""
    code = request.GET.get("c", "")[:16].upper()
    if not (code.isascii() and code.isalnum()):
        return None
    campaign = Campaign.objects.filter(code=code).select_related("mission").first()
    return campaign if campaign is not None and campaign.fits(product) else None

"""The share kit of a product that is offered in a market: text, pictures, short link, sheet."""

from __future__ import annotations

from typing import Final

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import SignedInRequest
from accounts.staff_admin import desk_page
from accounts.workflow import Refused
from catalog.page_row import PageRow, read_page
from kit.languages import CONTENT_LANGUAGE_NAMES, interface_language
from kit.text import clean_text
from kit.uploads import cut_picture
from markets.models import MarketListing
from promotion.campaign_form import CampaignForm
from promotion.models import Campaign, ShareText
from promotion.models.share_text import LONGEST
from promotion.scope import listings_to_share
from promotion.share_draft import draft, languages_for
from promotion.share_kit import PICTURES, campaign_to_share

POWER: Final = "promotion.run_campaign"


class ShareTextForm(forms.Form):
    """The text as the person left it."""

    text = forms.CharField(
        label=gettext_lazy("Text"),
        help_text=gettext_lazy("A draft from the product's own facts. Read it, make it yours, then copy or save it."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 12}),
    )

    def clean_text(self) -> str:
        """Without hidden characters."""
        return clean_text(self.cleaned_data["text"])


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(POWER, raise_exception=True)
def share_kit(request: SignedInRequest, iso2: str, pk: int) -> HttpResponse:
    """All that a mission needs to share a product; keeps the text, or starts a campaign."""
    listing, row = _shared(request, iso2, pk)
    language = _language(request, listing)
    if request.method != "POST":
        return _page(request, listing, row, language)
    if request.POST.get("do") == "campaign":
        return _start_campaign(request, listing, row, language)
    form = ShareTextForm(request.POST)
    if not form.is_valid():
        return _page(request, listing, row, language, text_form=form, status=422)
    ShareText.objects.write(listing, language=language, text=form.cleaned_data["text"], by=request.user)
    messages.success(request, _("The text was saved."))
    return redirect(f"{request.path}?language={language}")


@require_safe
@permission_required(POWER, raise_exception=True)
def share_picture(request: SignedInRequest, iso2: str, pk: int, size: str) -> HttpResponse:
    """The product's first photo in a size for posts, as a download."""
    listing, row = _shared(request, iso2, pk)
    data = cut_picture(row.placements[0].photo.key, *PICTURES[size]) if row.placements and size in PICTURES else None
    if data is None:
        raise Http404
    response = HttpResponse(data, content_type="image/jpeg")
    response["Content-Disposition"] = f'attachment; filename="{listing.product.slug}-{size}.jpg"'
    response["Cache-Control"] = "private, max-age=600"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _shared(request: SignedInRequest, iso2: str, pk: int) -> tuple[MarketListing, PageRow]:
    """The public listing in the person's scope, and the product as the public sees it."""
    rows = listings_to_share(request.user).select_related("market", "product")
    listing = get_object_or_404(rows, market=iso2, product=pk)
    row = read_page(str(listing.product.slug))
    if row is None:
        raise Http404
    return listing, row


def _language(request: SignedInRequest, listing: MarketListing) -> str:
    offered = languages_for(listing.market)
    asked = request.GET.get("language", "")
    return asked if asked in offered else offered[0]


def _start_campaign(request: SignedInRequest, listing: MarketListing, row: PageRow, language: str) -> HttpResponse:
    data = {"name": request.POST.get("name", ""), "market": listing.market_id, "product": row.product.slug}
    form = CampaignForm(data, user=request.user)
    status = 422
    if form.is_valid():
        try:
            form.start()
        except Refused as refusal:
            form.add_error("name", str(refusal.message))
            status = refusal.status
        else:
            messages.success(request, _("The product has a link of its own now."))
            return redirect(f"{request.path}?language={language}")
    return _page(request, listing, row, language, campaign_form=form, status=status)


def _page(
    request: SignedInRequest,
    listing: MarketListing,
    row: PageRow,
    language: str,
    *,
    text_form: ShareTextForm | None = None,
    campaign_form: CampaignForm | None = None,
    status: int = 200,
) -> HttpResponse:
    campaign = campaign_to_share(request.user, listing)
    kept = ShareText.objects.filter(product=listing.product_id, market=listing.market_id, language=language).first()
    first = kept.text if kept else draft(row, listing, language, campaign)
    place = {"iso2": listing.market_id, "pk": listing.product_id}
    context = {
        "title": _("Share “%(product)s” in %(market)s") % {"product": listing.product, "market": listing.market},
        "listing": listing,
        "market": listing.market,
        "campaign": campaign,
        "kept": kept,
        "text_form": text_form or ShareTextForm(initial={"text": first}),
        "campaign_form": campaign_form or CampaignForm(user=request.user),
        "tabs": [
            (CONTENT_LANGUAGE_NAMES[one], f"?language={one}", one == language) for one in languages_for(listing.market)
        ],
        "pictures": [(size, reverse("admin:share_picture", kwargs={**place, "size": size})) for size in PICTURES],
        "has_photo": bool(row.placements),
        "sheets": _sheets(row, campaign, listing),
    }
    return desk_page(request, "share_kit", context, status=status)


def _sheets(row: PageRow, campaign: Campaign | None, listing: MarketListing) -> list[tuple[object, str]]:
    """The sheet in each language of the market, with the campaign's code in its QR code."""
    found: list[tuple[object, str]] = []
    for key in languages_for(listing.market):
        with translation.override(interface_language(key)):
            address = reverse("product_sheet", args=[row.product.slug])
        found.append((CONTENT_LANGUAGE_NAMES[key], f"{address}?c={campaign.code}" if campaign else address))
    return found

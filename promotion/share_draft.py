"""The first text for sharing a product: only what its own fields say, in one language, for a person to edit."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.urls import reverse
from django.utils import formats, translation
from django.utils.translation import gettext as _

from catalog.page_row import PageRow
from catalog.showing import ProductPage
from catalog.views.public import page_of
from kit.languages import CONTENT_LANGUAGES, interface_language, pick
from markets.models import Market, MarketListing
from promotion.models import Campaign
from promotion.plain import line

FALLBACK: Final = "en"


def languages_for(market: Market) -> list[str]:
    """The languages of a market that we speak, as content keys, and English; the market's own first."""
    own = [key for key in market.languages if key in CONTENT_LANGUAGES]
    return list(dict.fromkeys([*own, FALLBACK]))


def product_link(row: PageRow, campaign: Campaign | None, language: str) -> str:
    """The address to share: the campaign's short link, else the product's page in that language."""
    if campaign is not None:
        return campaign.short_url
    with translation.override(interface_language(language)):
        return f"{settings.SITE_URL}{reverse('product_detail', args=[row.product.slug])}"


def draft(row: PageRow, listing: MarketListing, language: str, campaign: Campaign | None) -> str:
    """Title, the mission's pitch or the summary, terms, maker, link. An expired price is on request."""
    with translation.override(interface_language(language)):
        page = page_of(row)
        maker = f"{page.producer.name}, {page.producer.place}" if page.producer.place else page.producer.name
        parts = [
            line(page.title.text),
            line(pick(listing.pitch).text or page.summary.text),
            "\n".join([*_terms(page), _("Made by %(maker)s, Indonesia") % {"maker": line(maker)}]),
        ]
    return "\n\n".join([*(part for part in parts if part), product_link(row, campaign, language)])


def _terms(page: ProductPage) -> list[str]:
    lines = [f"{line(label)}: {line(value)}" for label, value in page.at_a_glance if value]
    if page.lead is None:
        return [*lines, _("Price on request")]
    told = {
        "price": line(page.lead.price),
        "terms": line(page.lead.terms),
        "day": formats.date_format(page.lead.valid_until),
    }
    return [*lines, _("%(price)s, %(terms)s, valid until %(day)s") % told]

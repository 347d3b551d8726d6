"""What is told to other programs: which entries of the audit trail are events, for which markets, and in what words.

One `Source` a kind of event: its name, the entry that its verb writes, and how its objects are told.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any, Final, NamedTuple

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from catalog.models import Product
from inquiries.models import BuyingRequest, Enquiry, Match
from kit.languages import pick
from markets.models import MarketListing

PING: Final = "ping"


class Telling(NamedTuple):
    """An object as it is told, and the markets whose missions it concerns."""

    markets: frozenset[str]
    data: dict[str, Any]


class Source(NamedTuple):
    """Which entries of the audit trail make an event. `tell`: keys of objects → those that may be told now."""

    label: str | Promise
    object_type: str
    verbs: tuple[str, ...]
    tell: Callable[[Collection[str]], Mapping[str, Telling]]


def tell_products(keys: Collection[str]) -> dict[str, Telling]:
    """Products that are public; one that was taken away meanwhile is told to nobody."""
    rows = Product.objects.published().filter(pk__in=[int(key) for key in keys]).select_related("producer")
    return {str(row.pk): Telling(frozenset(row.target_markets), {"product": _product(row)}) for row in rows}


def tell_listings(keys: Collection[str]) -> dict[str, Telling]:
    """Listings that are public."""
    rows = MarketListing.objects.public().filter(pk__in=[int(key) for key in keys])
    return {
        str(row.pk): Telling(
            frozenset([row.market_id]),
            {"market": row.market_id, "rank": row.rank, "pitch": row.pitch, "product": _product(row.product)},
        )
        for row in rows.select_related("product__producer")
    }


def tell_requests(keys: Collection[str]) -> dict[str, Telling]:
    """Buying requests that are still open: what is wanted, never by whom."""
    rows = BuyingRequest.objects.open().filter(pk__in=[int(key) for key in keys]).select_related("commodity")
    return {str(row.pk): Telling(frozenset([row.country]), {"buying_request": _request(row)}) for row in rows}


def tell_offers(keys: Collection[str]) -> dict[str, Telling]:
    """Offers to buying requests, with the product that is offered; prices are between the two sides."""
    rows = Match.objects.filter(pk__in=[int(key) for key in keys], product__in=Product.objects.published())
    return {
        str(row.pk): Telling(
            frozenset([row.request.country]),
            {"buying_request": _request(row.request), "product": _product(row.product)},
        )
        for row in rows.select_related("request__commodity", "product__producer")
    }


def tell_enquiries(keys: Collection[str]) -> dict[str, Telling]:
    """Enquiries that their producers were given; nothing of people, and not what they wrote."""
    rows = Enquiry.objects.delivered().filter(pk__in=[int(key) for key in keys], market__isnull=False)
    return {
        str(row.pk): Telling(
            frozenset([row.market_id or ""]),
            {
                "number": row.number,
                "market": row.market_id,
                "state": row.state,
                "importer": {"company": row.importer.company, "country": row.importer.country},
                "producer": {"slug": row.producer.slug, "trade_name": row.producer.trade_name},
                "products": [line.product.slug for line in row.lines.all() if line.product is not None],
            },
        )
        for row in rows.for_list()
    }


SOURCES: Final[dict[str, Source]] = {
    "product.published": Source(
        _("a product is published"), "catalog.product", ("publish",), tell_products
    ),
    "listing.listed": Source(
        _("a product is listed in a market"), "markets.marketlisting", ("list", "accept"), tell_listings
    ),
    "buying_request.opened": Source(
        _("a buying request is approved"), "inquiries.buyingrequest", ("approve",), tell_requests
    ),
    "buying_request.offered": Source(
        _("a producer offers for a buying request"), "inquiries.match", ("offer",), tell_offers
    ),
    "enquiry.created": Source(
        _("an importer enquires"), "inquiries.enquiry", ("send", "deliver"), tell_enquiries
    ),
    "quotation.received": Source(_("a producer quotes"), "inquiries.enquiry", ("quote",), tell_enquiries),
    "quotation.accepted": Source(_("a quotation is accepted"), "inquiries.enquiry", ("accept",), tell_enquiries),
    "quotation.declined": Source(_("a quotation is declined"), "inquiries.enquiry", ("decline",), tell_enquiries),
    "enquiry.answered": Source(_("a producer answers"), "inquiries.enquiry", ("answer",), tell_enquiries),
    "enquiry.ended": Source(
        _("an enquiry ends without a quotation"), "inquiries.enquiry", ("refuse", "withdraw", "expire"), tell_enquiries
    ),
}  # fmt: skip


def event_of(object_type: str, verb: str) -> str | None:
    """The event that an entry makes; None for the many that make none."""
    for name, source in SOURCES.items():
        if source.object_type == object_type and verb in source.verbs:
            return name
    return None


def event_choices() -> list[tuple[str, str | Promise]]:
    """The events to choose from."""
    return [(name, source.label) for name, source in SOURCES.items()]


def _product(product: Product) -> dict[str, Any]:
    """What it is called and where to read on: receivers fetch the rest, which may have changed by then."""
    with override("en"):
        page = reverse("product_detail", args=[product.slug])
    return {
        "slug": product.slug,
        "title": product.title,
        "title_text": pick(product.title, "en").text,
        "producer": {"slug": product.producer.slug, "trade_name": product.producer.trade_name},
        "hs6": product.hs6_id,
        "target_markets": product.target_markets,
        "page": f"{settings.SITE_URL}{page}",
        "api": f"{settings.SITE_URL}{reverse('api:product-detail', args=[product.slug])}",
    }


def _request(request: BuyingRequest) -> dict[str, Any]:
    """What is wanted, coded as far as it goes; the title is in `language`, as the importer wrote it."""
    return {
        "id": request.pk,
        "title": request.title,
        "language": request.language,
        "commodity": request.commodity.slug if request.commodity else None,
        "hs": request.hs_prefix or None,
        "quantity": str(request.quantity),
        "unit": request.unit_id,
        "frequency": request.frequency,
        "country": request.country,
        "deadline": request.deadline.isoformat(),
        "api": f"{settings.SITE_URL}{reverse('api:request-detail', args=[request.pk])}",
    }

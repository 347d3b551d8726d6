"""What goes into a catalogue or a price list: a title, an introduction, a cover, and products in order."""

from __future__ import annotations

import dataclasses
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, Protocol

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalog.models import PhotoPlacement
from catalog.page_row import read_page
from kit.languages import pick
from markets.collection_showing import cover_key, curator_name, with_faces
from markets.models import Collection, Market, MarketListing
from markets.showing import missions_of
from promotion.models import Document, DocumentKind
from promotion.plain import line, paragraphs
from promotion.sheet_content import Sheet, sheet_of

MOST_PRODUCTS: Final = 500
"""The first of a market in the missions' rank; a document with more says how many there are."""


class Shelf(Protocol):
    """Products in an order with words around them: what a document can be made of."""

    @property
    def title(self) -> str:
        """On the cover, in the active language."""

    @property
    def introduction(self) -> str:
        """Some sentences under it; may be empty."""

    @property
    def cover(self) -> uuid.UUID | None:
        """A stored picture; without one the cover is plain."""

    @property
    def offered_by(self) -> list[str]:
        """The missions that offer it, or who curates it."""

    @property
    def address(self) -> str:
        """Its public page, with the campaign's code; empty while there is none."""


@dataclass(frozen=True)
class Words:
    """The words of a shelf, written once."""

    title: str
    introduction: str
    cover: uuid.UUID | None
    offered_by: list[str]
    address: str


def product_ids_of(target: Market | Collection) -> list[int]:
    """The public products of a market in the missions' rank, the first 500; of a collection in its own order."""
    if isinstance(target, Collection):
        return list(target.items.shown().order_by("position").values_list("product", flat=True))
    rows = MarketListing.objects.public().filter(market=target).order_by("rank", "product")
    return list(rows.values_list("product", flat=True)[:MOST_PRODUCTS])


def shelf_of(document: Document) -> Shelf:
    """The words around the products of a document, in the active language."""
    target = document.target
    return _of_collection(document, target) if isinstance(target, Collection) else _of_market(document, target)


def _of_collection(document: Document, collection: Collection) -> Shelf:
    row = with_faces(Collection.objects.filter(pk=collection.pk)).get()
    return Words(
        title=line(pick(row.title).text),
        introduction=paragraphs(pick(row.introduction).text),
        cover=cover_key(row),
        offered_by=[line(curator_name(row.mission))],
        address=_address(document, reverse("collection_detail", args=[row.slug])) if row.is_public else "",
    )


def _of_market(document: Document, market: Market) -> Shelf:
    offered = MarketListing.objects.public().filter(market=market).count()
    name = pick(market.name).text
    titles = {
        DocumentKind.MARKET_CATALOGUE: _("Products of Indonesia for %(market)s"),
        DocumentKind.PRICE_LIST: _("Price list for %(market)s"),
    }
    number = ngettext("%(count)d product", "%(count)d products", document.total) % {"count": document.total}
    if offered > document.total:
        number = _("%(number)s, of %(all)d that are offered") % {"number": number, "all": offered}
    return Words(
        title=line(titles[DocumentKind(document.kind)] % {"market": name}),
        introduction=paragraphs(number),
        cover=_first_photo(document),
        offered_by=[line(mission.name) for mission in missions_of(market)],
        address=_address(document, reverse("market_detail", args=[market.pk])),
    )


def _address(document: Document, path: str) -> str:
    code = f"?c={document.campaign.code}" if document.campaign else ""
    return f"{settings.SITE_URL}{path}{code}"


def items_of(document: Document, product_ids: list[int]) -> Iterator[Sheet]:
    """These products as they are now, in their order; one that is not offered there any more is left out."""
    offered, notes = _still_offered(document, product_ids), _notes(document)
    slugs = dict(offered.values_list("product", "product__slug"))
    for pk in product_ids:
        row = read_page(str(slugs[pk])) if pk in slugs else None
        if row is not None:
            yield dataclasses.replace(sheet_of(row, document.campaign), note=notes.get(pk, ""))


def as_of_text(document: Document) -> str:
    """The day of the document; prices and certificates hold by days of UTC."""
    return _("As of %(day)s (UTC)") % {"day": formats.date_format(document.as_of) if document.as_of else "–"}


def _still_offered(document: Document, product_ids: list[int]) -> QuerySet[Any]:
    """Of a collection its items, of a market its listings."""
    target = document.target
    if isinstance(target, Collection):
        return target.items.shown().filter(product__in=product_ids)
    return MarketListing.objects.public().filter(market=target, product__in=product_ids)


def _notes(document: Document) -> dict[int, str]:
    """Why the curators chose each product."""
    if document.collection is None:
        return {}
    return {item.product_id: paragraphs(pick(item.note).text) for item in document.collection.items.all()}


def _first_photo(document: Document) -> uuid.UUID | None:
    """The first photo of the first product that is still offered."""
    offered = _still_offered(document, document.product_ids).order_by("rank", "product").values("product")[:1]
    placed = PhotoPlacement.objects.filter(product__in=offered).select_related("photo")
    first = placed.order_by("position", "pk").first()
    return first.photo.key if first else None

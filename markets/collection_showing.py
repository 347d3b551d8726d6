"""Collections as readers see them: the card that leads to one, and its page."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import formats
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalog.cards import Card, cards
from catalog.list_rows import ListedProduct
from catalog.models import PhotoPlacement
from catalog.photo_address import photo_url, srcset
from catalog.showing import Text, notice_of, text_for_reader
from kit.languages import content_key, pick
from markets.models import Collection, CollectionItem, Mission
from markets.showing import mission_name

ON_CARD = 3


class CollectionFace(NamedTuple):
    """A collection in a list. `lang` is "" when the title is in the reader's language."""

    url: str
    title: str
    lang: str
    curator: str
    text: str
    text_lang: str
    amount: str
    pictures: list[str]


@dataclass(frozen=True)
class CollectionPage:
    """What the page of a collection shows, in the reader's language."""

    title: Text
    introduction: Text
    curator: str
    market: str
    market_url: str
    period: str
    notices: list[str]
    cover: dict[str, str] | None
    cards: list[Card]

    @property
    def meta(self) -> str:
        """A sentence for search engines and link previews."""
        return Truncator(self.introduction.text or self.title.text).chars(160)


def with_faces(collections: QuerySet[Collection]) -> QuerySet[Collection]:
    """With what a card shows, in one query: `number` of shown products, `pictures` and the `cover_key` still shown."""
    shown = CollectionItem.objects.shown().filter(collection=OuterRef("pk"))
    counted = shown.order_by().values("collection").annotate(number=Count("pk")).values("number")
    first = PhotoPlacement.objects.filter(product=OuterRef("product")).order_by("position", "pk").values("photo__key")
    pictured = shown.promotable().annotate(key=Subquery(first[:1])).filter(key__isnull=False).order_by("position")
    of_shown = CollectionItem.objects.shown().promotable().filter(collection=OuterRef(OuterRef("pk"))).values("product")
    cover = PhotoPlacement.objects.filter(photo=OuterRef("cover"), product__in=of_shown).values("photo__key")
    return collections.select_related("market", "mission").annotate(
        number=Coalesce(Subquery(counted), 0),
        pictures=ArraySubquery(pictured.values("key")[:ON_CARD]),
        cover_key=Coalesce("own_cover_key", Subquery(cover[:1])),
    )


def faces(collections: Iterable[Any]) -> list[CollectionFace]:
    """The cards of rows that `with_faces` read; those without a shown product are left out. No query."""
    return [_face(collection) for collection in collections if collection.number]


def _face(collection: Any) -> CollectionFace:
    title, language = pick(collection.title)
    text, text_language = pick(collection.introduction)
    keys = [collection.cover_key] if collection.cover_key else []
    keys += [key for key in collection.pictures if key not in keys]
    return CollectionFace(
        url=reverse("collection_detail", args=[collection.slug]),
        title=title,
        lang="" if language == content_key() else language,
        curator=curator_name(collection.mission),
        text=Truncator(text).chars(140),
        text_lang="" if text_language == content_key() else text_language,
        amount=ngettext("%(count)d product", "%(count)d products", collection.number) % {"count": collection.number},
        pictures=[photo_url(key, 320) for key in keys[:ON_CARD]],
    )


def curator_name(mission: Mission | None) -> str:
    """Who chose the products."""
    return mission_name(mission) if mission else _("Ministry of Foreign Affairs of Indonesia")


def cover_key(collection: Any) -> Any:
    """The photo that stands for a collection that `with_faces` read: its cover, else the first product's; or None."""
    return collection.cover_key or next(iter(collection.pictures), None)


def page_of(collection: Any, products: Sequence[ListedProduct], notes: dict[int, dict[str, str]]) -> CollectionPage:
    """The page of a collection that `with_faces` read. `notes`: of each product, by language. No query."""
    title, market = text_for_reader(collection.title), collection.market
    key = cover_key(collection)
    found = [notice_of(product.category_id) for product in products if product.category_id]
    return CollectionPage(
        title=title,
        introduction=text_for_reader(collection.introduction),
        curator=curator_name(collection.mission),
        market=pick(market.name).text if market else "",
        market_url=reverse("market_detail", args=[market.pk]) if market else "",
        period=period_text(collection.starts_on, collection.ends_on),
        notices=[notice for notice in dict.fromkeys(found) if notice],
        cover={"src": photo_url(key, 640), "srcset": srcset(key), "share": photo_url(key, "preview")} if key else None,
        cards=[
            card | _note(notes.get(product.pk, {})) for card, product in zip(cards(products), products, strict=True)
        ],
    )


def period_text(first: datetime.date | None, last: datetime.date | None) -> str:
    """When it is shown; "" without a period."""
    days = {"first": formats.date_format(first) if first else "", "last": formats.date_format(last) if last else ""}
    if first and last:
        return _("From %(first)s to %(last)s") % days
    if last:
        return _("Until %(last)s") % days
    return _("From %(first)s") % days if first else ""


def collection_data(collection: Collection, page: CollectionPage, positions: Sequence[int]) -> dict[str, Any]:
    """A schema.org CollectionPage with the products that this page of it shows."""
    address = f"{settings.SITE_URL}{reverse('collection_detail', args=[collection.slug])}"
    data = {
        "@context": "https://schema.org",
        "@type": "CollectionPage",
        "@id": address,
        "url": address,
        "name": page.title.text,
        "description": page.introduction.text,
        "image": f"{settings.SITE_URL}{page.cover['share']}" if page.cover else "",
        "creator": {"@type": "GovernmentOrganization", "name": page.curator},
        "mainEntity": {
            "@type": "ItemList",
            "itemListElement": [
                {
                    "@type": "ListItem",
                    "position": position,
                    "url": f"{settings.SITE_URL}{card['url']}",
                    "name": card["title"],
                }
                for position, card in zip(positions, page.cards, strict=True)
            ],
        },
    }
    return {name: value for name, value in data.items() if value}


def _note(note: dict[str, str]) -> dict[str, str]:
    text, language = pick(note)
    return {"note": text, "note_lang": "" if language == content_key() else language}

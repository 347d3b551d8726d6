"""What the public sees of a producer: no NIB, no address, nobody's e-mail or telephone."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalog.photo_address import photo_url, srcset
from catalog.showing_facts import Pair, number
from catalog.vocabulary import vocabulary
from exporters.models import Producer
from exporters.profile_form import SPOKEN
from kit.countries import country_name


@dataclass(frozen=True)
class ProducerFace:
    """A producer in a card or a tile; `items` are company facts, `products` says how many there are."""

    url: str
    name: str
    initials: str
    logo: str
    cover: str
    regency: str
    place: str
    since: str
    items: list[Pair]
    cover_key: uuid.UUID | None = None
    trade: str = ""
    products: str = ""
    badges: list[str] = field(default_factory=list)

    @property
    def cover_srcset(self) -> str:
        """The sizes of the cover picture."""
        return srcset(self.cover_key) if self.cover_key else ""


def face_of(
    producer: Producer,
    *,
    trade: str = "",
    products: int | None = None,
    badges: list[str] | None = None,
    picture: uuid.UUID | None = None,
) -> ProducerFace:
    """The public face. `trade` names what it makes, `products` counts what it offers, `badges` are its certificates.

    `picture` stands in for a missing cover.
    """
    place = vocabulary().places.get(producer.regency_id)
    return ProducerFace(
        url=reverse("producer_detail", args=[producer.slug]) if producer.slug else "",
        name=producer.trade_name,
        initials=initials(producer.trade_name),
        logo=photo_url(producer.logo_key, 320),
        cover=photo_url(producer.cover_key or picture, 640),
        regency=place.regency if place else "",
        place=f"{place.regency}, {place.province}" if place else "",
        since=_("since %(year)d") % {"year": producer.founded} if producer.founded else "",
        items=company_facts(producer),
        cover_key=producer.cover_key,
        badges=badges or [],
        trade=trade,
        products=ngettext("%(count)d product", "%(count)d products", products) % {"count": products}
        if products is not None
        else "",
    )


def initials(name: str) -> str:
    """Two letters for a producer without a logo, not counting the legal form."""
    words = [
        word for word in name.split() if word.upper().strip(".") not in {"CV", "UD", "PT", "KUB"} and word[0].isalpha()
    ]
    return "".join(word[0] for word in words[:2]).upper() or name[:2].upper()


def company_facts(producer: Producer) -> list[Pair]:
    """What is known about the company."""
    rows = [
        (_("Founded in"), str(producer.founded or "")),
        (_("Employees"), number(producer.employees)),
        (_("Export experience"), str(producer.get_export_experience_display()) if producer.export_experience else ""),
        (_("Exports to"), ", ".join(country_name(code) for code in producer.exports_to)),
        (_("Languages spoken"), ", ".join(language_name(code) for code in producer.languages_spoken)),
    ]
    return [(label, value) for label, value in rows if value]


def language_name(code: str) -> str:
    """A language in the reader's words; its code when it is none of ours."""
    return str(dict(SPOKEN).get(code, code))

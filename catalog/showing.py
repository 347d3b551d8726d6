"""A product page as plain values: the public page and the preview of a revision show the same, from the same code.

`present` reads nothing but what it is given and the kept reference rows, so that templates cost no queries.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from catalog import showing_facts
from catalog.loading import loading_of
from catalog.models import Passport, PhotoPlacement, PriceOffer
from catalog.offers import lowest_valid
from catalog.photo_address import photo_url, srcset
from catalog.producer_face import ProducerFace, face_of
from catalog.unit_names import quantity, unit_name
from catalog.vocabulary import vocabulary
from exporters.models import Certificate, Producer
from kit.countries import country_name
from kit.languages import CONTENT_LANGUAGE_NAMES, content_key, pick
from kit.money import format_money
from kit.uploads import picture_sizes


class Text(NamedTuple):
    """A text for the reader. `language` and `note` are "" when it is in the reader's own language."""

    text: str
    language: str = ""
    note: str = ""


class Shown(NamedTuple):
    """A photo in the gallery."""

    src: str
    srcset: str
    full: str
    thumb: str
    alt: str
    width: int
    height: int
    key: uuid.UUID


class LeadPrice(NamedTuple):
    """The lowest price that holds today, and under what it holds."""

    terms: str
    price: str
    unit: str
    amount: Decimal
    currency: str
    valid_until: date


@dataclass(frozen=True)
class ProductPage:
    """What the page of a product shows, in the reader's language."""

    title: Text
    commodity: str
    summary: Text
    description: Text
    crumbs: list[tuple[str, str]]
    notices: list[str]
    photos: list[Shown]
    badges: list[str]
    lead: LeadPrice | None
    at_a_glance: list[showing_facts.Pair]
    facts: list[showing_facts.Pair]
    tiers: list[showing_facts.Tiers]
    containers: list[showing_facts.Pair]
    certificates: list[dict[str, object]]
    producer: ProducerFace
    target_markets: list[str]
    confirmed: str
    sources: list[str]

    @property
    def meta(self) -> str:
        """A sentence for search engines and link previews."""
        return Truncator(self.summary.text or self.description.text or self.commodity).chars(160)


def present(
    passport: Passport,
    *,
    producer: Producer,
    offers: Sequence[PriceOffer],
    placements: Iterable[PhotoPlacement],
    certificates: Iterable[Certificate],
) -> ProductPage:
    """Make the page of a product or a revision. `placements` bring their photos; only valid certificates count."""
    rows, today = vocabulary(), timezone.now().date()
    valid = [certificate for certificate in certificates if certificate.is_valid()]
    title = text_for_reader(passport.title)
    loading = loading_of(passport, rows.containers)
    return ProductPage(
        title=title,
        commodity=rows.commodity_name(passport.commodity_id),
        summary=text_for_reader(passport.summary),
        description=text_for_reader(passport.description),
        crumbs=_crumbs(passport.category_id),
        notices=[text for one in rows.path_to(passport.category_id)[-1:] if (text := notice_of(one.pk))],
        photos=[_shown(placed, title.text) for placed in placements],
        badges=showing_facts.badge_names(valid),
        lead=_lead(offers, passport.unit_id),
        at_a_glance=[
            (_("Minimum order"), quantity(passport.moq, passport.unit_id)),
            (_("Lead time"), showing_facts.days(passport.lead_time_days)),
            (_("HS code"), showing_facts.dotted(passport.hs6_id)),
        ],
        facts=showing_facts.passport_facts(passport, rows.places.get(producer.regency_id), loading),
        tiers=showing_facts.price_tiers(offers, passport.unit_id, today),
        containers=showing_facts.container_loads(loading, passport.unit_id),
        certificates=showing_facts.certificate_rows(valid, today),
        producer=face_of(producer),
        target_markets=[country_name(iso2) for iso2 in passport.target_markets],
        confirmed=showing_facts.confirmed_text(passport),
        sources=[_("Stated by the producer; reviewed by Indonesian missions before publication.")],
    )


def text_for_reader(texts: dict[str, str] | None) -> Text:
    """The text in the reader's language, else in another that says so."""
    text, language = pick(texts)
    if not text or language == content_key(get_language()):
        return Text(text)
    note = _("Written in %(language)s; there is no text in your language yet.")
    return Text(text, language, note % {"language": CONTENT_LANGUAGE_NAMES[language]})


def _crumbs(category_id: int | None) -> list[tuple[str, str]]:
    base = reverse("product_list")
    return [
        (pick(category.name).text, f"{base}?category={category.slug}") for category in vocabulary().path_to(category_id)
    ]


def notice_of(category_id: int) -> str:
    """The nearest notice of a category: its own, else its parent's."""
    path = reversed(vocabulary().path_to(category_id))
    return next((text for category in path if (text := pick(category.notice).text)), "")


def _shown(placed: PhotoPlacement, title: str) -> Shown:
    photo = placed.photo
    width, height = picture_sizes(photo.width, photo.height)["640"]
    return Shown(
        src=photo_url(photo.key, 640),
        srcset=srcset(photo.key),
        full=photo_url(photo.key, 1280),
        thumb=photo_url(photo.key, 320),
        alt=pick(placed.alt).text or title,
        width=width,
        height=height,
        key=photo.key,
    )


def _lead(offers: Sequence[PriceOffer], unit_id: str | None) -> LeadPrice | None:
    offer = lowest_valid(offers, timezone.now().date(), vocabulary().usd_rates)
    if offer is None:
        return None
    terms = _("%(incoterm)s %(place)s, from %(quantity)s") % {
        "incoterm": offer.incoterm_id,
        "place": offer.place,
        "quantity": quantity(offer.from_quantity, unit_id),
    }
    return LeadPrice(
        terms,
        format_money(offer.unit_price, offer.currency),
        unit_name(unit_id),
        offer.unit_price,
        offer.currency,
        offer.valid_until,
    )

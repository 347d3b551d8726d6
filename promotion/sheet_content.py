"""What stands on a product sheet, in the reader's words: the public page's facts, without anybody's e-mail or phone."""

from __future__ import annotations

import dataclasses
import datetime
import hashlib
import uuid
from typing import Final, NamedTuple

from django.conf import settings
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from catalog.page_row import PageRow
from catalog.showing import ProductPage
from catalog.views.public import page_of
from markets.showing import mission_name
from promotion.models import Campaign
from promotion.plain import line, paragraphs

LAYOUT: Final = 2
"""Counts up when the drawing changes, so that no kept sheet of the old one is given out."""


class PriceTable(NamedTuple):
    """The prices of one rule at one place: (from quantity, price or "on request", valid until)."""

    caption: str
    currency: str
    price_label: str
    rows: tuple[tuple[str, str, str], ...]


@dataclasses.dataclass(frozen=True)
class Sheet:
    """The words and the picture of a sheet; equal ones look the same."""

    language: str
    title: str
    commodity: str
    maker: str
    summary: str
    description: str
    notices: tuple[str, ...]
    price: str
    price_terms: str
    price_until: str
    glance: tuple[tuple[str, str], ...]
    facts: tuple[tuple[str, str], ...]
    tables: tuple[PriceTable, ...]
    containers: tuple[tuple[str, str], ...]
    certificates: tuple[str, ...]
    markets: str
    producer: tuple[str, ...]
    picture: uuid.UUID | None
    alt: str
    address: str
    shown_address: str
    contact: str
    number: str
    as_of: str
    confirmed: str
    note: str = ""
    """Why a curator chose it; only in the catalogue of a collection."""

    @property
    def more_facts(self) -> list[tuple[str, str]]:
        """The facts that do not stand at a glance already."""
        seen = {label for label, _value in self.glance}
        return [(label, value) for label, value in self.facts if label not in seen]

    @property
    def key(self) -> str:
        """A key of all that it says: a change of any word, price, certificate or day makes another sheet."""
        return hashlib.sha256(f"{LAYOUT} {self!r}".encode()).hexdigest()


def sheet_of(row: PageRow, campaign: Campaign | None = None) -> Sheet:
    """The sheet of a public product in the active language. No query, but for the mission of a campaign."""
    page = page_of(row)
    address = f"{settings.SITE_URL}{reverse('product_detail', args=[row.product.slug])}"
    shown = campaign.short_url if campaign and campaign.product_id == row.product.pk else address
    return Sheet(
        language=get_language() or "en",
        title=line(page.title.text),
        commodity=line(page.commodity),
        maker=line(
            f"{page.producer.name}, {page.producer.place}, Indonesia" if page.producer.place else page.producer.name
        ),
        summary=paragraphs(page.summary.text),
        description=paragraphs(page.description.text),
        notices=tuple(line(text) for text in page.notices),
        price=_price(page),
        price_terms=line(page.lead.terms) if page.lead else "",
        price_until=formats.date_format(page.lead.valid_until) if page.lead else "",
        glance=tuple((line(label), line(value)) for label, value in page.at_a_glance if value),
        facts=tuple((line(label), line(value)) for label, value in page.facts),
        tables=_tables(page),
        containers=tuple((line(label), line(value)) for label, value in page.containers),
        certificates=_certificates(page),
        markets=", ".join(line(name) for name in page.target_markets),
        producer=_producer(page),
        picture=page.photos[0].key if page.photos else None,
        alt=line(page.photos[0].alt) if page.photos else "",
        address=f"{address}?c={campaign.code}" if campaign else address,
        shown_address=shown.partition("://")[2],
        contact=_contact(campaign),
        number=_("Product %(product)s, version %(version)s")
        % {"product": row.product.pk, "version": row.product.content_number or 1},
        as_of=as_of_today(),
        confirmed=line(page.confirmed),
    )


def as_of_today() -> str:
    """The day of a document. Prices and certificates hold by days of UTC, so that is its zone."""
    return _("As of %(day)s (UTC)") % {"day": formats.date_format(timezone.now().date())}


def _price(page: ProductPage) -> str:
    if page.lead is None:
        return _("Price on request")
    if not page.lead.unit:
        return line(page.lead.price)
    return _("%(price)s per %(unit)s") % {"price": line(page.lead.price), "unit": line(page.lead.unit)}


def _tables(page: ProductPage) -> tuple[PriceTable, ...]:
    return tuple(
        PriceTable(
            line(table.caption),
            line(table.price_label)[:3],
            line(table.price_label),
            tuple(
                (line(amount), line(price) or _("on request"), formats.date_format(until) if price else "–")
                for amount, price, until in table.rows
            ),
        )
        for table in page.tiers
    )


def _certificates(page: ProductPage) -> tuple[str, ...]:
    found = []
    for row in page.certificates:
        name = " ".join(part for part in (line(row["name"]), line(row["number"])) if part)
        until = row["valid_until"]
        if isinstance(until, datetime.date):
            name = _("%(name)s, valid until %(day)s") % {"name": name, "day": formats.date_format(until)}
        found.append(name)
    return tuple(found)


def _producer(page: ProductPage) -> tuple[str, ...]:
    items = [
        _("%(label)s: %(value)s") % {"label": line(label), "value": line(value)} for label, value in page.producer.items
    ]
    return (line(page.producer.name), *items)


def _contact(campaign: Campaign | None) -> str:
    if campaign is None or campaign.mission is None:
        return _("Contact: send an enquiry from the product's page.")
    told = {"mission": mission_name(campaign.mission)}
    return _("%(mission)s. Contact: send an enquiry from the product's page.") % told

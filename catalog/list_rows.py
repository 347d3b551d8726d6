"""What a list shows of each product, read by one statement: cards, the API's lists and similar products all come here.

Written in SQL because pages of lists are asked for most: the product with its producer, its first photo, the prices
that hold and the certificates that are valid, without a query or a model's instance for each part.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final, NamedTuple

from django.db.models import QuerySet
from django.utils import timezone

from catalog.models import ProductSearch
from kit.limited_reads import rows_of


class ListedOffer(NamedTuple):
    """A price offer, as much of it as a list needs."""

    incoterm_id: str
    place: str
    currency: str
    unit_price: Decimal
    from_quantity: Decimal
    valid_until: datetime.date


class ListedProducer(NamedTuple):
    """Who makes it."""

    slug: str
    trade_name: str
    regency_id: str


class Cover(NamedTuple):
    """The first photo."""

    key: str
    alt: dict[str, str]


class ListedProduct(NamedTuple):
    """A public product in a list. `offers` hold today; `certificates` are the types of those that are valid today."""

    pk: int
    slug: str
    title: dict[str, str]
    summary: dict[str, str]
    category_id: int | None
    commodity_id: int | None
    hs6_id: str | None
    moq: Decimal | None
    unit_id: str | None
    lead_time_days: int | None
    target_markets: list[str]
    confirmed_on: datetime.date | None
    published_at: datetime.datetime
    changed_at: datetime.datetime
    producer: ListedProducer
    cover: Cover | None
    offers: list[ListedOffer]
    certificates: list[str]


class Entry(NamedTuple):
    """A search row: its position in the order, and its product; None when that was taken down since."""

    position: tuple[Any, ...]
    product: ListedProduct | None


_READ: Final = """
    SELECT asked.*, p.id, p.slug, p.title::json, p.summary::json, p.category_id, p.commodity_id, p.hs6_id, p.moq,
        p.unit_id, p.lead_time_days, p.target_markets, p.confirmed_on, p.published_at, p.changed_at,
        maker.slug, maker.trade_name, maker.regency_id, cover.key, cover.alt, offers.told, held.codes
    FROM (SELECT row_number() OVER () AS place, wanted.* FROM ({wanted}) wanted) asked
    LEFT JOIN (catalog_product p JOIN exporters_producer maker
        ON maker.id = p.producer_id AND p.state = 'published' AND maker.state = 'listed') ON p.id = asked.product_id
    LEFT JOIN LATERAL (
        SELECT photo.key::text, placed.alt::json
        FROM catalog_photoplacement placed JOIN catalog_photo photo ON photo.id = placed.photo_id
        WHERE placed.product_id = p.id ORDER BY placed.position, placed.id LIMIT 1) cover ON true
    LEFT JOIN LATERAL (
        SELECT json_agg(json_build_array(incoterm_id, place, currency, unit_price::text, from_quantity::text,
            valid_until) ORDER BY offer.id) AS told
        FROM catalog_priceoffer offer WHERE offer.product_id = p.id AND valid_until >= %s) offers ON true
    LEFT JOIN LATERAL (
        SELECT array_agg(DISTINCT certificate.type_id ORDER BY certificate.type_id) AS codes
        FROM catalog_certificatecoverage covers
        JOIN exporters_certificate certificate ON certificate.id = covers.certificate_id
        WHERE covers.product_id = p.id AND certificate.state = 'verified'
            AND (certificate.expires_on IS NULL OR certificate.expires_on >= %s)) held ON true
    ORDER BY asked.place
"""


_BESIDE: Final = """
    SELECT product_id FROM (
        (SELECT product_id, category, quality FROM product_search WHERE category = %s AND product_id <> %s
            ORDER BY quality DESC, product_id DESC LIMIT %s)
        UNION
        (SELECT product_id, category, quality FROM product_search WHERE top_category = %s AND product_id <> %s
            ORDER BY quality DESC, product_id DESC LIMIT %s)) near
    ORDER BY category <> %s, quality DESC, product_id DESC LIMIT %s
"""


def read(rows: QuerySet[ProductSearch], columns: Sequence[str] = ("product_id",)) -> list[Entry]:
    """The products of these search rows, in their order. `columns` make the position; the last one is product_id."""
    wanted, params = rows.values_list(*columns).query.sql_with_params()
    return _read(wanted, params, len(columns) + 1)


def read_beside(product_id: int, category: int, top_category: int, size: int) -> list[ListedProduct]:
    """The best products of the same category, then of its parent, without the product itself."""
    same, wider = (category, product_id, size), (top_category, product_id, 2 * size)
    entries = _read(_BESIDE, (*same, *wider, category, size), 2)
    return [entry.product for entry in entries if entry.product]


def read_these(wanted: str, params: Sequence[Any], columns: int) -> list[Entry]:
    """The products of a SELECT of as many columns, in its order; product_id is the last. Raises TooSlow."""
    return _read(wanted, params, columns + 1)


def _read(wanted: str, params: Sequence[Any], at: int) -> list[Entry]:
    today = timezone.now().date()
    return [_entry(row, at) for row in rows_of(_READ.format(wanted=wanted), [*params, today, today])]


def _entry(row: tuple[Any, ...], at: int) -> Entry:
    position, own = row[1:at], row[at:]
    if own[0] is None:
        return Entry(position, None)
    key, alt, offers, codes = own[17:]
    cover = Cover(key, alt) if key else None
    offers = [_offer(*offer) for offer in offers or ()]
    product = ListedProduct._make([*own[:14], ListedProducer(*own[14:17]), cover, offers, codes or []])
    return Entry(position, product)


def _offer(incoterm: str, place: str, currency: str, price: str, quantity: str, until: str) -> ListedOffer:
    return ListedOffer(incoterm, place, currency, Decimal(price), Decimal(quantity), datetime.date.fromisoformat(until))

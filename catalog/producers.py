"""Producers in public lists: what each makes and how much of it, counted from the search rows."""

from __future__ import annotations

import uuid
from collections import defaultdict
from typing import Final

from django.db import connection

from catalog.producer_face import ProducerFace, face_of
from catalog.showing_facts import badge_names
from catalog.vocabulary import vocabulary
from exporters.models import Certificate, Producer
from kit.keyset import Keyset, Page
from kit.languages import pick

PAGE_SIZE: Final = 24
ORDER: Final = Keyset("producers", [("trade_name", "asc"), ("id", "asc")])
TRADES: Final = 3

_COUNTS: Final = """
SELECT p.producer_id, row.top_category, count(*) FROM product_search row
JOIN catalog_product p ON p.id = row.product_id WHERE p.producer_id = ANY(%s)
GROUP BY 1, 2 ORDER BY 1, 3 DESC, 2
"""

# The first photo of each producer's best product, for those without a cover picture.
_PICTURES: Final = """
SELECT DISTINCT ON (p.producer_id) p.producer_id, photo.key FROM product_search row
JOIN catalog_product p ON p.id = row.product_id
JOIN catalog_photoplacement placed ON placed.product_id = p.id
JOIN catalog_photo photo ON photo.id = placed.photo_id
WHERE p.producer_id = ANY(%s) ORDER BY p.producer_id, row.quality DESC, row.product_id DESC, placed.position, placed.id
"""


def producer_page(after: str | None, province: str | None = None) -> Page[Producer]:
    """Listed producers by name. Raises BadCursor."""
    rows = Producer.objects.listed()
    if province:
        rows = rows.filter(regency__province=province)
    return ORDER.page(rows, after, PAGE_SIZE)


def tiles(producers: list[Producer]) -> list[ProducerFace]:
    """The producers with their trades, number of products, picture and valid certificates. Three queries."""
    ids = [producer.pk for producer in producers]
    counts, pictures = product_counts(ids), _pictures(ids)
    held: dict[int, list[Certificate]] = defaultdict(list)
    for certificate in Certificate.objects.valid().filter(producer__in=ids).order_by("type", "pk"):
        held[certificate.producer_id].append(certificate)
    return [
        face_of(
            producer,
            trade=trade_text(counts.get(producer.pk, {})),
            products=sum(counts.get(producer.pk, {}).values()),
            badges=badge_names(held[producer.pk]),
            picture=pictures.get(producer.pk),
        )
        for producer in producers
    ]


def product_counts(ids: list[int]) -> dict[int, dict[int, int]]:
    """How many public products each producer has, by upper category, the most first."""
    counts: dict[int, dict[int, int]] = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS, [ids])
        for producer_id, category_id, count in cursor.fetchall():
            counts[producer_id][category_id] = count
    return counts


def _pictures(ids: list[int]) -> dict[int, uuid.UUID]:
    with connection.cursor() as cursor:
        cursor.execute(_PICTURES, [ids])
        return dict(cursor.fetchall())


def trade_text(counts: dict[int, int]) -> str:
    """What a producer makes, by the shelves that hold most of it."""
    shelves = vocabulary().categories
    return ", ".join(pick(shelves[pk].name).text for pk in list(counts)[:TRADES] if pk in shelves)

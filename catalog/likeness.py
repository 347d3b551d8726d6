"""Products that may be the same one twice: of the same producer by title, of anybody by photo.

Advice to a reviewer. Every read is bounded: so many rows of a producer, so many photos of one part of a likeness.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from typing import Final

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import F, FloatField, QuerySet, Value
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce, Greatest

from catalog.models import Photo, Product, ProductRevision
from catalog.models.revision_state import WAITING_STATES
from kit.languages import CONTENT_LANGUAGES
from kit.limited_reads import rows_of
from kit.uploads import ALIKE, is_telling, stored_likeness

log = logging.getLogger(__name__)

NEAR: Final = 0.6  # trigram similarity of two titles in one language, 0 to 1
MOST_OF_PRODUCER: Final = 1000
MOST_COMPARED: Final = 6  # photos of the product, from its cover on
MOST_PHOTOS: Final = 40
BATCH: Final = 200

# Two likenesses that differ in at most three bits share one of four parts; of those that differ in five, most do.
_ALIKE: Final = f"""
SELECT mine.id, other.id, bit_count((other.likeness # mine.likeness)::bit(64)) AS bits
FROM catalog_photo mine CROSS JOIN LATERAL (
    SELECT id, likeness FROM catalog_photo
    WHERE likeness IS NOT NULL AND likeness_parts(likeness) && likeness_parts(mine.likeness)
        AND bit_count((likeness # mine.likeness)::bit(64)) <= {ALIKE} AND id <> ALL(%(mine)s)
    ORDER BY bit_count((likeness # mine.likeness)::bit(64)), id DESC LIMIT {MOST_PHOTOS}) other
WHERE mine.id = ANY(%(mine)s) ORDER BY bits, other.id DESC LIMIT {MOST_PHOTOS}
"""  # noqa: S608  constants of this file


def titled_alike(title: Mapping[str, str], products: QuerySet[Product]) -> dict[int, float]:
    """Of these products of one producer those with a near-identical title, as the public or a reviewer sees it.

    How alike by product: 0.6 to 1.
    """
    recent = list(products.order_by("-pk").values_list("pk", flat=True)[:MOST_OF_PRODUCER])
    public = Product.objects.filter(pk__in=recent).annotate(of=F("pk"))
    proposed = ProductRevision.objects.filter(product__in=recent, state__in=WAITING_STATES).annotate(of=F("product"))
    found: dict[int, float] = {}
    for rows in (_near(public, title), _near(proposed, title)):
        for pk, alike in rows:
            found[pk] = max(alike, found.get(pk, 0))
    return found


def _near(rows: QuerySet[Product] | QuerySet[ProductRevision], title: Mapping[str, str]) -> Iterable[tuple[int, float]]:
    likenesses = [
        Coalesce(TrigramSimilarity(KT(f"title__{language}"), text), Value(0.0), output_field=FloatField())
        for language in CONTENT_LANGUAGES
        if (text := title.get(language))
    ]
    if not likenesses:
        return []
    alike = Greatest(*likenesses, Value(0.0))
    return rows.annotate(alike=alike).filter(alike__gte=NEAR).values_list("of", "alike")


def photographed_alike(photos: Iterable[Photo]) -> dict[int, int]:
    """Photos that look like one of these: the bits in which they differ, by photo.

    A picture of nearly one colour looks like any other such, and is left out. Raises TooSlow.
    """
    telling = [photo.pk for photo in photos if photo.likeness is not None and is_telling(photo.likeness)]
    mine = telling[:MOST_COMPARED]
    found: dict[int, int] = {}
    for _own, other, bits in rows_of(_ALIKE, {"mine": mine}) if mine else ():
        found.setdefault(other, bits)
    return found


def fill_likenesses() -> int:
    """Look at the photos of before, which have no likeness yet; how many have one now. Safe to run twice.

    One whose files are all gone or broken is named in the log and tried again the next night.
    """
    done, last = 0, 0
    waiting = Photo.objects.filter(likeness__isnull=True).order_by("pk")
    while batch := list(waiting.filter(pk__gt=last)[:BATCH]):
        for photo in batch:
            photo.likeness = stored_likeness(photo.key)
        known = [photo for photo in batch if photo.likeness is not None]
        Photo.objects.bulk_update(known, ["likeness"])
        done, last = done + len(known), batch[-1].pk
        for photo in batch:
            if photo.likeness is None:
                log.warning("photo %s has no file that can be read: nothing looks like it", photo.key)
    return done

"""Counts the bytes of pictures that were stored before bytes were counted, for the quota of their producers."""

from __future__ import annotations

from typing import Final, Literal

from django.db.models import Q

from catalog.models import Photo
from exporters.models import Producer
from kit.uploads import stored_bytes

BATCH: Final = 200
KINDS: Final[tuple[Literal["logo", "cover"], ...]] = ("logo", "cover")


def fill_sizes() -> int:
    """Read the sizes of pictures that count nothing yet; how many count now. Safe to run twice and beside the site.

    One whose files are gone goes on counting nothing, and is tried again the next night.
    """
    return _of_photos() + _of_producers()


def _of_photos() -> int:
    done, last = 0, 0
    waiting = Photo.objects.filter(bytes=0).order_by("pk")
    while batch := list(waiting.filter(pk__gt=last)[:BATCH]):
        for photo in batch:
            photo.bytes = stored_bytes(photo.key)
        known = [photo for photo in batch if photo.bytes]
        Photo.objects.bulk_update(known, ["bytes"])
        done, last = done + len(known), batch[-1].pk
    return done


def _of_producers() -> int:
    """Each by itself: its picture may be exchanged meanwhile, and then counts already."""
    done, last = 0, 0
    logo, cover = (Q(**{f"{kind}_key__isnull": False, f"{kind}_bytes": 0}) for kind in KINDS)
    waiting = Producer.objects.filter(logo | cover).order_by("pk")
    while batch := list(waiting.filter(pk__gt=last)[:BATCH]):
        for producer in batch:
            done += sum(_of_picture(producer, kind) for kind in KINDS)
        last = batch[-1].pk
    return done


def _of_picture(producer: Producer, kind: Literal["logo", "cover"]) -> int:
    key, size = getattr(producer, f"{kind}_key"), f"{kind}_bytes"
    if key is None or getattr(producer, size) or not (total := stored_bytes(key)):
        return 0
    same = Producer.objects.filter(pk=producer.pk, **{f"{kind}_key": key, size: 0})
    return same.update(**{size: total})

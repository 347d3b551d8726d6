"""How much room the files of one producer may take: settings.UPLOAD_QUOTA_MB for its pictures and certificates."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.conf import settings
from django.db import connection
from django.db.models import Sum

from exporters.models import Certificate, Producer
from kit.uploads import UploadRefused

LOCK: Final = 0x51_0A  # of the database's advisory locks: one upload of a producer is counted at a time


def used_bytes(producer_id: int) -> int:
    """What is stored for a producer now: photos, logo, cover and the files of its certificates."""
    certificates = Certificate.objects.filter(producer=producer_id).aggregate(total=Sum("file_bytes"))["total"]
    own = Producer.objects.filter(pk=producer_id).annotate(photo_bytes=Sum("photos__bytes"))
    photos, logo, cover = own.values_list("photo_bytes", "logo_bytes", "cover_bytes").first() or (0, 0, 0)
    return (certificates or 0) + (photos or 0) + logo + cover


def refuse_full(producer_id: int) -> None:
    """Say so before a file is read when there is no room at all. Raises UploadRefused (quota_reached)."""
    if used_bytes(producer_id) >= _quota():
        raise UploadRefused("quota_reached", max_bytes=_quota())


def take_room(producer_id: int, size: int) -> None:
    """Check that `size` bytes more fit; nobody else takes room until the caller's transaction ends.

    Call it last, before the row is written: it holds a lock. Raises UploadRefused (quota_reached).
    """
    _count_alone(producer_id)
    if used_bytes(producer_id) + size > _quota():
        raise UploadRefused("quota_reached", max_bytes=_quota())


@contextmanager
def kept(producer_id: int) -> Iterator[None]:
    """Around a change that puts one file in the place of another: afterwards no more is used than fits, or than before.

    Begin it inside the transaction, before the change locks any row. Raises UploadRefused (quota_reached).
    """
    _count_alone(producer_id)
    before = used_bytes(producer_id)
    yield
    if used_bytes(producer_id) > max(_quota(), before):
        raise UploadRefused("quota_reached", max_bytes=_quota())


def _count_alone(producer_id: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK, producer_id])


def _quota() -> int:
    quota: int = settings.UPLOAD_QUOTA_MB * 1024 * 1024
    return quota

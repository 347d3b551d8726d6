"""Covers that curators upload for their collections: made anew from their pixels, within the room of their mission."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import connection, transaction
from django.db.models import Sum

from accounts import ratelimit
from accounts.models import User
from kit.uploads import UploadRefused, delete_picture, store_picture
from markets.models import Collection

LOCK: Final = 0x51_0E  # of the database's advisory locks: one cover of a mission is counted at a time


def count_try(user: User) -> None:
    """Count an upload; call it outside a transaction. Raises TooMany."""
    ratelimit.hit("upload", f"curator:{user.pk}")


def used_bytes(mission_id: int | None) -> int:
    """What the uploaded covers of a mission take now; None: those of the ministry."""
    found = Collection.objects.filter(mission=mission_id).aggregate(total=Sum("own_cover_bytes"))["total"]
    return found or 0


def upload_cover(collection: Collection, file: UploadedFile[bytes], *, by: User) -> None:
    """Show this picture as the cover. The caller has checked that `by` may curate the collection, and counted the try.

    Raises UploadRefused; quota_reached is about settings.UPLOAD_QUOTA_MB, which the covers of one mission may take.
    """
    stored = store_picture(file)
    try:
        with transaction.atomic():
            _take_room(collection, stored.bytes)
            collection.change_cover(stored, by=by)
    except BaseException:
        delete_picture(stored.key)
        raise


def _take_room(collection: Collection, size: int) -> None:
    """Nobody else of the mission takes room until the transaction ends. What it replaces goes, so it does not count."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK, collection.mission_id or 0])
    collection.refresh_from_db(fields=["own_cover_bytes"])
    quota = settings.UPLOAD_QUOTA_MB * 1024 * 1024
    if used_bytes(collection.mission_id) - collection.own_cover_bytes + size > quota:
        raise UploadRefused("quota_reached", max_bytes=quota)

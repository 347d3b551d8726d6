"""Files in the storage that belong to nothing, and photos that nobody shows any more.

A killed server leaves files without a row; a comparison that is over leaves a photo without a place. Both are found by
reading the storage first and the rows after it: what an upload adds meanwhile is in neither list, and what is younger
than the given age is left alone, because its row may still be on its way.
"""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from django.core.files.storage import Storage, default_storage
from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone

from catalog.models import Photo, PhotoPlacement, ProductRevision
from catalog.models.revision_state import OPEN_STATES
from exporters.models import Certificate, Producer
from inquiries.attachments import FOLDER as ATTACHMENTS
from inquiries.models import BuyingRequest, EnquiryAttachment
from kit.uploads import delete_picture, picture_path
from kit.uploads.pictures import FILE_NAMES
from markets.models import Collection
from promotion.making import FOLDER as DOCUMENTS
from promotion.models import Document

PICTURES, CERTIFICATES, PROBES = "pictures", "certificates", "probe"
FOLDERS: Final = (PICTURES, CERTIFICATES, ATTACHMENTS, DOCUMENTS, PROBES)
"""Where we look. Anything beside them is not ours to judge."""


@dataclass
class Orphans:
    """What was found: names of files with their bytes, keys of photos, and names of files that rows miss."""

    files: dict[str, int] = field(default_factory=dict)
    photos: list[uuid.UUID] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)

    @property
    def bytes(self) -> int:
        """What the files take."""
        return sum(self.files.values())


def find(*, older_than: datetime.timedelta, storage: Storage | None = None) -> Orphans:
    """Look through the storage and the rows; nothing is changed."""
    where = storage or default_storage
    before = timezone.now() - older_than
    expected = set(_names_in_use())  # of files that have to be there: read before the storage
    stored = {name for folder in FOLDERS for name in _names_in(folder, where)}
    used = set(_names_in_use())  # of files that must stay: read after it
    found = Orphans(photos=_photos_without_place(before), lost=sorted((expected & used) - stored))
    for name in sorted(stored - used):
        if _is_older(name, before, where):
            found.files[name] = where.size(name)
    return found


def remove(found: Orphans, *, storage: Storage | None = None) -> int:
    """Delete what was found, unless a row took it meanwhile; how many files went."""
    where = storage or default_storage
    used = set(_names_in_use())
    names = [name for name in found.files if name not in used]
    for name in names:
        where.delete(name)
    return len(names) + sum(_remove_photo(key, where) for key in found.photos)


def _names_in_use() -> Iterator[str]:
    for key in Photo.objects.values_list("key", flat=True).iterator():
        yield from _picture_names(key)
    for pair in Producer.objects.values_list("logo_key", "cover_key").iterator():
        for key in filter(None, pair):
            yield from _picture_names(key)
    for shown in BuyingRequest.objects.exclude(picture_key=None).values_list("picture_key", flat=True).iterator():
        yield from _picture_names(shown) if shown else ()
    for cover in Collection.objects.values_list("own_cover_key", flat=True).iterator():
        yield from _picture_names(cover) if cover else ()
    for names in Certificate.objects.values_list("file_path", "first_page_path").iterator():
        yield from filter(None, names)
    yield from EnquiryAttachment.objects.values_list("file_path", flat=True).iterator()
    for whole, parts in Document.objects.values_list("file_path", "parts").iterator():
        yield from filter(None, [whole, *(part["file"] for part in parts)])


def _picture_names(key: uuid.UUID) -> Iterator[str]:
    return (picture_path(key, size) for size in FILE_NAMES)


def _names_in(folder: str, storage: Storage) -> Iterator[str]:
    """The files of a folder and of those in it; a folder that is not there yet has none."""
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:
        return
    yield from (f"{folder}/{name}" for name in files)
    for inner in folders:
        yield from _names_in(f"{folder}/{inner}", storage)


def _is_older(name: str, before: datetime.datetime, storage: Storage) -> bool:
    try:
        return storage.get_modified_time(name) < before
    except FileNotFoundError:  # deleted meanwhile
        return False


def _photos_without_place(before: datetime.datetime) -> list[uuid.UUID]:
    """Photos that no product and no revision shows, but for those that a reviewer still compares with."""
    alone = Photo.objects.filter(placements__isnull=True, uploaded_at__lt=before)
    compared = _compared()
    return [key for key in alone.order_by("pk").values_list("key", flat=True) if str(key) not in compared]


def _compared() -> set[str]:
    revisions = ProductRevision.objects.filter(state__in=OPEN_STATES, content_at_request__isnull=False)
    snapshots = revisions.values_list("content_at_request", flat=True)
    return {shown["photo"] for snapshot in snapshots for shown in (snapshot or {}).get("photos", ())}


def _remove_photo(key: uuid.UUID, storage: Storage) -> int:
    """The row first: it refuses to go when the photo was placed meanwhile."""
    with transaction.atomic():
        photo = Photo.objects.select_for_update().filter(key=key).first()
        if photo is None or PhotoPlacement.objects.filter(photo=photo).exists() or str(key) in _compared():
            return 0
        try:
            photo.delete()
        except ProtectedError:
            return 0
    delete_picture(key, storage=storage)
    return len(FILE_NAMES)

"""A picture and its sizes: one master for print and later sizes, WebP for pages, JPEG for link previews."""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import dataclass
from typing import Final, Literal

from django.core.files.storage import Storage, default_storage
from PIL import Image

from kit.uploads.decoding import decoded, encode, fit
from kit.uploads.likeness import likeness_of_file
from kit.uploads.refusals import MAX_PICTURE_BYTES, Readable, read_bounded
from kit.uploads.writing import write_all

PictureSize = Literal["320", "640", "1280", "preview", "master"]
LONGER_SIDE: Final[dict[PictureSize, int]] = {"320": 320, "640": 640, "1280": 1280, "preview": 1280, "master": 2048}
FILE_NAMES: Final[dict[PictureSize, str]] = {
    "320": "320.webp",
    "640": "640.webp",
    "1280": "1280.webp",
    "preview": "preview.jpg",
    "master": "master.jpg",
}
SMALLER: Final[tuple[tuple[PictureSize, Literal["JPEG", "WEBP"], int], ...]] = (
    ("1280", "WEBP", 78),
    ("preview", "JPEG", 80),
    ("640", "WEBP", 75),
    ("320", "WEBP", 75),
)


@dataclass(frozen=True)
class StoredPicture:
    """A picture in our storage under `key`.

    `width` and `height` are the upright pixels of what was sent (the rule about the shorter side is
    judged on them), `master_width` and `master_height` those of the master; `sha256` is the master's;
    `likeness` says how it looks (kit/uploads/likeness.py), `bytes` what all its files take.
    """

    key: uuid.UUID
    width: int
    height: int
    master_width: int
    master_height: int
    sha256: str
    likeness: int
    bytes: int


def store_picture(file: Readable, *, storage: Storage | None = None) -> StoredPicture:
    """Check a picture, make its sizes and write them under `pictures/<key>/`.

    Raises UploadRefused. An error of the storage passes through, after what was written is removed.
    """
    data = read_bounded(file, MAX_PICTURE_BYTES)
    key = uuid.uuid4()
    with decoded(data, LONGER_SIDE["master"]) as (master, width, height):
        files = _encode_sizes(master)
        master_width, master_height = master.size
    likeness = likeness_of_file(files["320"])
    write_all({picture_path(key, size): content for size, content in files.items()}, storage or default_storage)
    sha256 = hashlib.sha256(files["master"]).hexdigest()
    return StoredPicture(
        key, width, height, master_width, master_height, sha256, likeness, sum(map(len, files.values()))
    )


def picture_path(key: uuid.UUID, size: PictureSize) -> str:
    """Where one size of a picture is kept, relative to the storage."""
    return f"pictures/{key}/{FILE_NAMES[size]}"


def picture_sizes(width: int, height: int) -> dict[PictureSize, tuple[int, int]]:
    """Width and height in pixels of each stored size, from the upright size of the picture or of its master."""
    return {size: fit(width, height, longer) for size, longer in LONGER_SIDE.items()}


def stored_bytes(key: uuid.UUID, *, storage: Storage | None = None) -> int:
    """What all files of a picture take; 0 when none is there."""
    where = storage or default_storage
    names = (picture_path(key, size) for size in FILE_NAMES)
    return sum(where.size(name) for name in names if where.exists(name))


def delete_picture(key: uuid.UUID, *, storage: Storage | None = None) -> None:
    """Remove every size of a picture; a missing one is not an error."""
    where = storage or default_storage
    for size in FILE_NAMES:
        where.delete(picture_path(key, size))


def _encode_sizes(master: Image.Image) -> dict[PictureSize, bytes]:
    """All files of a picture; each smaller one is made from the one before, largest first."""
    sizes = picture_sizes(*master.size)
    files: dict[PictureSize, bytes] = {"master": encode(master, "JPEG", quality=88)}
    picture = master
    for name, encoding, quality in SMALLER:
        if picture.size != sizes[name]:
            picture = picture.resize(sizes[name], Image.Resampling.LANCZOS, reducing_gap=3.0)
        files[name] = encode(picture, encoding, quality=quality)
    return files

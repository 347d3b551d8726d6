"""How a picture looks, in 64 bits: pictures that look alike differ in few of them (a difference hash, dHash).

The picture is made grey and 9 × 8 pixels small; each bit says whether a pixel is brighter than its right neighbour.
Scaling, recompressing and a change of brightness leave nearly all bits; cropping and turning do not.
"""

from __future__ import annotations

import uuid
from typing import Final

from django.core.files.storage import Storage, default_storage
from PIL import Image

from kit.uploads.decoding import decoded
from kit.uploads.refusals import UploadRefused

ALIKE: Final = 5
"""Pictures that differ in at most so many bits look the same to a person."""
PLAIN: Final = 6
"""With fewer bits set (or unset) a picture is nearly one colour, and like any other such."""
_WIDTH, _HEIGHT = 9, 8
_LONGER_SIDE: Final = 320  # px, of the smallest size


def likeness_of(picture: Image.Image) -> int:
    """The 64 bits as a signed number, as a database keeps it."""
    small = picture.convert("L").resize((_WIDTH, _HEIGHT), Image.Resampling.BOX)
    levels = small.tobytes()
    bits = 0
    for row in range(_HEIGHT):
        for column in range(_WIDTH - 1):
            here = row * _WIDTH + column
            bits = bits << 1 | (levels[here] > levels[here + 1])
    return bits - (1 << 64) if bits >> 63 else bits


def distance(one: int, other: int) -> int:
    """In how many of the 64 bits two pictures differ."""
    return ((one ^ other) & (1 << 64) - 1).bit_count()


def is_telling(likeness: int) -> bool:
    """Does the picture show enough to compare it by?"""
    bits = distance(likeness, 0)
    return PLAIN <= bits <= 64 - PLAIN


def likeness_of_file(data: bytes) -> int:
    """The likeness of one of our files; of the smallest size, so that it is the same at the upload and later.

    Raises UploadRefused when it is broken.
    """
    with decoded(data, _LONGER_SIDE) as (picture, _width, _height):
        return likeness_of(picture)


def stored_likeness(key: uuid.UUID, *, storage: Storage | None = None) -> int | None:
    """The likeness of a picture in our storage, from its smallest size that can be read; None when none can."""
    from kit.uploads.pictures import FILE_NAMES, picture_path

    for size in FILE_NAMES:
        try:
            with (storage or default_storage).open(picture_path(key, size)) as file:
                return likeness_of_file(file.read())
        except (OSError, UploadRefused):
            continue
    return None

"""A stored picture cut to an exact size: for print, and for link previews and posts."""

from __future__ import annotations

import io
import uuid
from typing import Final

from django.core.files.storage import Storage, default_storage
from PIL import Image, ImageOps

from kit.uploads.decoding import decoded
from kit.uploads.pictures import LONGER_SIDE, picture_path
from kit.uploads.refusals import UploadRefused

LEAST_KEPT: Final = 0.66
"""When a cut would keep less than this share of the picture, the whole picture is shown on a plain ground instead."""
GROUND: Final = "#f4efe4"
QUALITY: Final = 85


def cut_picture(
    key: uuid.UUID, width: int, height: int, *, may_enlarge: bool = True, storage: Storage | None = None
) -> bytes | None:
    """A JPEG of `width` × `height` pixels, made from the master; None when the storage has lost that.

    Unless it `may_enlarge`, it has no more pixels than the master gives, in the same shape: paper needs no more.
    """
    try:
        with (storage or default_storage).open(picture_path(key, "master"), "rb") as file:
            data = file.read()
        with decoded(data, LONGER_SIDE["master"]) as (master, _width, _height):
            least = 1.0 if may_enlarge else min(1.0, master.width / width, master.height / height)
            return _jpeg(_fitted(master, (round(width * least), round(height * least))))
    except (FileNotFoundError, UploadRefused):
        return None


def _fitted(master: Image.Image, size: tuple[int, int]) -> Image.Image:
    shape = (master.width / master.height) / (size[0] / size[1])
    if min(shape, 1 / shape) >= LEAST_KEPT:
        return ImageOps.fit(master, size, Image.Resampling.LANCZOS)
    return ImageOps.pad(master, size, Image.Resampling.LANCZOS, color=GROUND)


def _jpeg(picture: Image.Image) -> bytes:
    """A plain file, quick to make: it is read by printers and made by the hundred."""
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()

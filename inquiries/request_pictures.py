"""The one picture of a buying request: made anew from its pixels, private, and gone with what it belonged to."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, Http404

from accounts import ratelimit
from accounts.models import User
from inquiries.models import BuyingRequest
from kit import private_files
from kit.uploads import delete_picture, picture_path, store_picture

SIZES: Final = ("320", "640", "1280")


def count_try(file: UploadedFile[bytes] | None, *, by: User) -> None:
    """Count the picture before it is read, outside any transaction. Raises ratelimit.TooMany."""
    if file is not None:
        ratelimit.hit("upload", f"user:{by.pk}")


@contextmanager
def taken_in(file: UploadedFile[bytes] | None) -> Iterator[uuid.UUID | None]:
    """The key under which the picture is stored while the block runs; it never outlives a failure of the block.

    Raises kit.uploads.UploadRefused.
    """
    if file is None:
        yield None
        return
    stored = store_picture(file)
    try:
        yield stored.key
    except BaseException:
        delete_picture(stored.key)
        raise


def picture_file(request: BuyingRequest, size: str) -> FileResponse:
    """One size of the picture; the caller has checked who asks. Raises Http404 when there is none."""
    if request.picture_key is None or size not in SIZES:
        raise Http404
    path = picture_path(request.picture_key, size)  # type: ignore[arg-type]
    return private_files.in_place(path, f"request-{request.pk}-{size}", ending="webp")

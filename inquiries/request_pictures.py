"""The one picture of a buying request: made anew from its pixels, private, and gone with what it belonged to."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, Http404

from accounts import ratelimit
from accounts.models import User
from inquiries.models import BuyingRequest
from kit.uploads import delete_picture, picture_path, store_picture

SIZES = {"320": "image/webp", "640": "image/webp", "1280": "image/webp"}


@contextmanager
def taken_in(file: UploadedFile[bytes] | None, *, by: User) -> Iterator[uuid.UUID | None]:
    """The key under which the picture is stored while the block runs; it never outlives a failure of the block.

    Raises kit.uploads.UploadRefused, ratelimit.TooMany.
    """
    if file is None:
        yield None
        return
    ratelimit.hit("upload", f"user:{by.pk}")
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
    try:
        file = default_storage.open(picture_path(request.picture_key, size))  # type: ignore[arg-type]
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(file, content_type=SIZES[size])
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'"
    return response

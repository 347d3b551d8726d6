"""The files of pictures: our own sizes, never what somebody sent."""

from __future__ import annotations

import uuid

from django.contrib.auth.decorators import login_not_required
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.views.decorators.http import require_safe

from kit.uploads import picture_path
from markets.picture_access import access_to

CONTENT_TYPES = {
    "320": "image/webp", "640": "image/webp", "1280": "image/webp", "preview": "image/jpeg", "master": "image/jpeg",
}  # fmt: skip
PUBLIC = "public, max-age=86400"
PRIVATE = "private, no-store"


@login_not_required
@require_safe
def photo(request: HttpRequest, key: uuid.UUID, size: str) -> HttpResponse | FileResponse:
    """One size of a picture; 404 when it is not there or not for this person."""
    if size not in CONTENT_TYPES:
        raise Http404
    access = access_to(key, request.user)
    if not access.may_see:
        raise Http404
    etag = f'"{key}-{size}"'  # a picture never changes under its key
    if request.headers.get("If-None-Match") == etag:
        response: HttpResponse | FileResponse = HttpResponseNotModified()
    else:
        response = file_of(key, size)
    response["ETag"] = etag
    response["Cache-Control"] = PUBLIC if access.is_public else PRIVATE
    return response


def file_of(key: uuid.UUID, size: str) -> FileResponse:
    """The file of one size, harmless to open. Raises Http404 when the storage has none."""
    try:
        file = default_storage.open(picture_path(key, size))  # type: ignore[arg-type]
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(file, content_type=CONTENT_TYPES[size])
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'"
    return response

"""How a private file is given out: as a download that no browser runs, frames or keeps."""

from __future__ import annotations

from typing import Final, TypeVar

from django.core.files import File
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

Answer = TypeVar("Answer", bound=HttpResponseBase)
KINDS: Final = {"pdf": ("pdf", "application/pdf"), "picture": ("jpg", "image/jpeg")}
"""Ending and content type of what `kit.uploads.read_document` keeps."""
LOOKED_AT: Final = {"jpg": "image/jpeg", "webp": "image/webp"}
"""Of pictures that `kit.uploads` makes."""


def download(path: str, kind: str, name: str) -> FileResponse:
    """A stored file to keep, called `name` with the ending of its kind; the caller has checked who may have it.

    The name is ours: people's words never become file names. Raises Http404 when the storage has lost it.
    """
    ending, content_type = KINDS[kind]
    file = _opened(path)
    return _private(FileResponse(file, as_attachment=True, filename=f"{name}.{ending}", content_type=content_type))


def made(content: bytes, kind: str, name: str) -> HttpResponse:
    """A file to keep that was made for this answer and is stored nowhere; else as `download`."""
    ending, content_type = KINDS[kind]
    disposition = {"Content-Disposition": content_disposition_header(True, f"{name}.{ending}") or "attachment"}
    return _private(HttpResponse(content, content_type=content_type, headers=disposition))


def in_place(path: str, name: str, *, ending: str = "jpg") -> FileResponse:
    """A picture that we made ourselves, to be looked at in the page. Raises Http404 when the storage has lost it."""
    return _private(FileResponse(_opened(path), filename=f"{name}.{ending}", content_type=LOOKED_AT[ending]))


def _opened(path: str) -> File[bytes]:
    try:
        return default_storage.open(path, "rb")
    except FileNotFoundError as error:
        raise Http404 from error


def _private(response: Answer) -> Answer:
    """Kept by nobody, run by no browser, framed by no page."""
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'; frame-ancestors 'none'"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response

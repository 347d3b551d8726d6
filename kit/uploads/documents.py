"""Certificates and other papers: a PDF without anything active, or a picture made anew."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Final, Literal

from django.core.files.storage import Storage, default_storage

from kit.uploads.confined import ReaderFailed, read_pdf
from kit.uploads.decoding import decoded, encode
from kit.uploads.pdf_scan import find_danger
from kit.uploads.refusals import MAX_DOCUMENT_BYTES, Readable, UploadRefused, read_bounded
from kit.uploads.writing import write_all

DOCUMENT_SIDE: Final = 3508
"""Longer side of a photographed paper in pixels: A4 at 300 dots per inch stays readable."""

FIRST_PAGE_SIDE: Final = 1400


@dataclass(frozen=True)
class StoredDocument:
    """A file in the private storage; `bytes` is the size of what is stored."""

    name: str
    kind: Literal["pdf", "picture"]
    bytes: int


def read_document(
    file: Readable,
    *,
    folder: str = "certificates",
    max_bytes: int = MAX_DOCUMENT_BYTES,
    storage: Storage | None = None,
) -> StoredDocument:
    """Check a file and keep it as `<folder>/<random>.pdf` or `.jpg` in the storage.

    A PDF is told by its first bytes and kept as it is; a picture is made anew as a JPEG. Raises UploadRefused.
    """
    data = read_bounded(file, max_bytes)
    kind: Literal["pdf", "picture"]
    if data.startswith(b"%PDF-"):
        finding = find_danger(data)
        if finding is not None:
            raise UploadRefused(finding)
        kind, content, ending = "pdf", data, "pdf"
    else:
        try:
            with decoded(data, DOCUMENT_SIDE) as (picture, _width, _height):
                kind, content, ending = "picture", encode(picture, "JPEG", quality=85), "jpg"
        except UploadRefused as refusal:
            if refusal.code == "not_a_picture":
                raise UploadRefused("not_a_document") from refusal
            raise
    name = f"{folder}/{uuid.uuid4()}.{ending}"
    write_all({name: content}, storage or default_storage)
    return StoredDocument(name, kind, len(content))


def store_first_page(name: str, *, storage: Storage | None = None) -> str | None:
    """Keep a picture of the first page beside the document `name`; the picture's name, or None when none can be made.

    The page is drawn by a process with limits, and what that answers is decoded like any picture that was sent.
    """
    where = storage or default_storage
    with where.open(name, "rb") as file:
        data = file.read(MAX_DOCUMENT_BYTES + 1)
    try:
        drawn = read_pdf("draw", data, str(FIRST_PAGE_SIDE)) if name.endswith(".pdf") else data
        with decoded(drawn, FIRST_PAGE_SIDE) as (picture, _width, _height):
            content = encode(picture, "JPEG", quality=80)
    except (ReaderFailed, UploadRefused):
        return None
    path = f"certificates/{uuid.uuid4()}-1.jpg"
    write_all({path: content}, where)
    return path


def delete_document(name: str, *, storage: Storage | None = None) -> None:
    """Remove a file that was kept; a missing one is not an error."""
    (storage or default_storage).delete(name)

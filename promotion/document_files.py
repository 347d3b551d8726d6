"""How a document is given out: by a link that ends, as a download that no browser runs or keeps."""

from __future__ import annotations

from typing import Final

from django.core.signing import BadSignature, TimestampSigner
from django.http import FileResponse
from django.urls import reverse

from accounts import audit
from accounts.models import User
from kit import private_files
from promotion.models import Document

LINK_SECONDS: Final = 60 * 60
_SIGNER: Final = TimestampSigner(salt="promotion.document")


def download_url(document: Document, user: User) -> str:
    """A link to the file for this person, good for an hour."""
    key = _SIGNER.sign(f"{document.pk}-{user.pk}")
    return reverse("admin:document_file", kwargs={"pk": document.pk, "key": key})


def is_good(key: str, document: Document, user: User) -> bool:
    """Was the link made for this document and this person within the hour?"""
    try:
        return _SIGNER.unsign(key, max_age=LINK_SECONDS) == f"{document.pk}-{user.pk}"
    except BadSignature:  # SignatureExpired is one
        return False


def download(document: Document, *, by: User) -> FileResponse:
    """The file; the caller has checked that `by` may have it. Raises Http404 when the storage has lost it."""
    kind = document.kind.replace("_", "-")
    place = document.collection.slug if document.collection else document.market_id
    name = f"{kind}-{place}-{document.language}-{document.as_of}"
    file = private_files.download(document.file_path, "pdf", name)
    audit.record("download", document, by=by)
    return file

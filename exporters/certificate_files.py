"""How a certificate's private file is taken in, and given out as a download that no browser runs or keeps.

Reviewers also see a picture of the first page: made by us from pixels, the only part that a browser shows in place.
"""

from __future__ import annotations

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import FileResponse, Http404
from django.utils.text import slugify

from accounts import audit, ratelimit
from accounts.models import User
from exporters import quota
from exporters.first_page import ask_for_pictures
from exporters.models import Certificate
from kit import private_files
from kit.uploads import delete_document, read_document


def take_in(certificate: Certificate, file: UploadedFile[bytes], *, by: User) -> Certificate:
    """Check and keep the file of a new certificate, then hand it in; the file never outlives a failure.

    Raises kit.uploads.UploadRefused, ratelimit.TooMany, ValidationError.
    """
    ratelimit.hit("upload", f"producer:{certificate.producer_id}")
    quota.refuse_full(certificate.producer_id)
    stored = read_document(file)
    certificate.file_path, certificate.file_kind, certificate.file_bytes = stored.name, stored.kind, stored.bytes
    try:
        with transaction.atomic():
            quota.take_room(certificate.producer_id, stored.bytes)
            certificate.submit(by=by)
            ask_for_pictures()
        return certificate
    except BaseException:
        delete_document(stored.name)
        raise


def download(certificate: Certificate, *, by: User) -> FileResponse:
    """The file; the caller has checked that `by` may have it. Each download is in the audit trail.

    Raises Http404 when the storage has lost it.
    """
    file = private_files.download(certificate.file_path, certificate.file_kind, _name(certificate))
    audit.record("download", certificate, by=by)
    return file


def first_page(certificate: Certificate, *, by: User) -> FileResponse:
    """The picture of the first page; the caller has checked that `by` may have it. It is in the audit trail too.

    Raises Http404 when there is none (yet).
    """
    if not certificate.first_page_path:
        raise Http404
    picture = private_files.in_place(certificate.first_page_path, f"{_name(certificate)}-page-1")
    audit.record("look", certificate, by=by)
    return picture


def _name(certificate: Certificate) -> str:
    return f"certificate-{slugify(certificate.type_id)}-{certificate.pk}"

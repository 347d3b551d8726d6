"""How a certificate's private file is taken in, and given out as a download that no browser runs or keeps."""

from __future__ import annotations

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, Http404
from django.utils.text import slugify

from accounts import audit, ratelimit
from accounts.models import User
from exporters.models import Certificate
from kit.uploads import delete_document, read_document


def take_in(certificate: Certificate, file: UploadedFile[bytes], *, by: User) -> Certificate:
    """Check and keep the file of a new certificate, then hand it in; the file never outlives a failure.

    Raises kit.uploads.UploadRefused, ratelimit.TooMany, ValidationError.
    """
    ratelimit.hit("upload", f"producer:{certificate.producer_id}")
    stored = read_document(file)
    certificate.file_path, certificate.file_kind, certificate.file_bytes = stored.name, stored.kind, stored.bytes
    try:
        return certificate.submit(by=by)
    except BaseException:
        delete_document(stored.name)
        raise


def download(certificate: Certificate, *, by: User) -> FileResponse:
    """The file; the caller has checked that `by` may have it. Each download is in the audit trail.

    Its name is ours: people's words never become file names. Raises Http404 when the storage has lost it.
    """
    try:
        file = default_storage.open(certificate.file_path, "rb")
    except FileNotFoundError as error:
        raise Http404 from error
    ending = "pdf" if certificate.file_kind == "pdf" else "jpg"
    name = f"certificate-{slugify(certificate.type_id)}-{certificate.pk}.{ending}"
    kind = "application/pdf" if ending == "pdf" else "image/jpeg"
    audit.record("download", certificate, by=by)
    response = FileResponse(file, as_attachment=True, filename=name, content_type=kind)
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response

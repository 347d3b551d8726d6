"""How a certificate's private file is given out: as a download that no browser runs or keeps."""

from __future__ import annotations

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404
from django.utils.text import slugify

from accounts import audit
from accounts.models import User
from exporters.models import Certificate


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

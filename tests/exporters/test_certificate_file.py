from __future__ import annotations

from django.core.files.storage import default_storage
from django.test import Client

from accounts.models import AuditEntry
from exporters.models import Certificate
from tests.exporters.certificates import GOOD_PDF, NEW, said


def test_S16_the_file_is_a_download_that_no_browser_runs_or_keeps(desk: Client, owner):
    desk.post(NEW, said())
    certificate = Certificate.objects.get()
    response = desk.get(f"/en/desk/certificates/{certificate.pk}/file/")
    assert b"".join(response.streaming_content) == GOOD_PDF  # type: ignore[attr-defined]
    assert response["Content-Disposition"] == f'attachment; filename="certificate-halal-{certificate.pk}.pdf"'
    assert response["Content-Type"] == "application/pdf"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-store"
    assert response["Content-Security-Policy"].startswith("sandbox")
    assert AuditEntry.objects.get(verb="download").by == owner


def test_a_lost_file_is_a_404(desk: Client, owner):
    desk.post(NEW, said())
    certificate = Certificate.objects.get()
    default_storage.delete(certificate.file_path)
    assert desk.get(f"/en/desk/certificates/{certificate.pk}/file/").status_code == 404


def test_S16_no_address_serves_the_folder(desk: Client, owner):
    desk.post(NEW, said())
    path = Certificate.objects.get().file_path
    for address in (f"/media/{path}", f"/{path}", f"/static/{path}", f"/uploads/{path}"):
        assert desk.get(address).status_code == 404

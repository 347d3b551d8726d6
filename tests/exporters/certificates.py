"""What the tests of certificates send."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from exporters.models import Membership
from tests.factories import CertificateTypeFactory, in_days
from tests.kit import pdf_corpus

NEW, LIST = "/en/desk/certificates/new/", "/en/desk/certificates/"
GOOD_PDF = next(content for _name, content in pdf_corpus.accepted_files())


def said(**more: Any) -> dict[str, Any]:
    CertificateTypeFactory.create()
    producer = Membership.objects.get().producer
    form = {
        "producer": producer.pk,
        "type": "HALAL",
        "number": "ID31110000123450321",
        "issuer": "BPJPH",
        "issued_on": in_days(-30).isoformat(),
        "expires_on": in_days(300).isoformat(),
        "file": SimpleUploadedFile("halal kami.pdf", GOOD_PDF, content_type="application/pdf"),
    }
    return form | more

"""S17: no address reads spreadsheets; one that is sent in place of a picture or a document is refused unopened."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.urls import reverse
from django.utils.translation import override

from exporters.models import Certificate
from tests.factories import in_days
from tests.inquiries.asking_pages import request_form
from tests.world import World

CHANGED = ("api:buying-request-detail",)
UNPACKED = 64 * 1024 * 1024
ROWS = b"<row><c t=\"inlineStr\"><is><t>=cmd|' /C calc'!A0</t></is></c></row>" * 16_000


@pytest.fixture(scope="module")
def bomb() -> bytes:
    """A workbook as Excel names its parts, whose one sheet unpacks to 64 MB of formulas and opens with an entity."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("[Content_Types].xml", "<Types/>")
        with book.open("xl/worksheets/sheet1.xml", "w") as sheet:
            sheet.write(b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><worksheet><sheetData>&a;')
            for _time in range(UNPACKED // len(ROWS)):
                sheet.write(ROWS)
    return packed.getvalue()


def sendings(world: World) -> dict[str, tuple[str, dict[str, Any], str, dict[str, Any]]]:
    """Address names that take files: who sends, their keys, the field of the file, and the rest of a good form."""
    old = Certificate.objects.get(pk=world.verified.pk)
    paper = {"number": "ID31110000123450321", "issuer": "BPJPH", "issued_on": in_days(-30).isoformat()}
    new = {**paper, "expires_on": in_days(3000).isoformat()}
    first = {**new, "producer": world.producer.pk, "type": old.type_id}
    cover, asked = world.shared, {**request_form(), "seen_version": world.buying_request.version}
    written = {"text": "Kami kirim daftarnya.", "language": "id", "kind": "text", "submission_key": "key-of-the-test"}
    spoken = {name: written[name] for name in ("text", "language")}
    wanted = {name: said for name, said in request_form().items() if name != "submission_key"}
    maker, importer, mission = "own_producer", "importer", "mission_own"
    return {
        "photo_upload": (maker, {"pk": world.draft.pk}, "photos", {}),
        "producer_picture": (maker, {"pk": world.producer.pk}, "picture", {"kind": "logo"}),
        "certificate_create": (maker, {}, "file", first),
        "certificate_renew": (maker, {"pk": old.pk}, "file", new),
        "enquiry_detail": (importer, {"pk": world.enquiry.pk}, "attachments", written),
        "desk_enquiry": (maker, {"pk": world.enquiry.pk}, "attachments", written),
        "buying_request_create": (importer, {}, "picture", asked),
        "buying_request_change": (importer, {"pk": world.buying_request.pk}, "picture", asked),
        "admin:collection_cover": (mission, {"pk": cover.pk}, "picture", {}),
        "api:my-photo-list": (maker, {}, "file", {"revision": world.draft.pk}),
        "api:my-certificate-list": (maker, {}, "file", first),
        "api:my-certificate-renew": (maker, {"pk": old.pk}, "file", new),
        "api:enquiry-messages": (importer, {"pk": world.enquiry.pk}, "attachments", spoken),
        "api:my-enquiry-messages": (maker, {"pk": world.enquiry.pk}, "attachments", {**spoken, "kind": "text"}),
        "api:my-enquiry-refuse": (maker, {"pk": world.enquiry.pk}, "attachments", {**spoken, "reason": "price"}),
        "api:buying-request-list": (importer, {}, "picture", wanted),
        "api:buying-request-detail": (importer, {"pk": world.buying_request.pk}, "picture", {"version": 1}),
        "api:collection-cover": (mission, {"slug": cover.slug}, "file", {}),
    }


def files() -> list[Path]:
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(settings.UPLOADS))
def test_S17_a_spreadsheet_is_refused_unopened_wherever_files_are_taken(name, world, bomb, monkeypatch):
    def opened(*_args: object, **_more: object) -> None:
        pytest.fail("The workbook was unpacked.")

    monkeypatch.setattr(zipfile, "ZipFile", opened)
    client = Client()
    who, keys, field, rest = sendings(world)[name]
    client.force_login(world.people[who])
    with override("en"):
        address = reverse(name, kwargs=keys)
    before, certificates = files(), Certificate.objects.count()
    sent = {**rest, field: SimpleUploadedFile("daftar produk.xlsx", bomb)}
    ask = {"accept": "application/json"}
    if name in CHANGED:
        body = encode_multipart(BOUNDARY, sent)
        answer = client.patch(address, body, content_type=MULTIPART_CONTENT, headers=ask)
    else:
        answer = client.post(address, sent, headers=ask, follow=True)
    assert "daftar produk.xlsx" in answer.content.decode() and answer.status_code in (200, 400, 422)
    assert files() == before and Certificate.objects.count() == certificates


def test_S17_no_reader_of_spreadsheets_is_installed_with_the_site():
    asked = (Path(settings.BASE_DIR) / "requirements.in").read_text().lower()
    assert not [name for name in ("openpyxl", "xlrd", "pandas", "calamine", "odfpy") if name in asked]

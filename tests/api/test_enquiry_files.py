"""Files in messages by API: a form in place of JSON, taken in and given out as the pages do it."""

from __future__ import annotations

import io

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import AuditEntry
from inquiries.models import EnquiryMessage
from tests import asking
from tests import factories as make
from tests.exporters.certificates import GOOD_PDF
from tests.kit import pdf_corpus, picture_corpus

pytestmark = pytest.mark.django_db


@pytest.fixture
def enquiry():
    make.MarketFactory(iso2="CL")
    return asking.an_enquiry(product=make.ProductFactory(published=True, target_markets=["CL"]))


@pytest.fixture
def importer(enquiry, client_of):
    return client_of(enquiry.importer.user)


@pytest.fixture
def desk(enquiry, client_of):
    return client_of(asking.member_of(enquiry.producer))


def pdf(name="gambar.pdf"):
    return SimpleUploadedFile(name, GOOD_PDF)


def send(client, path, /, *, key="", **said):
    header = {"HTTP_IDEMPOTENCY_KEY": key} if key else {}
    return client.post(path, said, format="multipart", **header)


def thread_of(enquiry, *, of="my/"):
    return f"/api/v1/{of}enquiries/{enquiry.pk}/messages/"


def kept():
    return default_storage.listdir("attachments")[1] if default_storage.exists("attachments") else []


def test_the_producer_answers_with_files_which_the_importer_fetches(enquiry, importer, desk):
    photo = SimpleUploadedFile("foto.jpg", picture_corpus.camera_jpeg())
    sent = send(desk, thread_of(enquiry), kind="text", text="Lihat.", language="id", attachments=[pdf(), photo])
    assert sent.status_code == 201 and (sent.json()["state"], sent.json()["turn"]) == ("answered", "importer")
    [message] = importer.get(thread_of(enquiry, of="")).json()["results"]
    assert [(file["name"], file["kind"]) for file in message["attachments"]] == [
        ("gambar.pdf", "pdf"),
        ("foto.jpg", "picture"),
    ]
    file = importer.get(message["attachments"][0]["url"])
    assert b"".join(file.streaming_content) == GOOD_PDF
    assert file["Cache-Control"] == "private, no-store" and file["X-Content-Type-Options"] == "nosniff"
    assert file["Content-Disposition"].startswith("attachment") and "gambar" not in file["Content-Disposition"]


def test_the_importer_writes_with_a_file_which_the_producer_fetches(enquiry, importer, desk):
    sent = send(importer, thread_of(enquiry, of=""), text="El dibujo.", language="es", attachments=pdf())
    assert sent.status_code == 201
    [message] = desk.get(thread_of(enquiry)).json()["results"]
    assert desk.get(message["attachments"][0]["url"]).status_code == 200


def test_refusing_takes_a_file_too(enquiry, desk):
    path = thread_of(enquiry).replace("messages", "refuse")
    sent = send(desk, path, reason="quantity", text="Daftar minimal.", attachments=pdf())
    assert sent.status_code == 200 and sent.json()["state"] == "refused"
    assert sent.json()["messages"][-1]["attachments"][0]["name"] == "gambar.pdf"


def test_a_form_needs_no_file_and_json_takes_none(enquiry, desk):
    assert send(desk, thread_of(enquiry), kind="ask_quantity").status_code == 201
    for value in ("gambar.pdf", ["gambar.pdf"], 5):
        refused = desk.post(thread_of(enquiry), {"kind": "ask_quantity", "attachments": value})
        assert refused.status_code == 400 and "attachments" in str(refused.json()["fields"])


def test_S29_what_arrives_twice_under_a_key_is_written_once_and_keeps_one_file(enquiry, desk):
    sent = [send(desk, thread_of(enquiry), key="k1", kind="text", text="A", attachments=pdf()) for _time in "12"]
    assert sent[0].json() == sent[1].json() and EnquiryMessage.objects.count() == 1 and len(kept()) == 1
    other = SimpleUploadedFile("gambar.pdf", GOOD_PDF + b"\n")
    assert send(desk, thread_of(enquiry), key="k1", kind="text", text="A", attachments=other).status_code == 422


def test_S16_a_hostile_file_stops_the_message_names_itself_and_leaves_none(enquiry, desk):
    name, content, _code = next(iter(pdf_corpus.refused_files()))
    bad = SimpleUploadedFile(name, content)
    refused = send(desk, thread_of(enquiry), key="k2", kind="text", text="A", attachments=[pdf(), bad])
    assert refused.status_code == 400 and name in refused.json()["fields"]["attachments"][0]
    assert not kept() and not EnquiryMessage.objects.exists()
    again = send(desk, thread_of(enquiry), key="k2", kind="text", text="A", attachments=[pdf()])
    assert again.status_code == 201, "a refused call leaves its key free"


def test_the_limits_are_those_of_the_pages(enquiry, desk, settings):
    many = send(desk, thread_of(enquiry), kind="text", text="A", attachments=[pdf() for _number in range(6)])
    assert many.status_code == 400 and many.json()["fields"]["attachments"] == ["At most 5 files at a time."]
    settings.UPLOAD_QUOTA_MB = 0
    full = send(desk, thread_of(enquiry), kind="text", text="A", attachments=pdf())
    assert full.status_code == 400 and "was not attached" in full.json()["fields"]["attachments"][0]
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "upload": (1, 3600)}
    assert send(desk, thread_of(enquiry), kind="text", text="A", attachments=[pdf(), pdf()]).status_code == 429
    assert not EnquiryMessage.objects.exists()


def test_a_file_for_a_thread_of_others_is_not_kept(enquiry, client_of):
    for stranger in (make.MembershipFactory().user, make.ImporterFactory().user):
        for of in ("my/", ""):
            refused = send(client_of(stranger), thread_of(enquiry, of=of), text="A", attachments=pdf())
            assert refused.status_code in (403, 404)
    assert not kept()


def test_a_mission_writes_to_one_side_with_a_file_that_the_other_does_not_get(enquiry, importer, desk, client_of):
    post = make.MissionStaffFactory(mission=make.AccreditationFactory(market_id="CL").mission)
    santiago = client_of(post.user)
    sent = send(santiago, thread_of(enquiry, of=""), text="Contoh.", to="producer", language="id", attachments=pdf())
    assert sent.status_code == 201
    [message] = desk.get(thread_of(enquiry)).json()["results"]
    address = message["attachments"][0]["url"]
    assert (desk.get(address).status_code, importer.get(address).status_code) == (200, 404)
    assert santiago.get(address).status_code == 200 and AuditEntry.objects.filter(verb="download").count() == 1


def test_forms_are_read_where_files_are_taken_and_nowhere_else(enquiry, desk, importer):
    assert send(importer, f"/api/v1/enquiries/{enquiry.pk}/withdraw/", why="Ya").status_code == 415
    assert send(desk, f"/api/v1/my/enquiries/{enquiry.pk}/block/", why="Iklan").status_code == 415
    assert desk.post(thread_of(enquiry), data=io.BytesIO(b"x").read(), content_type="text/csv").status_code == 415

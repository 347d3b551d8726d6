"""The picture of a buying request by API: sent in a form, fetched by whoever reads the request."""

from __future__ import annotations

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from inquiries.models import BuyingRequest
from tests import factories as make
from tests.api.test_buying_requests import MINE, wanted
from tests.kit import picture_corpus

pytestmark = pytest.mark.django_db


@pytest.fixture
def importer(people, client_of):
    return client_of(people["importer"])


def photo(content: bytes | None = None, name: str = "sandal.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content or picture_corpus.camera_jpeg())


def asked(importer, /, *, key="", **said):
    header = {"HTTP_IDEMPOTENCY_KEY": key} if key else {}
    return importer.post(MINE, wanted(**said), format="multipart", **header)


def kept() -> int:
    folders = default_storage.listdir("pictures")[0] if default_storage.exists("pictures") else []
    return sum(len(default_storage.listdir(f"pictures/{folder}")[1]) for folder in folders)


def test_it_is_made_anew_and_fetched_by_its_importer_the_staff_and_the_invited(importer, people, client_of):
    made = asked(importer, picture=photo())
    assert made.status_code == 201, made.content
    address = made.json()["picture"]
    assert importer.get(f"{MINE}{made.json()['id']}/").json()["picture"] == address

    invited = make.MatchFactory(invited=True, request_id=made.json()["id"])
    member = client_of(make.MembershipFactory(producer=invited.product.producer).user)
    for reader in (importer, client_of(people["mission_own"]), client_of(people["ministry"]), member):
        file = reader.get(address)
        assert file.status_code == 200 and b"".join(file.streaming_content)[8:12] == b"WEBP"
        assert file["Cache-Control"] == "private, no-store" and file["X-Content-Type-Options"] == "nosniff"
    assert importer.get(address, {"size": "320"}).status_code == 200
    assert importer.get(address, {"size": "9000"}).status_code == 400
    for stranger in (make.ImporterFactory().user, make.MembershipFactory().user, people["mission_other"]):
        assert client_of(stranger).get(address).status_code == 404


def test_one_without_a_picture_says_so(importer):
    made = asked(importer)
    assert made.status_code == 201 and made.json()["picture"] is None
    assert importer.get(f"/api/v1/request-pictures/{made.json()['id']}/").status_code == 404


def test_certificates_of_a_form_are_several(importer):
    make.CertificateTypeFactory(code="HALAL"), make.CertificateTypeFactory(code="FSC")
    made = asked(importer, certificates=["HALAL", "FSC"], picture=photo())
    assert made.json()["certificates"] == ["HALAL", "FSC"], made.content


def test_S29_twice_under_a_key_is_one_request_with_one_picture(importer):
    sent = [asked(importer, key="k1", picture=photo()) for _time in "12"]
    assert sent[0].json() == sent[1].json() and BuyingRequest.objects.count() == 1
    before = kept()
    assert asked(importer, key="k1", picture=photo(picture_corpus.camera_jpeg()[:-2])).status_code == 422
    assert kept() == before


def test_what_is_no_picture_is_named_and_nothing_is_kept(importer):
    refused = asked(importer, picture=photo(b"%PDF-1.4 nothing", "daftar.pdf"))
    assert refused.status_code == 400 and "daftar.pdf" in refused.json()["fields"]["picture"][0]
    assert not BuyingRequest.objects.exists() and not kept()


def test_pictures_are_counted_even_when_they_are_refused(importer, settings):
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "upload": (1, 3600)}
    assert asked(importer, picture=photo(b"nothing")).status_code == 400
    assert asked(importer, picture=photo()).status_code == 429


def test_a_field_that_nobody_knows_is_refused(importer):
    refused = importer.post(MINE, wanted(spezification="Cuero"), format="json")
    assert refused.status_code == 400 and set(refused.json()["fields"]) == {"spezification"}


class TestChange:
    """PATCH: only what is sent changes, while the request waits."""

    @pytest.fixture
    def asked_for(self, importer) -> dict:
        commodity = make.CommodityFactory().slug
        return asked(importer, picture=photo(), specification="Cuero", commodity=commodity).json()

    @pytest.fixture
    def here(self, asked_for):
        return f"{MINE}{asked_for['id']}/"

    def test_what_is_not_sent_stays_and_the_version_grows(self, importer, asked_for, here):
        told = importer.patch(here, {"version": 1, "quantity": "4000", "title": "Botas de cuero"}, format="json")
        assert told.status_code == 200, told.content
        changed = {"title": "Botas de cuero", "quantity": "4000.00", "version": 2}
        assert told.json() == asked_for | changed

    def test_S29_what_arrives_twice_under_a_key_changes_it_once(self, importer, here):
        said = {"version": 1, "quantity": "4000"}
        sent = [importer.patch(here, said, format="json", HTTP_IDEMPOTENCY_KEY="k2") for _time in "12"]
        assert [one.status_code for one in sent] == [200, 200] and sent[0].json() == sent[1].json()
        assert BuyingRequest.objects.get().version == 2

    def test_the_picture_is_changed_and_taken_out(self, importer, asked_for, here, django_capture_on_commit_callbacks):
        before, files = BuyingRequest.objects.get().picture_key, kept()
        with django_capture_on_commit_callbacks(execute=True):
            told = importer.patch(here, {"version": 1, "picture": photo()}, format="multipart")
        assert told.status_code == 200 and kept() == files > 0
        assert BuyingRequest.objects.get().picture_key not in (None, before)
        with django_capture_on_commit_callbacks(execute=True):
            told = importer.patch(here, {"version": 2, "remove_picture": True}, format="json")
        assert told.json()["picture"] is None and kept() == 0

    def test_without_the_version_that_was_seen_nothing_changes(self, importer, here):
        assert set(importer.patch(here, {"quantity": "1"}, format="json").json()["fields"]) == {"version"}
        moved = importer.patch(here, {"version": 7, "quantity": "1", "picture": photo()}, format="multipart")
        assert moved.status_code == 409 and moved.json()["code"] == "request_moved"
        assert BuyingRequest.objects.get().quantity == 3000

    def test_what_is_wrong_is_named(self, importer, here):
        for said in ({"quantity": "2.5"}, {"hs": "12345"}, {"deadline": "2020-01-01"}, {"colour": "blue"}):
            wrong = importer.patch(here, {"version": 1, **said}, format="json")
            assert wrong.status_code == 400 and set(wrong.json()["fields"]) == set(said), wrong.content

    def test_once_the_mission_decided_nothing_changes_any_more(self, importer, here):
        BuyingRequest.objects.update(state="open")
        refused = importer.patch(here, {"version": 1, "quantity": "1"}, format="json")
        assert refused.status_code == 409 and refused.json()["code"] == "transition_not_allowed"

    def test_that_of_others_is_not_there(self, people, client_of, here):
        other = client_of(make.ImporterFactory().user)
        assert other.patch(here, {"version": 1, "quantity": "1"}, format="json").status_code == 404


def test_withdrawing_and_closing_twice_under_a_key_are_told_the_same(importer, people):
    key = {"HTTP_IDEMPOTENCY_KEY": "k"}
    waiting = make.BuyingRequestFactory(importer=people["importer"].importer)
    sent = [importer.post(f"{MINE}{waiting.pk}/withdraw/", **key) for _time in "12"]
    assert [one.status_code for one in sent] == [200, 200] and sent[0].json() == sent[1].json()
    opened = make.BuyingRequestFactory(importer=people["importer"].importer, opened=True)
    sent = [importer.post(f"{MINE}{opened.pk}/close/", {"outcome": "ordered"}, format="json", **key) for _ in "12"]
    assert [one.status_code for one in sent] == [200, 200]

"""An uploaded cover: made anew, private until its collection is public, bounded, and gone when another comes."""

from __future__ import annotations

import datetime

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEntry
from inaaccess import orphans
from kit.uploads import UploadRefused, picture_path
from markets.collection_covers import upload_cover, used_bytes
from markets.collection_showing import cover_key, with_faces
from markets.models import Collection
from markets.preview_links import preview_token, preview_url
from tests import factories as make
from tests.kit import picture_corpus
from tests.markets.collections import offered

pytestmark = pytest.mark.django_db


@pytest.fixture
def collection():
    return make.CollectionFactory(products=[offered("Sandals")])


def picture(content: bytes | None = None, name: str = "stand.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content or picture_corpus.camera_jpeg(), content_type="image/jpeg")


def page_of(collection) -> str:
    return reverse("admin:collection_cover", args=[collection.pk])


def photo(key, size: str = "640") -> str:
    return f"/photos/{key}/{size}"


def stored_files() -> list[str]:
    folders = default_storage.listdir("pictures")[0]
    return sorted(f"{folder}/{name}" for folder in folders for name in default_storage.listdir(f"pictures/{folder}")[1])


def covered(collection, by) -> Collection:
    upload_cover(collection, picture(), by=by)
    collection.refresh_from_db()
    return collection


class TestPage:
    """admin:collection_cover: uploading, replacing, removing."""

    def test_a_picture_is_made_anew_and_stands_before_the_chosen_photo(self, client, curator, collection):
        response = client.post(page_of(collection), {"picture": picture()}, follow=True)
        collection.refresh_from_db()
        key = collection.own_cover_key
        assert (
            key is not None
            and photo(key, "320") in response.content.decode()
            and "The cover is saved." in response.content.decode()
        )
        with default_storage.open(picture_path(key, "master")) as file:
            assert b"Exif" not in file.read()
        assert cover_key(with_faces(Collection.objects.all()).get()) == key
        assert collection.changed_by == curator
        assert AuditEntry.objects.get(verb="change_cover").object_id == str(collection.pk)

    def test_another_takes_its_place_and_the_files_of_the_first_go(
        self, client, curator, collection, django_capture_on_commit_callbacks
    ):
        first = covered(collection, curator).own_cover_key
        assert first is not None
        with django_capture_on_commit_callbacks(execute=True):
            client.post(page_of(collection), {"picture": picture(picture_corpus.png())})
        collection.refresh_from_db()
        assert collection.own_cover_key != first and not default_storage.exists(picture_path(first, "320"))

    def test_removed_the_chosen_photo_is_back_and_pressed_twice_it_is_one(self, client, curator, collection):
        covered(collection, curator)
        for _turn in range(2):
            assert client.post(page_of(collection), {"remove": "1"}).status_code == 302
        collection.refresh_from_db()
        assert (collection.own_cover_key, collection.own_cover_bytes) == (None, 0)
        assert AuditEntry.objects.filter(verb="change_cover").count() == 2

    @pytest.mark.parametrize(
        ("sent", "said"),
        [
            ({}, "Choose a picture first."),
            ({"picture": picture(b"<svg onload=alert(1)>", "stand.svg")}, "is not a JPEG, PNG or WebP picture."),
        ],
        ids=["none", "no picture"],
    )
    def test_what_is_no_picture_gets_a_sentence_and_the_cover_stays(self, client, curator, collection, sent, said):
        before = covered(collection, curator).own_cover_key
        response = client.post(page_of(collection), sent)
        collection.refresh_from_db()
        assert response.status_code == 422 and said in response.content.decode()
        assert collection.own_cover_key == before

    def test_a_curator_of_another_market_finds_nothing(self, client, curator):
        make.MarketFactory(iso2="BR")
        foreign = make.CollectionFactory(market__iso2="BR")
        assert client.post(page_of(foreign), {"picture": picture()}).status_code == 404


class TestPrivacy:
    """The view `photo`, and collection_preview_cover for who was sent the link."""

    def test_before_it_is_public_only_its_curators_see_it(self, client, curator, collection):
        key = covered(collection, curator).own_cover_key
        own = client.get(photo(key))
        assert own.status_code == 200 and own["Cache-Control"] == "private, no-store"
        elsewhere = make.MissionStaffFactory(mission__code="KBRI-BSB").user
        make.AccreditationFactory(mission=elsewhere.mission_posts.get().mission, market__iso2="BR")
        for person in (None, make.UserFactory(), elsewhere):
            other = Client()
            if person:
                other.force_login(person)
            assert other.get(photo(key)).status_code == 404

    def test_it_is_public_with_its_collection_and_private_again_after_it(self, curator, collection):
        key = covered(collection, curator).own_cover_key
        collection.publish(by=curator)
        page = Client().get(reverse("collection_detail", args=[collection.slug])).content.decode()
        assert photo(key) in page
        assert Client().get(photo(key))["Cache-Control"] == "public, max-age=86400"
        collection.archive(by=curator)
        assert Client().get(photo(key)).status_code == 404

    def test_who_has_the_preview_link_sees_it_until_the_link_ends(self, curator, collection):
        key = covered(collection, curator).own_cover_key
        collection.share(by=curator)
        token = preview_token(collection)
        page = Client().get(preview_url(collection)).content.decode()
        address = reverse("collection_preview_cover", args=[token, "640"])
        assert address in page and photo(key) not in page
        shown = Client().get(address)
        assert shown.status_code == 200 and shown["Cache-Control"] == "private, no-store"
        for wrong in (address.replace("/640", "/77"), address.replace(token, "x")):
            assert Client().get(wrong).status_code == 404
        collection.unshare(by=curator)
        assert Client().get(address).status_code == 404


class TestBounds:
    def test_a_mission_has_so_much_room_and_what_is_replaced_does_not_count(self, settings, curator):
        mission = curator.mission_posts.get().mission
        first, second = (make.CollectionFactory(mission=mission) for _number in range(2))
        covered(first, curator)
        settings.UPLOAD_QUOTA_MB = used_bytes(mission.pk) * 1.5 / 1024 / 1024
        covered(first, curator)
        before = stored_files()
        with pytest.raises(UploadRefused) as refused:
            upload_cover(second, picture(), by=curator)
        assert refused.value.code == "quota_reached"
        assert stored_files() == before  # nothing is left of it
        covered(make.CollectionFactory(mission=None), curator)  # the room of another

    def test_the_room_of_the_ministry_is_its_own(self, curator):
        covered(make.CollectionFactory(mission=None), curator)
        assert used_bytes(None) > 0 and used_bytes(curator.mission_posts.get().mission.pk) == 0

    def test_a_key_without_a_size_cannot_be_stored(self, collection):
        with pytest.raises(IntegrityError, match="own_cover_counted"), transaction.atomic():
            Collection.objects.update(own_cover_bytes=5)

    def test_its_files_are_no_orphans(self, curator, collection):
        key = covered(collection, curator).own_cover_key
        assert not [name for name in orphans.find(older_than=datetime.timedelta(0)).files if str(key) in name]

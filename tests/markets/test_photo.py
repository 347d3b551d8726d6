"""Who sees the file of a picture, and what caches may keep."""

from __future__ import annotations

import uuid

import pytest
from django.utils import timezone

from catalog import content, photos
from kit.uploads import store_picture
from tests import factories as make
from tests.catalog.desk import picture

pytestmark = pytest.mark.django_db


@pytest.fixture
def key() -> uuid.UUID:
    return store_picture(picture()).key


def address(key, size="640") -> str:
    return f"/photos/{key}/{size}"


def public_photo(key):
    product = make.ProductFactory(published=True)
    return make.PhotoPlacementFactory(product=product, photo__producer=product.producer, photo__key=key)


def draft_photo(key):
    revision = make.RevisionFactory()
    return make.PhotoPlacementFactory(revision=revision, photo__producer=revision.product.producer, photo__key=key)


@pytest.mark.parametrize(
    ("size", "kind"), [("320", "image/webp"), ("640", "image/webp"), ("1280", "image/webp"), ("preview", "image/jpeg")]
)
def test_everybody_sees_a_photo_of_a_public_product(client, key, size, kind):
    public_photo(key)
    answer = client.get(address(key, size))
    assert answer.status_code == 200 and answer["Content-Type"] == kind
    assert answer["Cache-Control"] == "public, max-age=86400" and answer["X-Content-Type-Options"] == "nosniff"
    assert answer["ETag"] and "Set-Cookie" not in answer.headers


def test_a_kept_picture_is_not_sent_again(client, key):
    public_photo(key)
    etag = client.get(address(key))["ETag"]
    assert client.get(address(key), headers={"if-none-match": etag}).status_code == 304


def test_a_photo_of_a_draft_does_not_exist_for_visitors_and_strangers(client, key):
    draft_photo(key)
    assert client.get(address(key)).status_code == 404
    client.force_login(make.MembershipFactory().user)
    assert client.get(address(key)).status_code == 404


def test_its_producer_sees_it_and_no_cache_keeps_it(client, key):
    producer = draft_photo(key).photo.producer
    client.force_login(make.MembershipFactory(producer=producer).user)
    answer = client.get(address(key))
    assert answer.status_code == 200 and answer["Cache-Control"] == "private, no-store"


def test_reviewers_see_it_once_it_is_handed_in_and_only_in_their_markets(client, key):
    revision = draft_photo(key).revision
    chile = make.AccreditationFactory()
    santiago = make.MissionStaffFactory(mission=chile.mission).user
    brasilia = make.MissionStaffFactory(mission=make.MissionFactory(code="KBRI-BSB", city="Brasília")).user
    ministry = make.UserFactory(ministry=True)

    def answers() -> list[int]:
        found = []
        for person in (santiago, brasilia, ministry):
            client.force_login(person)
            found.append(client.get(address(key)).status_code)
        return found

    assert answers() == [404, 404, 404]
    type(revision).objects.filter(pk=revision.pk).update(
        state="submitted", submitted_at=timezone.now(), target_markets=["CL"]
    )
    assert answers() == [200, 404, 200]


@pytest.mark.parametrize("state", ["retired", "suspended"])
def test_a_photo_of_a_product_that_is_not_public_any_more_is_private(client, key, state):
    product = make.ProductFactory(**{state: True})
    make.PhotoPlacementFactory(product=product, photo__producer=product.producer, photo__key=key)
    assert client.get(address(key)).status_code == 404


def test_logo_and_cover_are_public_while_the_producer_is_listed(client, key):
    producer = make.ProducerFactory(logo_key=key)
    assert client.get(address(key)).status_code == 404
    producer.state, producer.slug = "listed", "a-producer"
    producer.save()
    assert client.get(address(key)).status_code == 200


@pytest.mark.parametrize("size", ["641", "master.jpg", "..", "320.webp", ""])
def test_other_sizes_do_not_exist(client, key, size):
    public_photo(key)
    assert client.get(address(key, size)).status_code == 404


def test_a_picture_whose_file_is_gone_does_not_exist(client):
    key = uuid.uuid4()
    public_photo(key)
    assert client.get(address(key)).status_code == 404


def test_a_public_picture_takes_one_query(client, key, django_assert_num_queries):
    public_photo(key)
    with django_assert_num_queries(1):
        client.get(address(key))


def test_a_reviewer_sees_the_photo_that_another_one_replaced(client, key):
    placed = draft_photo(key)
    revision = placed.revision
    revision.state, revision.submitted_at = "changes_requested", timezone.now()
    revision.content_at_request = content.snapshot(revision)
    revision.save()
    photos.remove_photo(revision, placed.pk, by=make.MembershipFactory(producer=revision.product.producer).user)
    revision.state = "submitted"
    revision.save()
    assert client.get(address(key)).status_code == 404
    client.force_login(make.UserFactory(ministry=True))
    assert client.get(address(key)).status_code == 200

"""Photos arrive: several at once, a broken one never spoils the others, nothing is left behind by a failure."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from catalog import photos
from catalog.models import Photo
from tests import factories as make
from tests.catalog.desk import at, draft_of, picture, signed_in, words

pytestmark = pytest.mark.django_db
JSON = {"accept": "application/json"}
BROKEN = b"\xff\xd8\xff\xe0 not a picture at all"


@pytest.fixture
def draft(client):
    return draft_of(signed_in(client).producer, complete=False)


def send(client, draft, *files, **more):
    return client.post(at("photo_upload", draft.pk), {"photos": list(files)}, **more)


def stored(settings, tmp_path) -> list[str]:
    return sorted(path.name for path in (tmp_path / "uploads").rglob("*") if path.is_file())


def test_several_photos_are_kept_in_the_order_sent(client, draft, settings, tmp_path):
    send(client, draft, picture("a.jpg", colour="red"), picture("b.jpg", colour="blue", size=(900, 1200)))
    draft.refresh_from_db()
    assert [(p.position, p.photo.width) for p in draft.placements.all()] == [(0, 1000), (1, 900)]
    assert draft.version == 3 and len(stored(settings, tmp_path)) == 10  # five sizes of each


def test_a_broken_file_is_named_and_the_others_are_kept(client, draft):
    broken = SimpleUploadedFile("broken.jpg", BROKEN, content_type="image/jpeg")
    answer = client.post(at("photo_upload", draft.pk), {"photos": [broken, picture("good.jpg")]}, follow=True)
    assert "broken.jpg" in words(answer) and draft.placements.count() == 1


def test_a_request_a_file_answers_with_the_new_item(client, draft):
    answer = send(client, draft, picture(), headers=JSON)
    placed = draft.placements.get()
    assert answer.status_code == 201 and f'id="photo-{placed.pk}"' in answer.json()["html"]


def test_a_request_a_file_answers_with_what_is_wrong(client, draft, settings, tmp_path):
    answer = send(client, draft, SimpleUploadedFile("note.txt", b"hello", content_type="image/png"), headers=JSON)
    assert answer.status_code == 422 and "note.txt" in answer.json()["error"]
    assert not Photo.objects.exists() and stored(settings, tmp_path) == []


def test_S12_the_thirteenth_photo_is_refused_before_it_is_decoded(client, draft, settings, tmp_path):
    for _number in range(photos.MOST):
        make.PhotoPlacementFactory(revision=draft, photo__producer=draft.product.producer)
    answer = send(client, draft, picture("late.jpg"), headers=JSON)
    assert answer.status_code == 422 and "late.jpg" in answer.json()["error"] and "12" in answer.json()["error"]
    assert draft.placements.count() == photos.MOST and stored(settings, tmp_path) == []


def test_the_same_picture_twice_is_kept_once_without_orphans(client, draft, settings, tmp_path):
    send(client, draft, picture("one.jpg"))
    answer = send(client, draft, picture("again.jpg"), headers=JSON)
    assert answer.status_code == 422 and "again.jpg" in answer.json()["error"]
    assert draft.placements.count() == 1 and len(stored(settings, tmp_path)) == 5


def test_no_file_is_left_behind_when_the_row_cannot_be_written(client, draft, settings, tmp_path, monkeypatch):
    def fail(*_args, **_more):
        raise RuntimeError("the database went away")

    monkeypatch.setattr(Photo.objects, "create", fail)
    with pytest.raises(RuntimeError):
        send(client, draft, picture())
    assert stored(settings, tmp_path) == [] and not draft.placements.exists()


def test_a_small_photo_is_kept_and_marked(client, draft):
    answer = send(client, draft, picture(size=(700, 900)), headers=JSON)
    assert answer.status_code == 201 and "Only 700 pixels" in answer.json()["html"]


def test_a_revision_in_review_takes_no_photo(client, settings, tmp_path):
    revision = make.RevisionFactory(in_review=True, product__producer=signed_in(client).producer)
    assert send(client, revision, picture(), headers=JSON).status_code == 409
    assert send(client, revision, picture()).status_code == 409
    assert stored(settings, tmp_path) == []


def test_S6_uploads_are_limited_by_producer(client, draft, settings):
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "upload": (1, 3600)}
    assert send(client, draft, picture(colour="red"), headers=JSON).status_code == 201
    refused = send(client, draft, picture(colour="blue"), headers=JSON)
    assert refused.status_code == 429 and refused.json()["error"] and refused["Retry-After"]
    assert send(client, draft, picture(colour="green")).status_code == 429


def test_nothing_chosen_is_said(client, draft):
    answer = client.post(at("photo_upload", draft.pk), {}, follow=True)
    assert "Choose at least one photo" in words(answer)

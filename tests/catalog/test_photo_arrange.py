"""Order, cover, descriptions and removal of photos."""

from __future__ import annotations

import pytest
from django.core.files.storage import default_storage

from catalog.models import Photo
from kit.uploads import picture_path
from tests import factories as make
from tests.catalog.desk import at, draft_of, picture, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(client):
    return draft_of(signed_in(client).producer, complete=False)


@pytest.fixture
def three(draft):
    return [
        make.PhotoPlacementFactory(revision=draft, photo__producer=draft.product.producer, position=at_position)
        for at_position in range(3)
    ]


def order(draft) -> list[int]:
    return list(draft.placements.values_list("pk", flat=True))


@pytest.mark.parametrize(
    ("button", "which", "wanted"),
    [
        ("up", 1, [1, 0, 2]),
        ("up", 0, [0, 1, 2]),
        ("down", 1, [0, 2, 1]),
        ("down", 2, [0, 1, 2]),
        ("first", 2, [2, 0, 1]),
    ],
)
def test_each_button_moves_its_photo(client, draft, three, button, which, wanted):
    pks = [placed.pk for placed in three]
    answer = client.post(at("photo_arrange", draft.pk), {button: pks[which]})
    assert answer.status_code == 302 and order(draft) == [pks[index] for index in wanted]


def test_the_order_can_be_changed_in_the_background(client, draft, three):
    answer = client.post(at("photo_arrange", draft.pk), {"first": three[1].pk}, headers={"accept": "application/json"})
    draft.refresh_from_db()
    assert answer.json() == {"version": draft.version} and order(draft)[0] == three[1].pk


def test_descriptions_are_kept_by_language_whatever_button_was_pressed(client, draft, three):
    sent = {f"alt-{three[0].pk}": "Brown sandals", f"alt-{three[0].pk}-id": "Sandal cokelat", "up": three[1].pk}
    client.post(at("photo_arrange", draft.pk), sent)
    three[0].refresh_from_db()
    assert three[0].alt == {"en": "Brown sandals", "id": "Sandal cokelat"}


def test_a_description_that_is_too_long_is_refused(client, draft, three):
    client.post(at("photo_arrange", draft.pk), {f"alt-{three[0].pk}": "x" * 161})
    three[0].refresh_from_db()
    assert three[0].alt == {}


def test_a_removed_photo_takes_its_files_with_it(client, draft, django_capture_on_commit_callbacks):
    client.post(at("photo_upload", draft.pk), {"photos": [picture()]})
    placed = draft.placements.get()
    key = placed.photo.key
    assert default_storage.exists(picture_path(key, "640"))
    with django_capture_on_commit_callbacks(execute=True):
        client.post(at("photo_arrange", draft.pk), {"del": placed.pk})
    assert not default_storage.exists(picture_path(key, "640")) and not Photo.objects.exists()


def test_a_removed_photo_stays_where_it_is_public(client, draft, three):
    make.PhotoPlacementFactory(product=draft.product, photo=three[0].photo)
    client.post(at("photo_arrange", draft.pk), {"del": three[0].pk})
    assert order(draft) == [three[1].pk, three[2].pk]
    assert Photo.objects.filter(pk=three[0].photo_id).exists()


@pytest.mark.parametrize("button", ["up", "down", "first", "del"])
def test_a_photo_of_another_revision_is_not_touched(client, draft, three, button):
    foreign = make.PhotoPlacementFactory(revision=make.RevisionFactory(), position=5)
    client.post(at("photo_arrange", draft.pk), {button: foreign.pk, f"alt-{foreign.pk}": "mine now"})
    foreign.refresh_from_db()
    draft.refresh_from_db()
    assert (foreign.position, foreign.alt, draft.version) == (5, {}, 1)

"""The page of photos."""

from __future__ import annotations

import pytest

from tests import factories as make
from tests.catalog.desk import draft_of, signed_in, url, words

pytestmark = pytest.mark.django_db


def test_photos_stand_in_their_order_with_sizes_that_are_too_small_marked(client):
    draft = draft_of(signed_in(client).producer, complete=False)
    make.PhotoPlacementFactory(revision=draft, photo__producer=draft.product.producer, photo__height=500, position=1)
    cover = make.PhotoPlacementFactory(revision=draft, photo__producer=draft.product.producer, position=0)
    page = client.get(url(draft, "photos"))
    assert next(photo["id"] for photo in page.context["photos"]) == cover.pk
    assert "Only 500 pixels on the shorter side" in words(page)


def test_a_revision_that_cannot_be_edited_shows_its_preview(client):
    revision = make.RevisionFactory(in_review=True, product__producer=signed_in(client).producer)
    assert client.get(url(revision, "photos")).url == url(revision, "preview")


def test_the_page_takes_a_fixed_number_of_queries(client, django_assert_max_num_queries):
    draft = draft_of(signed_in(client).producer)
    for position in range(11):
        make.PhotoPlacementFactory(revision=draft, photo__producer=draft.product.producer, position=position)
    with django_assert_max_num_queries(14):
        client.get(url(draft, "photos"))

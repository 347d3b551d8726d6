"""Pictures cut to a size: exact for posts, never more pixels than there are for paper."""

from __future__ import annotations

import io
import uuid

import pytest
from PIL import Image

from kit.uploads import cut_picture
from tests.promotion.papers import red_picture


def size_of(data: bytes | None) -> tuple[int, int]:
    assert data is not None
    return Image.open(io.BytesIO(data)).size


@pytest.mark.parametrize("size", [(1200, 630), (1080, 1080), (300, 200)])
def test_a_picture_for_posts_has_its_exact_size_even_if_the_photo_is_smaller(size):
    assert size_of(cut_picture(red_picture(800, 600), *size)) == size


def test_for_paper_nothing_is_enlarged_and_the_shape_stays():
    assert size_of(cut_picture(red_picture(800, 600), 1600, 1200, may_enlarge=False)) == (800, 600)
    assert size_of(cut_picture(red_picture(800, 600), 400, 300, may_enlarge=False)) == (400, 300)


def test_a_picture_that_is_not_there_is_none():
    assert cut_picture(uuid.uuid4(), 10, 10) is None

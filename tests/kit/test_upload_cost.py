from __future__ import annotations

import io
import threading

import pytest
from django.core.files.storage import FileSystemStorage

from kit.uploads import store_picture
from kit.uploads.decoding import decoded
from kit.uploads.measuring import make_photo, measure_upload
from tests.kit import picture_corpus as corpus


def test_S14_a_photo_of_12_megapixels_takes_200_megabytes_at_most() -> None:
    """How long it takes is measured by `make bench`."""
    cost = measure_upload(make_photo(12))
    assert cost.outcome == "stored"
    assert cost.extra_megabytes < 200


BOMBS = [
    *((corpus.png_claiming, side) for side in (9_000, 13_000, 20_000)),
    *((corpus.jpeg_claiming, side) for side in (9_000, 13_000, 20_000)),
    *((corpus.webp_of_one_colour, side) for side in (9_000, 13_000, 16_383)),
]


@pytest.mark.parametrize(("make", "side"), BOMBS)
def test_S14_a_bomb_takes_60_megabytes_at_most(make, side) -> None:
    cost = measure_upload(make(side, side))
    assert cost.outcome == "too_many_pixels"
    assert cost.extra_megabytes < 60


def test_S14_pictures_are_decoded_one_at_a_time(tmp_path) -> None:
    storage = FileSystemStorage(tmp_path)
    other = threading.Thread(target=store_picture, args=(io.BytesIO(corpus.png()),), kwargs={"storage": storage})
    with decoded(corpus.jpeg(), 100):
        other.start()
        other.join(0.3)
        assert other.is_alive()
        assert not storage.exists("pictures")
    other.join(5)
    assert storage.exists("pictures")

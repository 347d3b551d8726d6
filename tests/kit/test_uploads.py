from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from kit.uploads import UploadRefused, delete_picture, picture_path, picture_sizes, store_picture
from kit.uploads.pictures import LONGER_SIDE
from tests.kit import picture_corpus as corpus

LEFTOVERS = re.compile(
    rb"Exif|GPS|xmpmeta|adobe|ICC_PROFILE|ICCP|<script|<html|PK\x03\x04|SERIAL|Secret", re.IGNORECASE
)
REFUSED = list(corpus.refused_files())
ACCEPTED = list(corpus.accepted_files())


@pytest.fixture(scope="module")
def storage(tmp_path_factory: pytest.TempPathFactory) -> FileSystemStorage:
    return FileSystemStorage(tmp_path_factory.mktemp("uploads"))


def stored_files(storage: FileSystemStorage) -> set[Path]:
    return {path for path in Path(storage.location).rglob("*") if path.is_file()}


def colour_at(picture: Image.Image, x: int, y: int) -> tuple[int, ...]:
    colour = picture.getpixel((x, y))
    assert isinstance(colour, tuple)
    return colour


def upload(data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("../../<script>.jpg", data, content_type="image/jpeg")


def test_S15_the_corpus_is_large_enough() -> None:
    assert len(REFUSED) + len(ACCEPTED) >= 60


@pytest.mark.parametrize(("name", "data", "code"), REFUSED, ids=[name for name, _data, _code in REFUSED])
def test_S12_a_hostile_file_is_refused_with_a_sentence_and_leaves_nothing(name, data, code, storage) -> None:
    before = stored_files(storage)
    with pytest.raises(UploadRefused) as refusal:
        store_picture(upload(data), storage=storage)
    assert code in ("*", refusal.value.code)
    assert f"“{name}”" in refusal.value.sentence(name)
    assert stored_files(storage) == before


@pytest.mark.parametrize(("name", "data"), ACCEPTED, ids=[name for name, _data in ACCEPTED])
def test_S13_a_good_picture_keeps_only_its_pixels(name, data, storage) -> None:
    before = stored_files(storage)
    stored = store_picture(upload(data), storage=storage)
    ours = {Path(storage.path(picture_path(stored.key, size))) for size in LONGER_SIDE}
    assert stored_files(storage) - before == ours
    for path in ours:
        content = path.read_bytes()
        assert LEFTOVERS.search(content) is None
        with Image.open(io.BytesIO(content)) as picture:
            assert picture.mode == "RGB"
            assert not set(picture.info) & {"exif", "icc_profile", "xmp", "comment"}


@pytest.mark.parametrize("size", LONGER_SIDE)
def test_every_size_is_as_announced(size, storage) -> None:
    stored = store_picture(upload(corpus.save(corpus.draw(2_533, 1_117), "JPEG")), storage=storage)
    with Image.open(storage.path(picture_path(stored.key, size))) as picture:
        assert picture.size == picture_sizes(stored.width, stored.height)[size]
        assert max(picture.size) == LONGER_SIDE[size]


def test_a_small_picture_is_never_enlarged(storage) -> None:
    stored = store_picture(upload(corpus.png()), storage=storage)
    assert set(picture_sizes(stored.width, stored.height).values()) == {(96, 64)}
    for size in LONGER_SIDE:
        with Image.open(storage.path(picture_path(stored.key, size))) as picture:
            assert picture.size == (96, 64)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_the_picture_is_turned_upright(orientation, storage) -> None:
    red_corner = {1: "left top", 2: "right top", 3: "right bottom", 4: "left bottom"} | {
        5: "left top",
        6: "right top",
        7: "right bottom",
        8: "left bottom",
    }
    stored = store_picture(upload(corpus.camera_jpeg(orientation)), storage=storage)
    assert (stored.width, stored.height) == ((1200, 900) if orientation < 5 else (900, 1200))
    with Image.open(storage.path(picture_path(stored.key, "master"))) as picture:
        corners = {
            f"{side} {end}": colour_at(picture, x, y)
            for side, x in (("left", 20), ("right", picture.width - 20))
            for end, y in (("top", 20), ("bottom", picture.height - 20))
        }
    red = [corner for corner, (r, g, b) in corners.items() if r > 200 and g < 60 and b < 60]
    assert red == [red_corner[orientation]]


def test_sixteen_bits_are_scaled_not_clipped(storage) -> None:
    stored = store_picture(upload(corpus.save(Image.new("I;16", (64, 48), 32_896), "PNG")), storage=storage)
    with Image.open(storage.path(picture_path(stored.key, "master"))) as picture:
        assert all(abs(level - 128) <= 1 for level in colour_at(picture, 10, 10))


def test_what_is_transparent_becomes_white(storage) -> None:
    stored = store_picture(upload(corpus.save(Image.new("RGBA", (64, 48), (0, 0, 0, 0)), "PNG")), storage=storage)
    with Image.open(storage.path(picture_path(stored.key, "master"))) as picture:
        assert min(colour_at(picture, 10, 10)) >= 254


def test_a_wide_gamut_profile_is_converted_to_srgb(storage) -> None:
    plain = store_picture(upload(corpus.save(Image.new("L", (64, 48), 128), "JPEG")), storage=storage)
    linear = store_picture(
        upload(corpus.save(Image.new("L", (64, 48), 128), "JPEG", icc_profile=corpus.linear_grey_profile())),
        storage=storage,
    )
    levels = []
    for stored in (plain, linear):
        with Image.open(storage.path(picture_path(stored.key, "master"))) as picture:
            levels.append(colour_at(picture, 10, 10)[0])
    assert levels[0] == 128
    assert levels[1] > 170


def test_deleting_a_picture_removes_every_size(storage) -> None:
    before = stored_files(storage)
    stored = store_picture(upload(corpus.png()), storage=storage)
    delete_picture(stored.key, storage=storage)
    delete_picture(stored.key, storage=storage)
    assert stored_files(storage) == before


def test_S19_a_full_disk_leaves_no_file_behind(tmp_path) -> None:
    class FullDisk(FileSystemStorage):
        def _save(self, name, content):
            if name.endswith("640.webp"):
                raise OSError(28, "No space left on device")
            return super()._save(name, content)  # type: ignore[misc]

    storage = FullDisk(tmp_path)
    with pytest.raises(OSError, match="No space"):
        store_picture(upload(corpus.png()), storage=storage)
    assert stored_files(storage) == set()


BOMBS = [(name, data) for name, data, _code in REFUSED if re.search("bomb|million|filler|scans", name)]


@pytest.mark.parametrize(("name", "data"), BOMBS, ids=[name for name, _data in BOMBS])
def test_S14_a_bomb_is_refused_before_it_is_decoded(name, data, storage, monkeypatch) -> None:
    decodings: list[object] = []
    monkeypatch.setattr("PIL.ImageFile.ImageFile.load", lambda picture: decodings.append(picture))
    with pytest.raises(UploadRefused):
        store_picture(upload(data), storage=storage)
    assert not decodings


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """A good file with bytes changed, cut, doubled or moved."""
    data = bytearray(draw(st.sampled_from([corpus.jpeg(), corpus.png(), corpus.webp(), corpus.camera_jpeg()])))
    for _ in range(draw(st.integers(1, 6))):
        place = draw(st.integers(0, max(0, min(len(data), 3_000) - 1)))
        change = draw(st.sampled_from(["set", "cut", "double", "insert"]))
        if change == "set":
            data[place : place + 1] = draw(st.binary(min_size=1, max_size=4))
        elif change == "cut":
            del data[place : place + draw(st.integers(1, 400))]
        elif change == "double":
            data[place:place] = data[place : place + draw(st.integers(1, 400))]
        else:
            data[place:place] = draw(st.binary(max_size=64))
    return bytes(data)


@settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(data=mutated())
def test_S15_a_mutated_file_is_refused_or_made_clean(data: bytes, storage: FileSystemStorage) -> None:
    before = stored_files(storage)
    try:
        stored = store_picture(io.BytesIO(data), storage=storage)
    except UploadRefused:
        assert stored_files(storage) == before
        return
    written = stored_files(storage) - before
    assert len(written) == len(LONGER_SIDE)
    assert not any(LEFTOVERS.search(path.read_bytes()) for path in written)
    delete_picture(stored.key, storage=storage)

from __future__ import annotations

import io
import re
import resource

import pytest
from django.core.files.storage import FileSystemStorage
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from kit.uploads import UploadRefused, confined, delete_document, read_document, store_first_page
from tests.kit import pdf_corpus, pdf_structures, picture_corpus

REFUSED = [*pdf_corpus.refused_files(), *pdf_structures.refused_structures()]
ACCEPTED = [*pdf_corpus.accepted_files(), *pdf_structures.kept_structures()]
HARD = list(pdf_structures.hard_to_draw())


@pytest.fixture
def storage(tmp_path) -> FileSystemStorage:
    return FileSystemStorage(tmp_path)


@pytest.mark.parametrize(("name", "data"), ACCEPTED, ids=[name for name, _data in ACCEPTED])
def test_S16_a_plain_pdf_is_kept_as_it_is_under_a_random_name(name, data, storage) -> None:
    stored = read_document(io.BytesIO(data), storage=storage)
    assert (stored.kind, stored.bytes) == ("pdf", len(data))
    assert re.fullmatch(r"certificates/[0-9a-f-]{36}\.pdf", stored.name)
    with storage.open(stored.name) as file:
        assert file.read() == data
    delete_document(stored.name, storage=storage)
    assert not storage.exists(stored.name)


@pytest.mark.parametrize(("name", "data", "code"), REFUSED, ids=[name for name, _data, _code in REFUSED])
def test_S16_a_pdf_that_hides_something_is_refused_and_leaves_nothing(name, data, code, storage) -> None:
    with pytest.raises(UploadRefused) as refusal:
        read_document(io.BytesIO(data), storage=storage)
    assert refusal.value.code == code
    assert "“proof.pdf”" in refusal.value.sentence("proof.pdf")
    assert not storage.exists("certificates")


@pytest.mark.timeout(60)  # minutes, when each object was searched from its start
def test_S16_a_pdf_is_read_in_one_go(storage) -> None:
    with pytest.raises(UploadRefused):
        read_document(io.BytesIO(pdf_corpus.slow_file()), storage=storage)


def test_S16_a_photographed_certificate_is_made_anew(storage) -> None:
    stored = read_document(io.BytesIO(picture_corpus.camera_jpeg()), storage=storage)
    assert stored.kind == "picture"
    assert stored.name.endswith(".jpg")
    with storage.open(stored.name) as file:
        content = file.read()
    assert len(content) == stored.bytes
    assert not re.search(rb"Exif|GPS|<script", content)
    with Image.open(io.BytesIO(content)) as picture:
        assert picture.size == (900, 1200)


def test_the_sentence_names_the_limit_that_was_asked_for(storage) -> None:
    with pytest.raises(UploadRefused) as refusal:
        read_document(io.BytesIO(b"x" * 3_000_000), max_bytes=2 * 1024 * 1024, storage=storage)
    assert refusal.value.sentence("a.pdf") == "“a.pdf” is larger than 2 MB."


def test_the_first_page_of_a_pdf_is_drawn_beside_it_and_made_anew(storage) -> None:
    stored = read_document(io.BytesIO(dict(ACCEPTED)["scanned"]), storage=storage)
    name = store_first_page(stored.name, storage=storage)
    assert name and re.fullmatch(r"certificates/[0-9a-f-]{36}-1\.jpg", name) and name[:40] != stored.name[:40]
    with storage.open(name) as file, Image.open(file) as picture:
        assert (picture.format, max(picture.size)) == ("JPEG", 1400)
        assert sum(picture.convert("L").histogram()[:200]) > 0  # something dark is on it


def test_a_photographed_certificate_has_its_own_smaller_picture(storage) -> None:
    stored = read_document(io.BytesIO(picture_corpus.camera_jpeg()), storage=storage)
    name = store_first_page(stored.name, storage=storage)
    with storage.open(name) as file, Image.open(file) as picture:
        assert picture.size == (900, 1200)


@pytest.mark.parametrize(("name", "data"), HARD, ids=[name for name, _data in HARD])
def test_S14_a_page_that_is_hard_to_draw_costs_no_more_than_the_limits(name, data, storage) -> None:
    stored = read_document(io.BytesIO(data), storage=storage)
    children_before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    picture = store_first_page(stored.name, storage=storage)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert used.ru_utime - children_before < 10
    assert used.ru_maxrss < 1024 * 1024  # kilobytes
    kept = storage.listdir("certificates")[1]
    assert len(kept) == (2 if picture else 1)
    if picture:
        with storage.open(picture) as file, Image.open(file) as drawn:
            assert max(drawn.size) <= 1400


def test_S14_a_reader_that_does_not_answer_is_ended(storage, monkeypatch) -> None:
    monkeypatch.setattr(confined, "SECONDS", 0.01)
    with pytest.raises(UploadRefused) as refusal:
        read_document(io.BytesIO(pdf_corpus.pdf()), storage=storage)
    assert refusal.value.code == "pdf_unreadable"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_S15_a_mutated_pdf_is_refused_or_kept(data, storage) -> None:
    content = bytearray(data.draw(st.sampled_from([body for _name, body in ACCEPTED])))
    for _ in range(data.draw(st.integers(1, 5))):
        place = data.draw(st.integers(9, len(content) - 1))
        content[place : place + data.draw(st.integers(0, 40))] = data.draw(st.binary(max_size=20))
    try:
        stored = read_document(io.BytesIO(bytes(content)), storage=storage)
    except UploadRefused:
        return
    assert stored.kind == "pdf"

from __future__ import annotations

import io
import re
import time

import pytest
from django.core.files.storage import FileSystemStorage
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from kit.uploads import UploadRefused, delete_document, read_document
from tests.kit import pdf_corpus, picture_corpus

REFUSED = list(pdf_corpus.refused_files())
ACCEPTED = list(pdf_corpus.accepted_files())


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


def test_S16_a_pdf_is_read_in_one_go(storage) -> None:
    """Half a minute of computing, when each object was searched from its start: a guard, not a figure."""
    began = time.process_time()
    read_document(io.BytesIO(pdf_corpus.slow_file()), storage=storage)
    assert time.process_time() - began < 10


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


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
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

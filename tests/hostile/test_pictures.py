"""S12–S15: pictures made to harm, each sent to an upload as a browser does: told why not, or kept clean."""

from __future__ import annotations

import random
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from inaaccess.bench.hostile import MOST_BOMB_MEGABYTES
from kit.uploads.measuring import measure_upload
from tests.hostile.counting import IS_FULL, TALLY
from tests.kit import picture_corpus as corpus

MUTATED = 2000 if IS_FULL else 120
SEED = 20_261_124
FILES = [(name, data) for name, data, _code in corpus.refused_files()] + list(corpus.accepted_files())
SIDES = (20_000, 30_000) if IS_FULL else (30_000,)
BIGGEST = [(make, side) for make in (corpus.png_claiming, corpus.jpeg_claiming) for side in SIDES]
TRIES = 3 if IS_FULL else 1


class Undone(Exception):
    """Ends the savepoint of one upload."""


def mutated(draw: random.Random) -> bytes:
    """A good file with bytes changed, cut, doubled or put in."""
    data = bytearray(draw.choice([corpus.jpeg(), corpus.png(), corpus.webp(), corpus.camera_jpeg()]))
    for _change in range(draw.randint(1, 6)):
        place, length = draw.randrange(max(1, min(len(data), 3000))), draw.randint(1, 200)
        match draw.randrange(4):
            case 0:
                data[place : place + 4] = draw.randbytes(draw.randint(1, 4))
            case 1:
                del data[place : place + length]
            case 2:
                data[place:place] = data[place : place + length]
            case _:
                data[place:place] = draw.randbytes(draw.randint(1, 64))
    return bytes(data)


@pytest.fixture
def send(world: Any) -> Any:
    client = Client(raise_request_exception=False)
    client.force_login(world.people["own_producer"])
    with override("en"):
        address = reverse("photo_upload", args=[world.draft.pk])

    def upload(name: str, data: bytes) -> int:
        file = SimpleUploadedFile(name, data)
        try:
            with transaction.atomic():
                response = client.post(address, {"photos": file}, headers={"accept": "application/json"})
                raise Undone
        except Undone:
            TALLY.note("pictures", name, response.status_code)
        return response.status_code

    return upload


@pytest.mark.django_db
def test_S15_every_hostile_file_is_answered(send):
    assert len(FILES) >= 40
    assert {name: status for name, data in FILES if (status := send(name, data)) not in (201, 422)} == {}


@pytest.mark.django_db
def test_S15_every_mutated_file_is_answered(send):
    draw = random.Random(SEED)
    wrong = [number for number in range(MUTATED) if send(f"{number}.jpg", mutated(draw)) not in (201, 422)]
    assert wrong == []


def test_S14_a_bomb_of_up_to_30_000_by_30_000_pixels_is_refused_with_little_memory():
    """How long it takes is judged by `manage.py bench --hostile`, which takes the quickest of three."""
    costs = [min((measure_upload(make(side, side)) for _try in range(TRIES)), key=lambda cost: cost.seconds)
             for make, side in BIGGEST]  # fmt: skip
    TALLY.measured["bomb_seconds"] = max(cost.seconds for cost in costs)
    TALLY.measured["bomb_megabytes"] = max(cost.extra_megabytes for cost in costs)
    assert {cost.outcome for cost in costs} == {"too_many_pixels"}
    assert TALLY.measured["bomb_megabytes"] < MOST_BOMB_MEGABYTES

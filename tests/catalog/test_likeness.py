import io
import uuid

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image, ImageDraw, ImageEnhance

from catalog.likeness import fill_likenesses, photographed_alike, titled_alike
from catalog.models import Product
from kit.uploads import ALIKE, distance, is_telling, picture_path, store_picture, stored_likeness
from kit.uploads.likeness import likeness_of
from tests import factories as make


def scene(seed=1, size=(800, 600)):
    picture = Image.new("RGB", size, "white")
    pen = ImageDraw.Draw(picture)
    for number in range(12):
        x, y = (number * 137 * seed) % size[0], (number * 211 * seed) % size[1]
        pen.ellipse((x, y, x + 160, y + 120), fill=((number * 60 * seed) % 255, (number * 90) % 255, 120))
    return picture


def encoded(picture, kind="JPEG", **how):
    out = io.BytesIO()
    picture.save(out, kind, **how)
    return out.getvalue()


@pytest.mark.parametrize(
    "again",
    [
        lambda picture: picture.resize((400, 300)),
        lambda picture: ImageEnhance.Brightness(picture).enhance(0.8),
        lambda picture: Image.open(io.BytesIO(encoded(picture, quality=30))),
        lambda picture: picture.convert("L").convert("RGB"),
    ],
    ids=["smaller", "darker", "recompressed", "without colour"],
)
def test_the_same_picture_differs_in_few_bits(again):
    picture = scene()
    assert distance(likeness_of(picture), likeness_of(again(picture))) <= ALIKE


def test_another_picture_differs_in_many():
    assert distance(likeness_of(scene(1)), likeness_of(scene(3))) > 2 * ALIKE


def test_a_likeness_fits_the_database_and_one_colour_tells_nothing():
    assert -(2**63) <= likeness_of(scene()) < 2**63
    assert distance(-(2**63), 0) == 1 and distance(-1, 0) == 64
    assert not is_telling(likeness_of(Image.new("RGB", (900, 900), "white"))) and is_telling(likeness_of(scene()))


def test_what_is_stored_looks_like_what_was_sent():
    stored = store_picture(io.BytesIO(encoded(scene(), quality=90)))
    assert distance(stored.likeness, likeness_of(scene())) <= ALIKE
    assert stored_likeness(stored.key) == stored.likeness
    assert stored_likeness(uuid.uuid4()) is None


def test_a_picture_whose_smallest_file_is_gone_or_broken_is_looked_at_in_another_size():
    stored = store_picture(io.BytesIO(encoded(scene(), quality=90)))
    default_storage.delete(picture_path(stored.key, "320"))
    default_storage.save(picture_path(stored.key, "320"), ContentFile(b"RIFF cut short"))
    default_storage.delete(picture_path(stored.key, "640"))
    again = stored_likeness(stored.key)
    assert again is not None and distance(again, stored.likeness) <= ALIKE


@pytest.mark.django_db
def test_photos_that_differ_in_up_to_three_bits_are_always_found_and_far_ones_never():
    base = likeness_of(scene())
    mine = make.PhotoFactory(likeness=base)
    near = [make.PhotoFactory(likeness=base ^ bits) for bits in (0, 1, 0b101 << 20, (1 << 5) | (1 << 30) | (1 << 50))]
    make.PhotoFactory(likeness=base ^ 0x0F0F0F0F0F0F)
    make.PhotoFactory(likeness=None)
    assert photographed_alike([mine]) == {near[0].pk: 0, near[1].pk: 1, near[2].pk: 2, near[3].pk: 3}


@pytest.mark.django_db
def test_a_picture_of_one_colour_is_compared_with_none():
    plain, other = make.PhotoFactory(likeness=0), make.PhotoFactory(likeness=0)
    assert photographed_alike([plain]) == {} and photographed_alike([]) == {}
    assert other.likeness == 0


@pytest.mark.django_db
def test_photos_of_before_are_looked_at_once():
    stored = store_picture(io.BytesIO(encoded(scene(), quality=90)))
    old = make.PhotoFactory(key=stored.key, likeness=None)
    make.PhotoFactory(likeness=None)  # its file is gone
    assert fill_likenesses() == 1 and fill_likenesses() == 0
    old.refresh_from_db()
    assert old.likeness == stored.likeness


@pytest.mark.django_db
def test_only_near_identical_titles_of_the_given_products_count_in_any_language():
    producer = make.ProducerFactory(listed=True)
    near = make.ProductFactory(published=True, producer=producer, title={"id": "Sandal kulit tali batik hitam"})
    make.ProductFactory(published=True, producer=producer, title={"id": "Keripik singkong pedas"})
    proposed = make.RevisionFactory(submitted=True, product__producer=producer, title={"es": "Sandalias de cuero"})
    own = Product.objects.filter(producer=producer)
    found = titled_alike({"id": "Sandal kulit tali batik", "es": "Sandalias de cuero"}, own)
    assert set(found) == {near.pk, proposed.product_id} and all(0.6 <= alike <= 1 for alike in found.values())
    assert titled_alike({}, own) == {}

"""Reading the documents that we make, as a person would: words by page, pictures of pages."""

from __future__ import annotations

import io

import pypdfium2
from django.core.files.storage import default_storage
from PIL import Image

from kit.uploads import store_picture
from tests.catalog.products import published
from tests.factories import PhotoFactory, PhotoPlacementFactory

RED = (200, 30, 30)


def words(data: bytes) -> list[str]:
    """The text of each page, on one line."""
    document = pypdfium2.PdfDocument(data)
    return [" ".join(page.get_textpage().get_text_bounded().replace("\xa0", " ").split()) for page in document]


def pixel(data: bytes, x_mm: float, y_mm: float, page: int = 0) -> tuple[int, ...]:
    """The colour at a place of a page."""
    picture = pypdfium2.PdfDocument(data)[page].render(scale=1).to_pil().convert("RGB")
    return tuple(picture.getpixel((round(x_mm * 72 / 25.4), round(y_mm * 72 / 25.4))))


def red_picture(width: int = 1600, height: int = 1200):
    """A stored picture that is red all over; its key."""
    out = io.BytesIO()
    Image.new("RGB", (width, height), RED).save(out, "JPEG")
    out.seek(0)
    return store_picture(out, storage=default_storage).key


def with_picture(**fields):
    """A published product whose cover is red."""
    product = published(**fields)
    product.placements.all().delete()
    PhotoPlacementFactory(product=product, photo=PhotoFactory(key=red_picture(), producer=product.producer))
    return product

"""The process in which `manage.py bench --documents` draws: it begins without models, so imports stand in functions."""

from __future__ import annotations

import multiprocessing
import shutil
import tempfile
import time
from pathlib import Path
from typing import Any, Final

PRODUCTS: Final = 100
SHEETS: Final = 20


def measure(name: str, kind: str, per_page: int, answers: Any) -> None:
    """Draw one kind of document in this process and answer with seconds, peak megabytes and the size of the file."""
    import django

    django.setup()  # a fresh process: no model can be imported before
    from django.test.utils import override_settings

    from inaaccess.bench import databases

    with tempfile.TemporaryDirectory() as folder, override_settings(MEDIA_ROOT=folder), databases.using(name):
        market, ids = _busiest_market()
        _store_photos(ids, Path(folder))
        began = time.process_time()
        seconds, size = _sheets(ids) if kind == "sheet" else _document(market, ids, kind, per_page)
    work = time.process_time() - began
    status = Path("/proc/self/status").read_text()
    peak = int(status.split("VmHWM:")[1].split()[0]) / 1024
    answers.put({"seconds": seconds, "work": work, "megabytes": peak, "file": size / 1024 / 1024})


def _busiest_market() -> tuple[Any, list[int]]:
    from django.db.models import Count

    from markets.models import Market, MarketListing
    from promotion.document_content import product_ids_of

    counted = MarketListing.objects.public().order_by().values_list("market").annotate(number=Count("pk"))
    market = Market.objects.get(pk=counted.order_by("-number")[0][0])
    return market, product_ids_of(market)[:PRODUCTS]


def _store_photos(ids: list[int], folder: Path) -> None:
    """The same camera's picture under the key of each cover: made by another process, so that it costs us nothing."""
    from catalog.models import PhotoPlacement

    made = folder / "made.jpg"
    child = multiprocessing.get_context("spawn").Process(target=_make_master, args=(str(made),))
    child.start()
    child.join()
    for key in PhotoPlacement.objects.filter(product__in=ids).values_list("photo__key", flat=True):
        place = folder / "pictures" / str(key)
        place.mkdir(parents=True, exist_ok=True)
        shutil.copy(made, place / "master.jpg")


def _make_master(path: str) -> None:
    import io

    from kit.uploads.decoding import decoded, encode
    from kit.uploads.measuring import make_photo
    from kit.uploads.pictures import LONGER_SIDE

    with decoded(io.BytesIO(make_photo(12)).getvalue(), LONGER_SIDE["master"]) as (master, _width, _height):
        Path(path).write_bytes(encode(master, "JPEG", quality=88))


def _document(market: Any, ids: list[int], kind: str, per_page: int) -> tuple[float, int]:
    from django.utils import timezone

    from promotion import making
    from promotion.models import Document, DocumentState
    from promotion.models.document import KEPT

    what = {"kind": kind, "market": market, "language": "es", "per_page": per_page, "campaign": None}
    Document.objects.all().delete()  # what a run that was stopped left would be made first
    document = Document.objects.create(product_ids=ids, total=len(ids), expires_at=timezone.now() + KEPT, **what)
    began = time.perf_counter()
    while Document.objects.filter(pk=document.pk, state__in=("queued", "making")).exists():
        making.make_waiting()
    seconds = time.perf_counter() - began
    document.refresh_from_db()
    size, state = document.file_bytes, document.state
    document.forget()
    if state != DocumentState.READY:
        raise RuntimeError("The document could not be made.")
    return seconds, size


def _sheets(ids: list[int]) -> tuple[float, int]:
    """The slowest of twenty sheets that nobody has drawn yet, the library loaded already."""
    from catalog.models import Product
    from catalog.page_row import read_page
    from promotion.models import KeptSheet
    from promotion.sheets import sheet_file

    KeptSheet.objects.all().delete()
    slugs = list(Product.objects.filter(pk__in=ids).order_by("pk").values_list("slug", flat=True)[: SHEETS + 1])
    slowest, size = 0.0, 0
    for number, slug in enumerate(slugs):
        row = read_page(str(slug))
        began = time.perf_counter()
        content = sheet_file(row).content if row else b""
        slowest = max(slowest, time.perf_counter() - began if number else 0.0)
        size = max(size, len(content))
    return slowest, size

"""Documents for tests: products to print, a document that is asked for or made, and what is in its file."""

from __future__ import annotations

import re

from django.core.files.storage import default_storage

from promotion import making
from promotion.document_content import product_ids_of
from promotion.models import Document
from tests import factories as make
from tests.promotion.papers import with_picture, words


def offered(*, rank: int = 1, title: str = "Sandalias", **fields):
    product = with_picture(target_markets=["CL"], title={"es": title, "en": title}, **fields)
    make.MarketListingFactory(listed=True, product=product, rank=rank)
    return product


def asked(by=None, **what) -> Document:
    what = {"kind": "market_catalogue", "language": "es", "per_page": 2, "campaign": None, **what}
    market = what.pop("market", None) or make.MarketFactory()
    return Document.objects.ask(by=by or make.UserFactory(), product_ids=product_ids_of(market), market=market, **what)


def made(**what) -> tuple[Document, list[str]]:
    document = asked(**what)
    making.make_waiting()
    document.refresh_from_db()
    assert document.state == "ready"
    return document, words(content(document))


def content(document) -> bytes:
    with default_storage.open(document.file_path, "rb") as file:
        return file.read()


def number_of(page: str) -> int:
    """The number that is printed on a page."""
    found = re.search(r"\(UTC\) (\d+)\b", page)
    assert found
    return int(found[1])


def files() -> set[str]:
    return set(default_storage.listdir("documents")[1])

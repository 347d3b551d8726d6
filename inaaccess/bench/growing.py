"""A catalogue for measuring search at any size: short texts, one photo a product, and up to a million products.

The first products are drawn one by one (inaaccess/bench/invented.py), with their search rows as the site writes them.
The others are copies of them in SQL, each with a word of its own in its title, by another producer, published and
confirmed at another time; their search rows are those of the first, changed alike. So words, commodities, places and
prices keep their skew at every size, and rare words stay rare.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from random import Random
from typing import Any, Final

from django.db import connection, models

from catalog.corrections import rebuild_words
from catalog.facet_counts import refresh_browse_counts
from catalog.indexing import refresh_tiers, reindex
from catalog.models import (
    CertificateCoverage,
    Photo,
    PhotoPlacement,
    PriceOffer,
    Product,
    ProductSearch,
    ProductStanding,
)
from exporters.models import Certificate, Producer
from inaaccess.bench.catalogue import TABLES
from inaaccess.bench.copying import continue_numbers, copy
from inaaccess.bench.invented import Catalogue
from inaaccess.bench.texts import SYLLABLES
from markets.models import MarketListing
from markets.ranking import push_ranks

DRAWN_ONE_BY_ONE: Final = 100_000
RARE_WORDS: Final = 40_000

Changes = dict[str, str]

# For each row `held` of the first products, and each `turn` from 1: what a copy says instead. %(products)s and
# %(producers)s are how many there are of them before; `luck` is a number from 0 to 1, the same at every making.
_LUCK: Final = "(hashint8({key})::bigint + 2147483648) / 4294967296.0"
_NUMBER: Final = f"floor({RARE_WORDS} * power({_LUCK}, 3))::int"
_WORD: Final = "(SELECT word FROM rare_word WHERE number = " + _NUMBER + ")"  # noqa: S608
_NEXT_PRODUCT: Final = "product_id + turn * %(products)s"


class ShortCatalogue(Catalogue):
    """The invented catalogue with one photo a product and descriptions of one paragraph."""

    def photos(self) -> Iterator[dict[str, Any]]:
        self.photo_numbers = [(product, product, 0) for _pk, product, position in self.photo_numbers if position == 0]
        yield from super().photos()

    def _texts(self, languages: list[str], *, paragraphs: int) -> dict[str, str]:
        return super()._texts(languages, paragraphs=1)


def fill(rows: int, seed: int) -> None:
    """Fill a database that has the reference rows and nothing else, for searching in it."""
    first = min(rows, DRAWN_ONE_BY_ONE)
    if rows % first:
        raise ValueError(f"Up to {DRAWN_ONE_BY_ONE} products, or a multiple of that.")
    invented = ShortCatalogue(first, seed)
    for model, drawn in TABLES:
        copy(model, getattr(invented, drawn.__name__)())
    _continue_numbers()
    _run("ANALYZE")
    with _indexes_afterwards():
        reindex(range(1, first + 1))
        if rows > first:
            _grow(rows // first, invented)
        refresh_tiers()  # now: later, each row that changes its tier is written into five indexes
    _continue_numbers()
    push_ranks()
    _run("VACUUM ANALYZE")
    rebuild_words()
    refresh_browse_counts()


_KEYS_UNCHECKED: Final = """
SELECT set_config('session_replication_role', %(role)s, false) FROM pg_roles WHERE rolname = current_user AND rolsuper
"""  # copies of rows whose foreign keys are good need no checks


def _continue_numbers() -> None:
    continue_numbers(*(model for model, _drawn in TABLES if model is not ProductStanding))


def _grow(times: int, invented: Catalogue) -> None:
    parameters = {"turns": times - 1, "products": invented.rows, "producers": invented.producer_count}
    _run("CREATE TEMPORARY TABLE rare_word (number int PRIMARY KEY, word text)")
    _run(
        "INSERT INTO rare_word SELECT place - 1, word FROM unnest(%(words)s::text[]) WITH ORDINALITY one (word, place)",
        {"words": _rare_words(invented.draw)},
    )
    _run("ANALYZE rare_word")
    _run(_KEYS_UNCHECKED, {"role": "replica"})
    for model, changes in _COPIED:
        given = (models.AutoField, models.GeneratedField)
        fields = [str(one.column) for one in model._meta.concrete_fields if not isinstance(one, given)]
        columns = [*(name for name in fields if name not in changes), *changes]
        values = [changes.get(column, f'held."{column}"') for column in columns]
        table = model._meta.db_table
        names = ", ".join(f'"{column}"' for column in columns)
        _run(
            f"INSERT INTO {table} ({names}) SELECT {', '.join(values)} "  # noqa: S608
            f"FROM (SELECT * FROM {table}) held, generate_series(1, %(turns)s) turn",
            parameters,
        )
    _run(_KEYS_UNCHECKED, {"role": "origin"})


@contextmanager
def _indexes_afterwards() -> Iterator[None]:
    """The search indexes go before many rows come, and are made again after them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 'product_search' AND indexname ~ '^ps_'"
        )
        indexes = cursor.fetchall()
        for name, _sql in indexes:
            cursor.execute(f"DROP INDEX {name}")
        yield
        cursor.execute("SET maintenance_work_mem = '1GB'")
        for _name, sql in indexes:
            cursor.execute(sql)
        cursor.execute("RESET maintenance_work_mem")


def _rare_words(draw: Random) -> list[str]:
    """Words that look like those of the four languages, each once."""
    parts = [part for text in SYLLABLES.values() for part in text.split() if part.isascii()]
    words: dict[str, None] = {}
    while len(words) < RARE_WORDS:
        words["".join(draw.choices(parts, k=draw.randint(3, 5)))] = None
    return list(words)


def _titles(key: str) -> str:
    word = _WORD.format(key=key)
    return f"(SELECT jsonb_object_agg(name, text || ' ' || {word}) FROM jsonb_each_text(held.title) t (name, text))"  # noqa: S608


_PRODUCT: Final = "held.id + turn * %(products)s"
_COPIED: Final[list[tuple[type[models.Model], Changes]]] = [
    (Producer, {
        "id": "held.id + turn * %(producers)s", "slug": "held.slug || '-' || turn",
        "trade_name": "held.trade_name || ' ' || turn",
        "trade_name_skeleton": "held.trade_name_skeleton || turn",
    }),
    (Certificate, {
        "id": "held.id + turn * 2 * %(producers)s", "producer_id": "held.producer_id + turn * %(producers)s",
        "number": "held.number || '-' || turn",
    }),
    (Product, {
        "id": _PRODUCT, "producer_id": "held.producer_id + turn * %(producers)s",
        "slug": f"held.slug || '-' || ({_PRODUCT})", "title": _titles(_PRODUCT),
        "published_at": "held.published_at - turn * interval '37 minutes'",
    }),
    (Photo, {
        "id": _PRODUCT, "producer_id": "held.producer_id + turn * %(producers)s", "key": "gen_random_uuid()",
        "sha256": f"lpad(to_hex({_PRODUCT}), 64, '0')",
    }),
    (PhotoPlacement, {"photo_id": "held.photo_id + turn * %(products)s", "product_id": f"held.{_NEXT_PRODUCT}"}),
    (PriceOffer, {"product_id": f"held.{_NEXT_PRODUCT}"}),
    (CertificateCoverage, {
        "product_id": f"held.{_NEXT_PRODUCT}", "certificate_id": "held.certificate_id + turn * 2 * %(producers)s",
    }),
    (MarketListing, {"product_id": f"held.{_NEXT_PRODUCT}", "promoted_until": "NULL"}),
    (ProductStanding, {"product_id": f"held.{_NEXT_PRODUCT}"}),
    (ProductSearch, {
        "product_id": f"held.{_NEXT_PRODUCT}", "sample": f"hashint8(held.{_NEXT_PRODUCT}) & 63",
        "quality": f"greatest(0, held.quality - floor(40000 * {_LUCK.format(key=f'(held.{_NEXT_PRODUCT})')})::int)",
        "document": "held.document || setweight(to_tsvector('simple', "
                    + _WORD.format(key=f"(held.{_NEXT_PRODUCT})") + "), 'A')",
        "published_at": "held.published_at - turn * interval '37 minutes'",
    }),
]  # fmt: skip


def _run(sql: str, parameters: dict[str, Any] | None = None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)

"""What search costs beside searching: the size of its indexes, one approval's write, a rebuild of all rows."""

from __future__ import annotations

import time
from random import Random
from typing import Final

from django.db import connection, transaction

from catalog.indexing import reindex
from catalog.models import Product, ProductSearch
from catalog.rebuilding import reindex_all

WRITES: Final = 40


def index_megabytes() -> float:
    """All five search indexes."""
    return _number("SELECT sum(pg_relation_size(indexrelid)) FROM pg_index JOIN pg_class i ON i.oid = indexrelid "
                   "JOIN pg_am ON pg_am.oid = i.relam WHERE indrelid = 'product_search'::regclass AND amname = 'gin'"
                   ) / 2**20  # fmt: skip


def table_megabytes() -> float:
    """The rows themselves, without any index."""
    return _number("SELECT pg_table_size('product_search')") / 2**20


def writes(draw: Random) -> list[float]:
    """Milliseconds of writing a row whose product has got another title, as each approval does."""
    last = ProductSearch.objects.order_by("-pk").values_list("pk", flat=True)[0]
    times = []
    for number in range(WRITES):
        row = ProductSearch.objects.filter(pk__gte=draw.randint(1, last)).order_by("pk").values_list("pk", flat=True)[0]
        with transaction.atomic():
            title = {"en": f"Approved {number} {draw.getrandbits(40):x}", "id": f"Disetujui {number}"}
            Product.objects.filter(pk=row).update(title=title)
            began = time.perf_counter()
            reindex([row])
            times.append((time.perf_counter() - began) * 1000)
            transaction.set_rollback(True)
    return times


def rebuild_seconds() -> float:
    """How long `reindex --all` takes, from the first row to the change-over and the counts of lists."""
    began = time.perf_counter()
    reindex_all(from_start=True)
    return time.perf_counter() - began


def _number(sql: str) -> float:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return float((cursor.fetchone() or [0])[0] or 0)

"""Keeps the search rows true behind people's backs: takes the marks of what changed, and follows the calendar.

A verb that changes a product writes its row itself (catalog/indexing.py). What many products repeat (a concept of the
thesaurus, a producer, a certificate, a rate) is only marked by the change, and its products follow within seconds.
"""

from __future__ import annotations

import time
from collections import defaultdict
from typing import Final

from django.db import connection, transaction
from django.utils import timezone

from catalog.indexing import reindex
from catalog.models import NewTerm, SearchMark, SearchRun

BATCH: Final = 500
BULK: Final = 2_000  # more products than this let smaller changes pass
A_MINUTE: Final = 45

CHANGE_OVER: Final = "search change-over"  # a lock: while rebuilt rows take over, nothing is taken
_TAKE: Final = f"""
DELETE FROM search_dirty WHERE (SELECT pg_try_advisory_xact_lock_shared(hashtext('{CHANGE_OVER}'))) AND id IN (
    SELECT id FROM search_dirty ORDER BY is_bulk, id LIMIT %s FOR UPDATE SKIP LOCKED)
RETURNING kind, key
"""  # noqa: S608

# The public products that repeat a thing, by the kind of its mark.
_PRODUCTS: Final = {
    "producer": "SELECT id FROM catalog_product WHERE producer_id = ANY(%s::bigint[])",
    "commodity": "SELECT id FROM catalog_product WHERE commodity_id = ANY(%s::bigint[])",
    "category": """SELECT id FROM catalog_product WHERE category_id IN (
        SELECT id FROM catalog_category WHERE id = ANY(%s::bigint[]) OR parent_id = ANY(%s::bigint[]))""",
    "certificate": "SELECT product_id FROM catalog_certificatecoverage WHERE certificate_id = ANY(%s::bigint[])",
    "regency": """SELECT p.id FROM catalog_product p JOIN exporters_producer maker ON maker.id = p.producer_id
        WHERE maker.regency_id = ANY(%s)""",
    "province": """SELECT p.id FROM catalog_product p JOIN exporters_producer maker ON maker.id = p.producer_id
        JOIN exporters_regency place ON place.code = maker.regency_id WHERE place.province_id = ANY(%s)""",
    "hs": "SELECT id FROM catalog_product WHERE hs6_id = ANY(%s) OR left(hs6_id, 4) = ANY(%s)",
    "currency": """SELECT DISTINCT product_id FROM catalog_priceoffer
        WHERE product_id IS NOT NULL AND currency = ANY(%s)""",
}  # fmt: skip

_SPREAD: Final = """
WITH found AS MATERIALIZED (
    SELECT id FROM ({products}) these (id) JOIN catalog_product USING (id)
    WHERE state = 'published' OR EXISTS (SELECT FROM product_search WHERE product_id = id))
INSERT INTO search_dirty (kind, key, is_bulk)
SELECT 'product', id::text, (SELECT count(*) FROM found) > %s FROM found ORDER BY id
"""

# What the calendar changes in a row, on the days after %(seen)s up to %(today)s: prices and certificates end, rates
# begin, and facts that nobody confirmed fade (see the quality in catalog/search_row.py).
_OVERTAKEN: Final = """
INSERT INTO search_dirty (kind, key, is_bulk)
SELECT 'product', product_id::text, true FROM (
    SELECT product_id FROM catalog_priceoffer
    WHERE product_id IS NOT NULL AND valid_until >= %(seen)s AND valid_until < %(today)s
    UNION
    SELECT covers.product_id FROM exporters_certificate held
    JOIN catalog_certificatecoverage covers ON covers.certificate_id = held.id
    WHERE held.expires_on >= %(seen)s AND held.expires_on < %(today)s
    UNION
    SELECT id FROM catalog_product WHERE state = 'published' AND confirmed_on > %(today)s::date - 400
        AND greatest(0, least(275, 365 - (%(seen)s::date - confirmed_on))) / 25
            <> greatest(0, least(275, 365 - (%(today)s::date - confirmed_on))) / 25
) overtaken JOIN catalog_product ON id = product_id WHERE state = 'published'
UNION ALL
SELECT DISTINCT 'currency', currency, true FROM catalog_exchangerate WHERE day > %(seen)s AND day <= %(today)s
"""


def keep_up(seconds: float = A_MINUTE) -> int:
    """What the day has overtaken and all that is marked; how many products were looked at. Stops after a while."""
    mark_the_day()
    return drain(seconds)


def drain(seconds: float | None = None) -> int:
    """Rebuild the rows of all that is marked, small changes first; how many products. Any number may run at once."""
    ends_at, done = None if seconds is None else time.monotonic() + seconds, 0
    while ends_at is None or time.monotonic() < ends_at:
        taken, products = _step()
        done += products
        if not taken:
            break
    _forget_indexed_terms()
    return done


def mark_the_day() -> None:
    """Mark, once a day, what the calendar changed since the last time. In UTC, like every day of an offer."""
    today = timezone.now().date()
    if SearchRun.objects.filter(name="day", position=today.toordinal()).exists():
        return
    with transaction.atomic():
        SearchRun.objects.get_or_create(name="day", defaults={"position": today.toordinal() - 1})
        run = SearchRun.objects.select_for_update().get(name="day")
        if run.position >= today.toordinal():
            return
        seen = today.fromordinal(run.position)
        with connection.cursor() as cursor:
            cursor.execute(_OVERTAKEN, {"seen": seen, "today": today})
        run.position, run.finished_at = today.toordinal(), timezone.now()
        run.save()


def mark(kind: str, key: object) -> None:
    """Mark a thing that search rows repeat, where no trigger sees that it changed."""
    SearchMark.objects.create(kind=kind, key=str(key))


def _step() -> tuple[int, int]:
    """Take some marks: how many, and how many of them were products."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_TAKE, [BATCH])
        keys: dict[str, set[str]] = defaultdict(set)
        taken = cursor.fetchall()
        for kind, key in taken:
            keys[kind].add(key)
        products = {int(key) for key in keys.pop("product", ())}
        for kind, these in keys.items():
            sql = _PRODUCTS[kind]
            cursor.execute(_SPREAD.format(products=sql), [sorted(these)] * sql.count("%s") + [BULK])
        reindex(products)
    return len(taken), len(products)


def _forget_indexed_terms() -> None:
    """When nothing is marked, every document holds the words of the thesaurus. One statement, so one moment."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"DELETE FROM {NewTerm._meta.db_table} WHERE NOT EXISTS (SELECT FROM {SearchMark._meta.db_table})"  # noqa: S608
        )

"""`manage.py bench --files`: what the whole catalogue of a market costs, as CSV and as JSON lines, with all products.

On a copy of the bench's database in which one market offers every product. Each file is written by a process of its
own; its memory is that of the whole process at its highest, Django and all.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from typing import Any, Final

from django.conf import settings
from django.db import connection
from django.test import RequestFactory

from inaaccess.bench import databases
from inaaccess.bench.report import Figure
from inaaccess.supervision import CannotStart
from kit.uploads.measuring import peak_megabytes
from markets import feeds

MARKET: Final = "CL"
MOST_MEGABYTES: Final = 200.0
KINDS: Final = ("csv", "jsonl")
CHILD: Final = """
import json, sys, django
django.setup()
from inaaccess.bench.market_files import write_one
print(json.dumps(write_one(sys.argv[1])))
"""
NAME_IT: Final = f"""
    UPDATE catalog_product SET target_markets = array_append(target_markets, '{MARKET}')
    WHERE state = 'published' AND NOT target_markets @> ARRAY['{MARKET}']::varchar[]
"""  # noqa: S608  a constant of ours
LIST_IT: Final = f"""
    INSERT INTO markets_marketlisting (product_id, market_id, state, pitch, rank, decline_reason, decline_note)
    SELECT id, '{MARKET}', 'listed', '{{}}', id, '', '' FROM catalog_product WHERE state = 'published'
    ON CONFLICT (product_id, market_id) DO UPDATE SET state = 'listed'
"""  # noqa: S608  a constant of ours


def measure(rows: int, seed: int) -> list[Figure]:
    """Seconds, megabytes written and megabytes of memory of each kind of file. Raises CannotStart."""
    copy = databases.copy_of(databases.name_of(rows, seed))
    try:
        with databases.using(copy), connection.cursor() as cursor:
            for statement in ("SET session_replication_role = replica", NAME_IT, LIST_IT, "VACUUM ANALYZE"):
                cursor.execute(statement)
        return [figure for kind in KINDS for figure in _of(kind, copy)]
    finally:
        databases.drop(copy)


def _of(kind: str, name: str) -> list[Figure]:
    environment = {
        **os.environ,
        "DATABASE_URL": databases.url_of(name),
        "DJANGO_SETTINGS_MODULE": "inaaccess.settings",
    }
    command = [sys.executable, "-c", CHILD, kind]
    ran = subprocess.run(
        command, cwd=settings.BASE_DIR, env=environment, stdout=subprocess.PIPE, stderr=None, check=False
    )
    if ran.returncode != 0:
        raise CannotStart(f"The catalogue as {kind} was not written.")
    told: dict[str, float] = json.loads(ran.stdout)
    limits = {"memory_mb": MOST_MEGABYTES}
    return [Figure(f"catalogue_{kind}_{what}", value, limits.get(what)) for what, value in told.items()]


def write_one(kind: str) -> dict[str, float]:
    """Write the file to nowhere, as the server would; what it took."""
    view: Any = {"csv": feeds.market_catalogue_csv, "jsonl": feeds.market_catalogue_jsonl}[kind]
    began, size, lines = time.perf_counter(), 0, 0
    for part in view(RequestFactory().get("/"), MARKET).streaming_content:
        size, lines = size + len(part), lines + part.count(b"\n")
    seconds = time.perf_counter() - began
    return {"lines": lines, "seconds": seconds, "size_mb": size / 1e6, "memory_mb": peak_megabytes()}

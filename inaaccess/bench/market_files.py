"""`manage.py bench --files`: what the whole catalogue of a market costs, as CSV and as JSON lines, with all products.

Each file is written by a process of its own, on a copy of the truth that is undone: every product is listed in one
market. Its memory is that of the whole process at its highest, Django and all.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from typing import Any, Final

from django.conf import settings

from inaaccess.bench import databases
from inaaccess.bench.report import Figure
from inaaccess.supervision import CannotStart

MARKET: Final = "CL"
MOST_MEGABYTES: Final = 200.0
KINDS: Final = ("csv", "jsonl")
LIST_ALL: Final = f"""
    SET LOCAL session_replication_role = replica;
    UPDATE catalog_product SET target_markets = array_append(target_markets, '{MARKET}')
        WHERE state = 'published' AND NOT target_markets @> ARRAY['{MARKET}']::varchar[];
    INSERT INTO markets_marketlisting (product_id, market_id, state, pitch, rank, decline_reason, decline_note)
        SELECT id, '{MARKET}', 'listed', '{{}}', id, '', '' FROM catalog_product WHERE state = 'published'
        ON CONFLICT (product_id, market_id) DO UPDATE SET state = 'listed';
"""  # noqa: S608  a constant of ours


def measure(rows: int, seed: int) -> list[Figure]:
    """Seconds, megabytes written and megabytes of memory of each kind of file. Raises CannotStart."""
    return [figure for kind in KINDS for figure in _of(kind, databases.name_of(rows, seed))]


def _of(kind: str, name: str) -> list[Figure]:
    environment = {**os.environ, "DATABASE_URL": databases.url_of(name)}
    command = [sys.executable, "-m", "inaaccess.bench.market_files", kind]
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
    from django.db import connection, transaction
    from django.test import RequestFactory, override_settings

    from markets import feeds

    view: Any = {"csv": feeds.market_catalogue_csv, "jsonl": feeds.market_catalogue_jsonl}[kind]
    with transaction.atomic(), override_settings(RATE_LIMITS={"catalogue": (1000, 1)}):
        with connection.cursor() as cursor:
            cursor.execute(LIST_ALL)
        began, size, lines = time.perf_counter(), 0, 0
        for part in view(RequestFactory().get("/"), MARKET).streaming_content:
            size, lines = size + len(part), lines + part.count(b"\n")
        seconds = time.perf_counter() - began
        transaction.set_rollback(True)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"lines": lines, "seconds": seconds, "size_mb": size / 1e6, "memory_mb": memory}


def main(arguments: Sequence[str]) -> None:
    """In a process of its own: the kind of file, of the database in DATABASE_URL."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "inaaccess.settings")
    django.setup()
    print(json.dumps(write_one(arguments[0])))


if __name__ == "__main__":
    main(sys.argv[1:])

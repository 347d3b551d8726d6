"""Databases of the bench's own: made beside the one of DATABASE_URL, which is never written to.

One for each number of rows and seed. A database is kept for the next run, and made anew when the migrations, the
generator or the search rows have changed since, or when its prices have aged by a week.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test.utils import override_settings

from catalog.corrections import rebuild_words
from inaaccess.bench import catalogue, growing
from kit import keeping

KEPT = timedelta(days=7)
MADE_FROM = (
    "*/migrations/0*.py",
    "inaaccess/bench/catalogue.py",
    "inaaccess/bench/growing.py",
    "inaaccess/bench/invented.py",
    "inaaccess/bench/texts.py",
    "catalog/search_row.py",
    "catalog/lexemes.py",
    "catalog/corrections.py",
    "inaaccess/reference/commodities.csv",
    "inaaccess/demo/producers/*.toml",
)


def _fill_with_demo(_rows: int, _seed: int) -> None:
    with override_settings(MEDIA_ROOT=str(Path(settings.DATA_DIR) / "bench" / "demo")):
        call_command("load_demo", verbosity=0)
    rebuild_words()


def _fill_with_enquiries(rows: int, seed: int) -> None:
    from inaaccess.bench import enquiries  # it asks for databases here

    enquiries.fill(rows, seed)


FILLS: dict[str, Callable[[int, int], None]] = {
    "bench": catalogue.fill, "search": growing.fill, "demo": _fill_with_demo, "enquiries": _fill_with_enquiries,
}  # fmt: skip


def name_of(rows: int, seed: int, kind: str = "bench") -> str:
    """The database for this many products drawn from this seed."""
    return f"{connection.settings_dict['NAME']}_{kind}_{rows}_{seed}"[:63]


def url_of(name: str) -> str:
    """DATABASE_URL with another database in it."""
    address: str = settings.DATABASE_URL
    return urlunsplit(urlsplit(address)._replace(path=f"/{name}"))


@contextmanager
def using(name: str) -> Iterator[None]:
    """Let this process work in another database for a while."""
    before = connection.settings_dict["NAME"]
    _switch_to(name)
    try:
        yield
    finally:
        _switch_to(before)


def ensure(rows: int, seed: int, *, anew: bool = False, kind: str = "bench", any_kept: bool = False) -> str:
    """The name of a filled database: one that is kept and still good, else a new one. `kind` is one of FILLS.

    `any_kept`: one that is kept is good, whatever has changed since; its tables are only brought up to date.
    """
    name = name_of(rows, seed, kind)
    if any_kept and not anew and _mark_of(name):
        with using(name):
            call_command("migrate", verbosity=0)
    elif anew or _mark_of(name) not in _good_marks():
        drop(name)
        _execute(f"CREATE DATABASE {_quoted(name)}")
        with using(name):
            call_command("migrate", verbosity=0)
            call_command("load_reference", stdout=StringIO())
            FILLS[kind](rows, seed)
        _execute(f"COMMENT ON DATABASE {_quoted(name)} IS '{_fingerprint()} {date.today().isoformat()}'")
    return name


def copy_of(name: str) -> str:
    """Another database with the same content, to be changed and dropped. Nobody may be connected to the first."""
    copy = f"{name}_copy"[:63]
    drop(copy)
    _execute(f"CREATE DATABASE {_quoted(copy)} TEMPLATE {_quoted(name)}")
    return copy


def drop(name: str) -> None:
    """Delete a database of the bench, whoever is still connected."""
    _execute(f"DROP DATABASE IF EXISTS {_quoted(name)} WITH (FORCE)")


def _good_marks() -> set[str]:
    return {f"{_fingerprint()} {(date.today() - timedelta(days=days)).isoformat()}" for days in range(KEPT.days)}


def _mark_of(name: str) -> str:
    """What `ensure` wrote when the database was full; "" when it is not there or not full."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s",
            [name],
        )
        row = cursor.fetchone()
    return str(row[0] or "") if row else ""


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for pattern in MADE_FROM:
        for file in sorted(Path(settings.BASE_DIR).glob(pattern)):
            digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def _execute(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def _switch_to(name: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = name
    keeping.forget()

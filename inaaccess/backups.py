"""Backups, taken and restored as docs/deploy.md says, and compared to the row and the byte.

The database is read in one snapshot, by pg_dump and by us: rows that are written meanwhile are in neither, so the
comparison is exact on a site that is in use. The files are copied after it, so every file that a row names is there.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import psycopg2
from psycopg2 import sql

from inaaccess.local_postgres import programs
from inaaccess.supervision import CannotStart

TABLES: Final = """
    SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind = 'r' AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg_temp%'
    ORDER BY 1, 2"""
GUARDS: Final = """
    SELECT 'trigger ' || tgrelid::regclass || ' ' || tgname FROM pg_trigger WHERE NOT tgisinternal
    UNION ALL SELECT 'constraint ' || conrelid::regclass || ' ' || conname FROM pg_constraint
        WHERE connamespace = 'public'::regnamespace AND conrelid <> 0
    UNION ALL SELECT 'index ' || indexname FROM pg_indexes WHERE schemaname = 'public'"""
ROWS: Final = sql.SQL("SELECT count(*), coalesce(sum(hashtextextended(t::text, 0)::numeric), 0)::text FROM {} t")
PLAIN: Final = "-c timezone=UTC -c datestyle=ISO -c extra_float_digits=1 -c bytea_output=hex -c statement_timeout=0"


@dataclass(frozen=True)
class Contents:
    """Rows and checksum of each table, and the names of all triggers, constraints and indexes."""

    tables: dict[str, tuple[int, str]]
    guards: frozenset[str]

    @property
    def rows(self) -> int:
        """Of all tables."""
        return sum(rows for rows, _checksum in self.tables.values())

    def differences(self, other: Contents) -> list[str]:
        """What is not the same there, in words; nothing when all is."""
        names = sorted({*self.tables, *other.tables})
        told = [f"{name}: {self.tables.get(name)} here, {other.tables.get(name)} there"
                for name in names if self.tables.get(name) != other.tables.get(name)]  # fmt: skip
        return told + [f"{name}: in one of them only" for name in sorted(self.guards ^ other.guards)]


@contextmanager
def connected(database: Mapping[str, Any]) -> Iterator[Any]:
    """A connection whose rows read the same everywhere, in one snapshot that changes nothing."""
    environment = libpq(database)
    connection = psycopg2.connect(
        host=environment["PGHOST"], port=environment["PGPORT"], user=environment["PGUSER"],
        password=environment["PGPASSWORD"], dbname=environment["PGDATABASE"], options=PLAIN,
    )  # fmt: skip
    connection.set_session(isolation_level="REPEATABLE READ", readonly=True)
    try:
        with connection.cursor() as cursor:
            yield cursor
    finally:
        connection.close()


def is_empty(database: Mapping[str, Any]) -> bool:
    """Whether there is no table yet."""
    with connected(database) as cursor:
        cursor.execute(TABLES)
        return cursor.fetchone() is None


def contents(cursor: Any) -> Contents:
    """Read every row of every table."""
    cursor.execute(TABLES)
    tables = {}
    for schema, table in cursor.fetchall():
        cursor.execute(ROWS.format(sql.Identifier(schema, table)))
        tables[f"{schema}.{table}"] = cursor.fetchone()
    cursor.execute(GUARDS)
    return Contents(tables, frozenset(name for (name,) in cursor.fetchall()))


def dump(database: Mapping[str, Any], file: Path) -> Contents:
    """Write the database into `file`, and say what it held at that moment. Raises CannotStart when pg_dump fails."""
    with connected(database) as cursor:
        cursor.execute("SELECT pg_export_snapshot(), current_setting('server_version_num')::int / 10000")
        snapshot, version = cursor.fetchone()
        _run([program("pg_dump", version), "--format=custom", f"--snapshot={snapshot}", f"--file={file}"], database)
        return contents(cursor)


def restore(database: Mapping[str, Any], file: Path) -> Contents:
    """Fill an empty database from `file`, and say what it holds then. Raises CannotStart when pg_restore fails."""
    with connected(database) as cursor:
        cursor.execute("SELECT current_setting('server_version_num')::int / 10000")
        (version,) = cursor.fetchone()
    how = ["--no-owner", "--no-privileges", "--exit-on-error", f"--dbname={database['NAME']}"]
    _run([program("pg_restore", version), *how, str(file)], database)
    with connected(database) as cursor:
        return contents(cursor)


def copy_files(source: Path, target: Path) -> dict[str, str]:
    """Copy a folder of uploads, and say the checksum of each file that was copied."""
    shutil.copytree(source, target) if source.exists() else target.mkdir(parents=True)
    return checksums(target)


def checksums(folder: Path) -> dict[str, str]:
    """SHA-256 of every file below `folder`, by its name there."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def program(name: str, version: int) -> str:
    """pg_dump or pg_restore of this major version or newer: the system's, else the one of the embedded PostgreSQL."""
    for found in (shutil.which(name), _embedded(name)):
        if found and _major_version(found) >= version:
            return found
    raise CannotStart(f"{name} {version} or newer is not installed (Debian: apt install postgresql-client).")


def libpq(database: Mapping[str, Any]) -> dict[str, str]:
    """A database of Django's settings as PostgreSQL's programs want it: not in arguments, which everybody can read."""
    names = {"HOST": "PGHOST", "PORT": "PGPORT", "USER": "PGUSER", "PASSWORD": "PGPASSWORD", "NAME": "PGDATABASE"}
    return {variable: str(database.get(name) or "") for name, variable in names.items()}


def _embedded(name: str) -> str:
    try:
        return str(programs() / name)
    except CannotStart:
        return ""


def _major_version(found: str) -> int:
    try:
        told = subprocess.run([found, "--version"], capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return 0
    numbers = re.findall(r"\d+", told)
    return int(numbers[0]) if numbers else 0


def _run(command: list[str], database: Mapping[str, Any]) -> None:
    given = {name: value for name, value in libpq(database).items() if value}
    ran = subprocess.run(command, env={**os.environ, **given}, capture_output=True, text=True, check=False)
    if ran.returncode:
        raise CannotStart(f"{Path(command[0]).name} failed:\n{ran.stderr.strip()[-2000:]}")

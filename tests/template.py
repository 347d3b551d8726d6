"""The template that the tests' databases are copied from: migrated once, and kept until what made it changes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from psycopg2.sql import SQL, Identifier

IMPORT: Final = re.compile(r"^\s*(?:from|import) ([\w.]+)", re.MULTILINE)
LOCK: Final = (
    5_206_112  # any number, the same in each process: the first one makes the template, the others wait for it
)
PREFIX: Final = "test_template_"


def template_database() -> str:
    """The name of the template, which is made here if the server has none of these files.

    Templates of other files are dropped. One that still accepts connections is unfinished and made anew.
    """
    name = PREFIX + fingerprint(settings.BASE_DIR)
    with _server() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        cursor.execute("SELECT datname, datallowconn FROM pg_database WHERE starts_with(datname, %s)", [PREFIX])
        found = dict(cursor.fetchall())
        if found.get(name) is not False:
            for old in found:
                cursor.execute(SQL("ALTER DATABASE {} IS_TEMPLATE false").format(Identifier(old)))
                cursor.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(old)))
            cursor.execute(SQL("CREATE DATABASE {}").format(Identifier(name)))
            _migrate(name)
            cursor.execute(
                SQL("ALTER DATABASE {} WITH ALLOW_CONNECTIONS false IS_TEMPLATE true").format(Identifier(name))
            )
    return name


def fingerprint(root: Path) -> str:
    """A hash of the files that decide what the migrations make, read below `root`.

    These are the migrations, what they import, the models, and the pins of the packages that bring their own.
    """
    digest = sha256()
    for path in sorted(_sources(root)):
        digest.update(f"{path.relative_to(root)}\0".encode() + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def _sources(root: Path) -> set[Path]:
    migrations = set(root.glob("*/migrations/**/*.py"))
    imported = {file for path in migrations for name in IMPORT.findall(path.read_text()) for file in _files(root, name)}
    models = {*root.glob("*/models/**/*.py"), *root.glob("*/models.py")}
    return {*migrations, *imported, *models, *root.glob("requirements*.txt")}


def _files(root: Path, module: str) -> Iterator[Path]:
    """The file of a module of ours; of a package, all that is in it."""
    place = root.joinpath(*module.split("."))
    if place.with_suffix(".py").exists():
        yield place.with_suffix(".py")
    elif place.is_dir():
        yield from place.rglob("*.py")


@contextmanager
def _server() -> Iterator[Any]:
    """A cursor beside the database of the tests; at its end the connection closes, and with it the lock goes."""
    with connection._nodb_cursor() as cursor:
        yield cursor


def _migrate(name: str) -> None:
    own = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        call_command("migrate", verbosity=0)
    finally:
        connection.close()
        connection.settings_dict["NAME"] = own

"""A table beside product_search that takes its place: made like it, indexed like it, and renamed to it in one moment.

Django and its migrations see no difference: columns, storage, rights, indexes, keys and their names are those of the
table that was there. What is copied is read from the database, not from the models.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Final

from django.db import DatabaseError, connection

from kit.sql import rows, run

LIVE: Final = "product_search"
NEXT: Final = "product_search_next"
INDEX_MEMORY: Final = "256MB"  # for making an index, at least
PATIENCE: Final = "500ms"  # that readers wait behind us, at most

_INDEXES: Final = f"""
SELECT relname, pg_get_indexdef(oid), to_regclass(quote_ident(relname || '_next')) IS NULL
FROM pg_index JOIN pg_class ON oid = indexrelid WHERE indrelid = '{LIVE}'::regclass AND NOT indisprimary
ORDER BY pg_relation_size(oid) DESC, relname
"""  # noqa: S608
_KEYS: Final = (
    "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = %s::regclass AND contype = 'f'"
)
_RIGHTS: Final = f"""
SELECT privilege_type, CASE grantee WHEN 0 THEN 'PUBLIC' ELSE grantee::regrole::text END
FROM pg_class, aclexplode(relacl) WHERE oid = '{LIVE}'::regclass AND grantee <> relowner
"""  # noqa: S608


def mark() -> str | None:
    """What `make` was given when the table that is there was made; None without one."""
    return rows("SELECT obj_description(to_regclass(%s), 'pg_class')", [NEXT])[0][0]  # type: ignore[no-any-return]


def make(mark: str) -> None:
    """Make the table anew, empty, with its primary key only."""
    ((owner, options),) = rows(
        "SELECT relowner::regrole::text, coalesce(reloptions, '{}') FROM pg_class WHERE oid = %s::regclass", [LIVE]
    )
    run(f"DROP TABLE IF EXISTS {NEXT}")
    run(f"""CREATE TABLE {NEXT} (LIKE {LIVE} INCLUDING ALL EXCLUDING INDEXES,
             CONSTRAINT {NEXT}_pkey PRIMARY KEY (product_id))
             WITH ({", ".join([*options, "autovacuum_enabled = off"])})""")  # none of it is wanted before the end
    run(f"COMMENT ON TABLE {NEXT} IS %s", [mark])
    run(f"ALTER TABLE {NEXT} OWNER TO {owner}")
    for right, role in rows(_RIGHTS):
        run(f"GRANT {right} ON {NEXT} TO {role}")


def wait_for_its_writers() -> None:
    """Come back when no other connection is writing into the table or indexing it."""
    run(f"BEGIN; LOCK TABLE {NEXT}; COMMIT")


def drop_orphans(table: str) -> None:
    """Take away rows whose product was deleted; only here no key of the table says so."""
    run(f"DELETE FROM {table} row WHERE NOT EXISTS (SELECT FROM catalog_product WHERE id = row.product_id)")  # noqa: S608


def missing_indexes() -> list[str]:
    """The statements that make the indexes which the table lacks, the longest first."""
    statements = []
    for name, definition, is_missing in rows(_INDEXES):
        statement, found = re.subn(
            rf"INDEX {re.escape(name)} ON \S*{LIVE} ", f"INDEX {name}_next ON {NEXT} ", definition
        )
        if not found:
            raise ValueError(definition)
        if is_missing:
            statements.append(statement)
    return statements


def lock() -> None:
    """Keep everybody from both tables until this transaction ends. Raises OperationalError when that takes too long.

    The order is that of the verbs: the product, then its row. Dropping a key needs the table that it points to.
    """
    with setting("lock_timeout", PATIENCE):
        run(f"LOCK TABLE catalog_product, {LIVE} IN ACCESS EXCLUSIVE MODE")


def swap() -> None:
    """Let the new table take the place of the old one. Some milliseconds; needs `lock`."""
    names = [name for name, _definition, _is_missing in rows(_INDEXES)]
    keys = rows(_KEYS, [LIVE])
    connection.check_constraints()  # a table with checks that wait cannot be dropped
    run(f"DROP TABLE {LIVE}")
    run(f"ALTER TABLE {NEXT} RENAME TO {LIVE}")
    run(f"ALTER INDEX {NEXT}_pkey RENAME TO {LIVE}_pkey")
    for name in names:
        run(f"ALTER INDEX {name}_next RENAME TO {name}")
    for name, definition in keys:
        run(f"ALTER TABLE {LIVE} ADD CONSTRAINT {name} {definition.removesuffix(' NOT VALID')} NOT VALID")
    run(f"ALTER TABLE {LIVE} RESET (autovacuum_enabled)")
    run(f"COMMENT ON TABLE {LIVE} IS NULL")


def check_keys() -> None:
    """What `swap` left for later, because it reads the whole table."""
    drop_orphans(LIVE)
    for name, _definition in rows(_KEYS, [LIVE]):
        run(f"ALTER TABLE {LIVE} VALIDATE CONSTRAINT {name}")


def make_index(statement: str) -> None:
    """Run one of `missing_indexes`, with memory enough."""
    ((memory,),) = rows(
        "SELECT greatest(pg_size_bytes(current_setting('maintenance_work_mem')), pg_size_bytes(%s)) / 1024",
        [INDEX_MEMORY],
    )
    with setting("maintenance_work_mem", f"{memory}kB"):
        run(statement)


@contextmanager
def for_long_statements() -> Iterator[None]:
    """Limits of this connection's role do not hold; the server gives a statement up when its client is gone."""
    if connection.in_atomic_block:
        yield
        return
    names = {"lock_timeout": "0", "statement_timeout": "0", "client_connection_check_interval": "1s"}
    for name, value in names.items():
        run(f"SET {name} = '{value}'")
    try:
        yield
    finally:
        with suppress(DatabaseError):  # a lost connection has forgotten them
            for name in names:
                run(f"RESET {name}")


@contextmanager
def setting(name: str, value: str) -> Iterator[None]:
    """A setting of the database for the statements within, in a transaction."""
    before = rows("SELECT current_setting(%s)", [name])[0][0]
    rows("SELECT set_config(%s, %s, true)", [name, value])
    yield
    rows("SELECT set_config(%s, %s, true)", [name, before])  # after a failure the transaction ends, and it with it

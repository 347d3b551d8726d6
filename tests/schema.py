"""The schema of the database as lines of text, to be compared with the committed listing, tests/schema.txt."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from django.db import connection

LISTING: Final = Path(__file__).with_name("schema.txt")

# Names of Django's own constraints hold a hash of table and columns: they are part of the schema too, for a migration
# drops a constraint by its name. In each query, `c` is the thing listed, or its table; what an extension made is left
# out.
OURS: Final = """
    n.nspname = 'public' AND NOT EXISTS (
        SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e'
    )
"""
QUERIES: Final[dict[str, str]] = {
    "extensions": "SELECT extname FROM pg_extension WHERE extname <> 'plpgsql'",
    "text search configurations": """
        SELECT c.cfgname || ': ' || t.alias || ' with ' || string_agg(d.dictname, ', ' ORDER BY m.mapseqno)
        FROM pg_ts_config c
        JOIN pg_namespace n ON n.oid = c.cfgnamespace
        JOIN pg_ts_config_map m ON m.mapcfg = c.oid
        JOIN pg_ts_dict d ON d.oid = m.mapdict
        JOIN LATERAL ts_token_type(c.cfgparser) t ON t.tokid = m.maptokentype
        WHERE {ours}
        GROUP BY c.cfgname, t.alias
    """,
    "tables and columns": """
        SELECT c.relname || coalesce(' (' || array_to_string(c.reloptions, ', ') || ')', '') || ': '
            || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
            || CASE WHEN a.attnotnull THEN ' not null' ELSE '' END
            || CASE a.attidentity WHEN '' THEN '' ELSE ' identity' END
            || CASE
                WHEN a.attgenerated <> '' THEN ' generated ' || pg_get_expr(e.adbin, e.adrelid)
                WHEN e.adbin IS NOT NULL THEN ' default ' || pg_get_expr(e.adbin, e.adrelid)
                ELSE '' END
            || CASE WHEN a.attstorage = t.typstorage THEN '' ELSE ' storage "' || a.attstorage::text || '"' END
        FROM pg_class c
        JOIN pg_namespace n ON n.oid = c.relnamespace
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        JOIN pg_type t ON t.oid = a.atttypid
        LEFT JOIN pg_attrdef e ON e.adrelid = c.oid AND e.adnum = a.attnum
        WHERE c.relkind IN ('r', 'p') AND {ours}
    """,
    "constraints": """
        SELECT r.relname || ': ' || c.conname || ' ' || pg_get_constraintdef(c.oid)
        FROM pg_constraint c
        JOIN pg_class r ON r.oid = c.conrelid
        JOIN pg_namespace n ON n.oid = c.connamespace
        WHERE c.contype NOT IN ('t', 'n') AND {ours}
    """,
    "indexes": """
        SELECT r.relname || ': ' || pg_get_indexdef(c.oid)
            || CASE WHEN i.indisvalid THEN '' ELSE ' invalid' END
        FROM pg_index i
        JOIN pg_class c ON c.oid = i.indexrelid
        JOIN pg_class r ON r.oid = i.indrelid
        JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE {ours}
    """,
    "triggers": """
        SELECT c.relname || ': ' || pg_get_triggerdef(t.oid)
        FROM pg_trigger t
        JOIN pg_class c ON c.oid = t.tgrelid
        JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE NOT t.tgisinternal AND {ours}
    """,
    "views": """
        SELECT c.relname || ': ' || pg_get_viewdef(c.oid)
        FROM pg_class c
        JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind IN ('v', 'm') AND {ours}
    """,
    "functions": """
        SELECT pg_get_functiondef(c.oid)
        FROM pg_proc c
        JOIN pg_namespace n ON n.oid = c.pronamespace
        WHERE c.prokind IN ('f', 'p') AND {ours}
    """,
}


def described() -> str:
    """The schema of the connected database, a heading over each kind of thing and the things in order of their names.

    The order of a table's columns is left out: it says nothing to a query that names them.
    """
    parts = []
    with connection.cursor() as cursor:
        for kind, query in QUERIES.items():
            cursor.execute(query.format(ours=OURS))
            things = sorted("\n    ".join(line.rstrip() for line in text.splitlines()) for (text,) in cursor.fetchall())
            parts.append("\n".join([f"# {kind}", "", *things, ""]))
    return "\n".join(parts)

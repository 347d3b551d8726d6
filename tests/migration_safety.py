"""What a migration may not do to a table that is full and in use, and how it is done instead."""

from __future__ import annotations

import re
from typing import Any, Final

from django.contrib.postgres import operations as postgres
from django.db import migrations, models
from django.db.migrations.migration import Migration
from django.db.migrations.state import ProjectState

RELEASED: Final[dict[str, str]] = {}
"""The last migration of each app in the newest release, e.g. {"catalog": "0002_search"}.

None yet: until there is one, tables are empty when a migration meets them. A release fills this in.
"""

OLD_CODE = "the code of before still uses it: take it out of the state now, out of the database a release later"
WAITING_SQL: Final = {
    r"\bcreate\s+(unique\s+)?index\s+(?!concurrently)": "create the index concurrently",
    r"\breindex\s+(?!.*concurrently)": "reindex concurrently",
    r"\bset\s+not\s+null\b": "a NOT VALID check first, validated in the next migration",
    r"\balter\s+(column\s+)?\S+\s+(set\s+data\s+)?type\b": "a new column, filled in batches",
    r"\badd\s+constraint\b(?!.*(not\s+valid|using\s+index))": "NOT VALID, or USING INDEX",
    r"\b(vacuum\s+full|cluster|lock\s+table)\b": "nothing that holds the whole table",
}


def is_new(app: str, name: str) -> bool:
    """Whether a migration is younger than the newest release."""
    return app in RELEASED and name > RELEASED[app]


def dangers(migration: Migration, state: ProjectState, made: set[tuple[str, str]]) -> list[str]:
    """What is unsafe, in words. `state` is that of before; `made` gathers the tables that the same release makes."""
    found = []
    kinds = {type(operation) for operation in migration.operations}
    if migrations.RunPython in kinds and len(kinds) > 1:
        found.append("RunPython: data and tables change in migrations of their own")
    now = state.clone()
    for operation in migration.operations:
        name = str(getattr(operation, "model_name", getattr(operation, "name", ""))).lower()
        if isinstance(operation, migrations.CreateModel):
            made.add((migration.app_label, name))
        elif (migration.app_label, name) not in made and (why := _danger(operation, migration.app_label, now)):
            found.append(f"{type(operation).__name__} {name}: {why}")
        operation.state_forwards(migration.app_label, now)
    return found


def _danger(operation: Any, app: str, state: ProjectState) -> str:
    match operation:
        case postgres.AddIndexConcurrently() | postgres.AddConstraintNotValid():
            return ""
        case migrations.AddField():
            return _added(operation.field)
        case migrations.AlterField():
            old = state.models[app, operation.model_name_lower].fields[operation.name]
            return _altered(old, operation.field)
        case migrations.AddIndex():
            return "AddIndexConcurrently, in a migration with atomic = False"
        case migrations.AddConstraint() if isinstance(operation.constraint, models.CheckConstraint):
            return "AddConstraintNotValid, then ValidateConstraint in the next migration"
        case migrations.AddConstraint():
            return "a unique index made concurrently, then ADD CONSTRAINT … USING INDEX"
        case migrations.RemoveField() | migrations.DeleteModel():
            return OLD_CODE
        case migrations.RenameField() | migrations.RenameModel() | migrations.AlterModelTable():
            return OLD_CODE
        case migrations.RunSQL():
            return next((why for sql, why in WAITING_SQL.items() if re.search(sql, _text(operation.sql))), "")
        case migrations.SeparateDatabaseAndState():
            return next(filter(None, (_danger(one, app, state) for one in operation.database_operations)), "")
    return ""


def _added(field: Any) -> str:
    if field.many_to_many:
        return ""
    if not field.null and not field.has_db_default():
        return "null=True or db_default: the code of before writes rows without it"
    if field.unique or field.db_index:
        return "db_index=False, and the index concurrently in the next migration"
    return ""


def _altered(old: Any, new: Any) -> str:
    if _column(old) == _column(new):
        return ""
    if old.null and not new.null:
        return "a NOT VALID check first, validated in the next migration"
    if type(old) is not type(new) or (new.max_length or 0) < (old.max_length or 0):
        return "a new column, filled in batches"
    if (new.unique, new.db_index) != (old.unique, old.db_index):
        return "the index concurrently"
    return ""


def _column(field: Any) -> tuple[Any, ...]:
    """What the database knows of a field."""
    _name, path, arguments, told = field.deconstruct()
    return path, arguments, {key: value for key, value in told.items() if key not in field.non_db_attrs}


def _text(sql: Any) -> str:
    parts = [sql] if isinstance(sql, str) else [part if isinstance(part, str) else part[0] for part in sql]
    return " ".join(" ".join(parts).lower().split())

"""Files into tables: what is missing is made; what is there is changed only where nobody edits it by hand."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from django.db.models import Model, QuerySet

from kit.languages import CONTENT_LANGUAGES

FOLDER = Path(__file__).resolve().parent
AnyModel = TypeVar("AnyModel", bound=Model)


class Loaded(NamedTuple):
    """How many rows of a table were made and changed, and how many the file has."""

    table: str
    made: int
    changed: int
    rows: int


def read(name: str) -> Iterator[dict[str, str]]:
    """The rows of one of our files, by column."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def texts(row: dict[str, str], column: str) -> dict[str, str]:
    """The columns name_id, name_en, … as one text in several languages; empty ones are left out."""
    found = ((key, row.get(f"{column}_{key}", "")) for key in CONTENT_LANGUAGES)
    return {key: text for key, text in found if text}


def several(cell: str) -> list[str]:
    """The parts of a cell that holds a list."""
    return [part.strip() for part in cell.split(";") if part.strip()]


def yes(cell: str) -> bool:
    """Is it yes?"""
    return cell in ("y", "yes")


def put(rows: QuerySet[AnyModel], wanted: Iterable[AnyModel], *, key: Sequence[str], overwrite: bool) -> Loaded:
    """Make the wanted rows whose `key` is not among `rows`; with `overwrite`, bring the others in line with the file.

    `key` names attributes, foreign keys by their column (parent_id). Nothing is ever deleted.
    """
    model = rows.model
    fields = [field for field in model._meta.concrete_fields if not field.primary_key and field.attname not in key]
    present = {_values(row, key): row for row in rows}
    new, changed, count = [], [], 0
    for row in wanted:
        count += 1
        found = present.get(_values(row, key))
        if found is None:
            new.append(row)
        elif overwrite and _differs(found, row, [field.attname for field in fields]):
            changed.append(found)
    model._default_manager.bulk_create(new, batch_size=2000)
    if changed:
        model._default_manager.bulk_update(changed, [field.name for field in fields], batch_size=500)
    return Loaded(str(model._meta.verbose_name_plural), len(new), len(changed), count)


def _values(row: Model, names: Sequence[str]) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in names)


def _differs(found: Model, wanted: Model, names: Sequence[str]) -> bool:
    """Take over the values of `wanted`; were they others?"""
    before = _values(found, names)
    for name in names:
        setattr(found, name, getattr(wanted, name))
    return before != _values(found, names)

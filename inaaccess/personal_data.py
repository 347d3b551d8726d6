"""The table of personal fields, docs/personal_data.md, read by the program: download, breach query and test use it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from django.apps import apps
from django.conf import settings
from django.db import models

from accounts.models import User

TABLE = "docs/personal_data.md"
NOBODY = "–"  # in the column "Whose": of people without an account, or not to be found by it


class Holding(NamedTuple):
    """Fields of one table with what is said of them."""

    model: type[models.Model]
    fields: tuple[str, ...]
    whose: str
    why: str
    kept_until: str
    when_erased: str
    download: str

    @property
    def is_downloaded(self) -> bool:
        """Is it in a person's download?"""
        return self.download == "yes"

    def rows_of(self, people: models.QuerySet[User]) -> models.QuerySet[Any]:
        """The rows that belong to these people; none where a row does not lead to a person."""
        rows = self.model._base_manager.order_by("pk")
        if self.whose == NOBODY:
            return rows.none()
        return rows.filter(**{f"{self.whose}__in": people.values("pk")}).distinct()


@cache
def holdings() -> tuple[Holding, ...]:
    """The first table. Raises LookupError for a table that is not there."""
    return tuple(
        Holding(apps.get_model(label), tuple(_words(fields)), *rest) for label, fields, *rest in _cells("## Fields")
    )


@cache
def not_personal() -> frozenset[str]:
    """The second table: `app.Model.field`."""
    return frozenset(name for names, _why in _cells("## Looks personal and is not") for name in _words(names))


def download(person: User) -> dict[str, list[dict[str, Any]]]:
    """What is held about one person, by table; values as JSON takes them. Secrets are not in it."""
    found: dict[str, list[dict[str, Any]]] = {}
    for holding in holdings():
        if not holding.is_downloaded:
            continue
        rows = holding.rows_of(User.objects.filter(pk=person.pk))
        told = [{name: _plain(row, name) for name in holding.fields} for row in rows]
        known = found.setdefault(holding.model._meta.label, [])
        if len(known) == len(told):  # another line of the same table, about the same rows
            for before, more in zip(known, told, strict=True):
                before.update(more)
        else:
            known += told
    return found


def _plain(row: models.Model, name: str) -> Any:
    field = row._meta.get_field(name)
    if field.many_to_many:
        return [str(other) for other in getattr(row, name).all()]
    value = getattr(row, name)
    return str(value) if isinstance(value, models.Model) else value


def _words(text: str) -> list[str]:
    return [word.strip() for word in text.split(",")]


def _cells(heading: str) -> Iterator[list[str]]:
    """The rows of the table below a heading."""
    text = (settings.BASE_DIR / TABLE).read_text(encoding="utf-8")
    section = text.split(f"{heading}\n", 1)[1].split("\n## ", 1)[0]
    lines = [line for line in section.splitlines() if line.startswith("| ")]
    for line in lines[2:]:  # after the names of the columns and the rule below them
        yield [cell.strip() for cell in line.strip("|").split("|")]

"""The table of personal fields, docs/personal_data.md, read by the program: download, breach query and test use it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import chain
from typing import Any, Final, NamedTuple

from django.apps import apps
from django.conf import settings
from django.db import models

from accounts.models import User

TABLE = "docs/personal_data.md"
ROWS_AT_ONCE: Final = 500
NOBODY = "–"  # in the column "Whose": of people without an account, or not to be found by it

WAITING: Final = {
    "inquiries.Enquiry": "waiting_since",
    "inquiries.EnquiryLine": "enquiry__waiting_since",
    "inquiries.EnquiryRound": "enquiries__waiting_since",
    "inquiries.Quotation": "enquiry__waiting_since",
    "inquiries.QuotationLine": "quotation__enquiry__waiting_since",
}
"""Set on offers that an importer does not see yet; their producers do."""


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

    def shown_to(self, person: User) -> models.QuerySet[Any]:
        """The rows that `person` may have now."""
        rows, waiting = self.rows_of(User.objects.filter(pk=person.pk)), WAITING.get(self.model._meta.label)
        if waiting is None or not self.whose.endswith("importer__user"):
            return rows
        return rows.filter(**{f"{waiting}__isnull": True})


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


def downloaded() -> list[Holding]:
    """What is in a person's download: the fields of a table together where the same way leads to the person."""
    found: dict[tuple[type[models.Model], str], Holding] = {}
    for holding in holdings():
        if holding.is_downloaded:
            before = found.get((holding.model, holding.whose))
            fields = (before.fields if before else ()) + holding.fields
            found[holding.model, holding.whose] = holding._replace(fields=fields)
    return list(found.values())


def download(person: User) -> Iterator[tuple[str, Iterator[dict[str, Any]]]]:
    """What is held about one person: each table with its rows, read while they are taken. Secrets are not in it."""
    by_label: dict[str, list[Holding]] = {}
    for holding in downloaded():
        by_label.setdefault(holding.model._meta.label, []).append(holding)
    for label, ways in by_label.items():
        yield label, chain.from_iterable(_rows(holding, person) for holding in ways)


def _rows(holding: Holding, person: User) -> Iterator[dict[str, Any]]:
    fields = [(name, holding.model._meta.get_field(name)) for name in holding.fields]
    others = [name for name, field in fields if field.many_to_one and field.name == name]
    many = [name for name, field in fields if field.many_to_many]
    rows = holding.shown_to(person).select_related(*others).prefetch_related(*many)
    for row in rows.iterator(chunk_size=ROWS_AT_ONCE):
        yield {name: _plain(row, field, name) for name, field in fields}


def _plain(row: models.Model, field: Any, name: str) -> Any:
    """A value as JSON takes it; `enquiry_id` stays a number, `enquiry` is named."""
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

"""Pages by position instead of by number: each page continues after the last row of the one before.

No OFFSET, so the thousandth page costs what the first does, and rows that come or go meanwhile are neither
shown twice nor skipped. A position is signed for one order of one listing; a forged one is a BadCursor.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final, Generic, Literal, TypeVar, cast

from django.core import signing
from django.db import models
from django.db.models import BooleanField, F, Func, Model, Q, QuerySet, Value
from django.db.models.expressions import OrderBy

MAX_CURSOR_LENGTH: Final = 600

Item = TypeVar("Item", bound=Model)
CursorValue = str | int | float | bool | Decimal | dt.date | dt.datetime | None
Shape = Sequence[type | tuple[type, ...]]


class BadCursor(ValueError):
    """An `after` that this listing did not give out: ignored with a note on a page, a 400 in the API."""


_WRITERS: Final[tuple[tuple[type, str, Callable[[Any], str]], ...]] = (
    (Decimal, "decimal", str),
    (dt.datetime, "time", dt.datetime.isoformat),
    (dt.date, "date", dt.date.isoformat),
)
_READERS: Final[dict[str, Callable[[str], CursorValue]]] = {
    "decimal": Decimal,
    "time": dt.datetime.fromisoformat,
    "date": dt.date.fromisoformat,
}


def encode(values: Sequence[CursorValue], *, listing: str) -> str:
    """The position of a row, signed for `listing` and safe in an address."""
    return _signer(listing).sign_object([_to_json(value) for value in values])


def decode(token: str, shape: Shape, *, listing: str) -> tuple[CursorValue, ...]:
    """The values of a position, one of each type in `shape`; raises BadCursor."""
    if len(token) > MAX_CURSOR_LENGTH:
        raise BadCursor("too long")
    try:
        values = tuple(_from_json(value) for value in _signer(listing).unsign_object(token))
    except (signing.BadSignature, ValueError, TypeError, KeyError, ArithmeticError) as error:
        raise BadCursor("not a cursor of this listing") from error
    if len(values) != len(shape) or not all(isinstance(*pair) for pair in zip(values, shape, strict=True)):
        raise BadCursor("wrong shape")
    return values


def _signer(listing: str) -> signing.Signer:
    return signing.Signer(salt=f"kit.keyset:{listing}")


def _to_json(value: CursorValue) -> object:
    for kind, tag, write in _WRITERS:
        if isinstance(value, kind):
            return {tag: write(value)}
    return value


def _from_json(value: object) -> CursorValue:
    if isinstance(value, dict):
        ((tag, text),) = value.items()
        return _READERS[tag](text)
    return cast(CursorValue, value)


@dataclass(frozen=True)
class Order:
    """One column of an order; a nullable one sorts its NULLs last, whichever its direction."""

    field: str
    direction: Literal["asc", "desc"] = "asc"
    nullable: bool = False

    def by(self) -> OrderBy:
        """The ORDER BY term; plain for a column without NULLs, so that a plain index serves it."""
        nulls_last = True if self.nullable else None
        column = F(self.field)
        return column.desc(nulls_last=nulls_last) if self.direction == "desc" else column.asc(nulls_last=nulls_last)

    def after(self, value: CursorValue) -> Q | None:
        """Rows behind `value` in this column alone; None if there can be none."""
        if value is None:
            return None
        behind = Q(**{f"{self.field}__{'lt' if self.direction == 'desc' else 'gt'}": value})
        return behind | Q(**{f"{self.field}__isnull": True}) if self.nullable else behind

    def same(self, value: CursorValue) -> Q:
        """Rows level with `value` in this column."""
        return Q(**{f"{self.field}__isnull": True}) if value is None else Q(**{self.field: value})


@dataclass(frozen=True)
class Page(Generic[Item]):
    """Rows of one page, and the position to go on from: None on the last."""

    items: list[Item]
    next_after: str | None


class RowComparison(Func):
    """`(a, b) < (x, y)`: compared as a whole, so one index on (a, b) finds the place directly."""

    output_field = BooleanField()
    conditional = True

    def __init__(self, fields: Sequence[str], operator: Literal["<", ">"], values: Sequence[CursorValue]) -> None:
        super().__init__(*(F(field) for field in fields), *(Value(value) for value in values))
        self.operator = operator

    def as_sql(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        compiled = [compiler.compile(expression) for expression in self.get_source_expressions()]
        half = len(compiled) // 2
        left, right = (", ".join(sql for sql, _params in side) for side in (compiled[:half], compiled[half:]))
        return f"({left}) {self.operator} ({right})", [one for _sql, params in compiled for one in params]


class Keyset:
    """A total order of a listing: its last column must be unique.

    Columns are (field, direction) or Order, which says when a column may be NULL. Fields may follow relations
    (`product__title`); the listing's queryset should have joined them.
    """

    def __init__(self, listing: str, columns: Sequence[tuple[str, Literal["asc", "desc"]] | Order]) -> None:
        self.columns = [column if isinstance(column, Order) else Order(*column) for column in columns]
        self.listing = ":".join([listing, *(f"{column.field} {column.direction}" for column in self.columns)])

    def filter(self, rows: QuerySet[Item], values: Sequence[CursorValue]) -> QuerySet[Item]:
        """The rows behind a position."""
        directions = {column.direction for column in self.columns}
        if len(directions) == 1 and not any(column.nullable for column in self.columns):
            names = [column.field for column in self.columns]
            return rows.filter(RowComparison(names, "<" if directions == {"desc"} else ">", values))
        return rows.filter(self._behind(values))

    @property
    def fields(self) -> list[str]:
        """The columns that make a position."""
        return [column.field for column in self.columns]

    def slice(self, rows: QuerySet[Item], after: str | None, count: int) -> QuerySet[Item]:
        """The next `count` rows behind `after`, from the start without one. Raises BadCursor."""
        ordered = rows.order_by(*(column.by() for column in self.columns))
        if after:
            ordered = self.filter(ordered, decode(after, self._shape(), listing=self.listing))
        return ordered[:count]

    def page(self, rows: QuerySet[Item], after: str | None, size: int) -> Page[Item]:
        """The next `size` rows behind `after`, from the start without one. Raises BadCursor."""
        found = list(self.slice(rows, after, size + 1))
        items = found[:size]
        return Page(items, self.position(items[-1]) if len(found) > size else None)

    def position(self, row: Model) -> str:
        """The signed position of a row."""
        return encode([_value(row, column.field) for column in self.columns], listing=self.listing)

    def _shape(self) -> Shape:
        known = (str, int, float, Decimal, dt.date)
        return [(*known, type(None)) if column.nullable else known for column in self.columns]

    def _behind(self, values: Sequence[CursorValue]) -> Q:
        """`a < x or (a = x and (b < y or …))`, with the bound `a <= x` said once more for the index."""
        behind: Q | None = None
        for column, value in reversed(list(zip(self.columns, values, strict=True))):
            after = column.after(value)
            level = column.same(value) & behind if behind is not None else None
            behind = after | level if after is not None and level is not None else after or level
        if behind is None:
            return Q(pk__in=[])
        first, value = self.columns[0], values[0]
        if value is None:
            return first.same(None) & behind
        if first.nullable:
            return behind
        return Q(**{f"{first.field}__{'lte' if first.direction == 'desc' else 'gte'}": value}) & behind


def _value(row: models.Model, field: str) -> CursorValue:
    value: Any = row
    for part in field.split("__"):
        value = getattr(value, part) if value is not None else None
    return cast(CursorValue, value)

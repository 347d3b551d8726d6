from __future__ import annotations

import datetime as dt
import random
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.db.models import Case, F, IntegerField, Value, When
from django.db.models.functions import Length, NullIf
from django.test.utils import CaptureQueriesContext

from kit.keyset import BadCursor, CursorValue, Keyset, Order, decode, encode

DAY = dt.datetime(2026, 11, 24, 16, 30, tzinfo=dt.UTC)
ORDERS: list[list[Any]] = [
    [("expire_date", "desc"), ("session_key", "desc")],
    [("expire_date", "asc"), ("session_key", "asc")],
    [("expire_date", "desc"), ("session_key", "asc")],
    [("session_key", "desc")],
    [Order("rank", "desc", nullable=True), ("session_key", "asc")],
    [Order("rank", "asc", nullable=True), ("expire_date", "desc"), ("session_key", "desc")],
    [("expire_date", "asc"), Order("rank", "asc", nullable=True), ("session_key", "desc")],
]


@pytest.fixture
def rows(db: None) -> Any:
    chance = random.Random(7)
    Session.objects.bulk_create(
        Session(
            session_key=f"key{number:03}",
            session_data="x" * chance.randrange(4),
            expire_date=DAY + dt.timedelta(days=chance.randrange(5)),
        )
        for number in range(57)
    )
    return Session.objects.annotate(rank=NullIf(Length("session_data"), Value(0)))


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("size", [1, 7, 56, 57, 100])
def test_pages_show_each_row_once_in_order(rows, order, size) -> None:
    keyset = Keyset("test", order)
    expected = list(rows.order_by(*(column.by() for column in keyset.columns)))
    seen: list[Session] = []
    after: str | None = None
    while len(seen) <= len(expected):
        page = keyset.page(rows, after, size)
        seen += page.items
        after = page.next_after
        if after is None:
            break
        assert len(page.items) == size
    assert seen == expected


def test_rows_that_come_or_go_meanwhile_neither_repeat_nor_hide_others(rows) -> None:
    keyset = Keyset("test", ORDERS[0])
    first = keyset.page(rows, None, 20)
    Session.objects.filter(pk=first.items[3].pk).delete()
    Session.objects.create(session_key="newest", session_data="", expire_date=DAY + dt.timedelta(days=9))
    rest = keyset.page(rows, first.next_after, 100)
    assert len(rest.items) == 37
    assert not {row.pk for row in first.items} & {row.pk for row in rest.items}


def test_one_query_a_page_and_never_an_offset(rows) -> None:
    keyset = Keyset("test", ORDERS[2])
    after = keyset.page(rows, None, 5).next_after
    with CaptureQueriesContext(
        connection,
    ) as queries:
        keyset.page(rows, after, 5)
    assert len(queries) == 1
    assert "OFFSET" not in queries[0]["sql"]


@pytest.mark.parametrize("second", ["desc", "asc"])
def test_a_later_page_is_found_by_the_index(rows, second) -> None:
    keyset = Keyset("test", [("expire_date", "desc"), ("session_key", second)])
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE INDEX test_keyset ON django_session (expire_date DESC, session_key {second})")
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_bitmapscan = off")
        cursor.execute("SET LOCAL enable_sort = off")
    ordered = Session.objects.order_by(*(column.by() for column in keyset.columns))
    plan = keyset.filter(ordered, [DAY, "key020"]).explain().splitlines()
    assert "using test_keyset" in plan[0]
    condition = next(line for line in plan if "Index Cond" in line)
    assert "expire_date" in condition
    assert ("session_key" in condition) == (second == "desc")


VALUES: list[CursorValue] = [
    None,
    "",
    "ñandú ☕",
    0,
    -5,
    2**60,
    True,
    Decimal("6.8000"),
    Decimal("-0.01"),
    dt.date(2024, 2, 29),
    DAY,
]


@pytest.mark.parametrize("value", VALUES)
def test_a_value_comes_back_with_its_type(value) -> None:
    (back,) = decode(encode([value], listing="a"), [type(value)], listing="a")
    assert (back, type(back)) == (value, type(value))


@pytest.mark.parametrize(
    "token", ["", "x", ":", "a:b", "é", "\0", "x" * 10_000, encode([1], listing="another"), encode([1, 2], listing="a")]
)
def test_S27_a_forged_cursor_is_refused(token) -> None:
    with pytest.raises(BadCursor):
        decode(token, [int], listing="a")


def test_S27_a_cursor_of_another_order_or_type_is_refused(rows) -> None:
    by_date = Keyset("test", [("expire_date", "desc"), ("session_key", "desc")])
    other = Keyset("test", [("expire_date", "asc"), ("session_key", "asc")])
    after = by_date.page(rows, None, 5).next_after
    with pytest.raises(BadCursor):
        other.page(rows, after, 5)
    with pytest.raises(BadCursor):
        decode(encode(["1"], listing="a"), [int], listing="a")
    with pytest.raises(BadCursor):
        by_date.page(rows, encode([None, "a"], listing=by_date.listing), 5)


def test_an_annotation_can_be_a_column(rows) -> None:
    keyset = Keyset("test", [("level", "desc"), ("session_key", "desc")])
    ranked = rows.annotate(level=Case(When(rank__gt=1, then=F("rank")), default=0, output_field=IntegerField()))
    first = keyset.page(ranked, None, 10)
    second = keyset.page(ranked, first.next_after, 100)
    assert len({row.pk for row in first.items + second.items}) == 57

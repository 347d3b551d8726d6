"""A price list: a row for each price, grouped by product; expired prices are on request."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django.utils.translation import gettext as _

from promotion.document_content import Shelf
from promotion.pdf.bound import Drawn, Entry
from promotion.pdf.catalogue import Frame, new_page, new_paper
from promotion.pdf.paper import GREY, INDIGO, INNER, MARGIN, SAND, WHITE, Align, Paper
from promotion.sheet_content import Sheet

COLUMNS: Final = (46.0, 38.0, 40.0, 31.0, 27.0)
CODE: Final = 24.0
"""The side of the QR code."""
ROW: Final = 5.0
BOTTOM: Final = 280.0
TOP: Final = 18.0
Cells = tuple[str, str, str, str, str]


def draw_prices(frame: Frame, items: Sequence[Sheet], *, first_page: int, shelf: Shelf | None = None) -> Drawn:
    """The pages of some products; `shelf` for the first of them, which carries the title."""
    paper, number = new_paper(frame), first_page
    y = _begin(paper, frame, number, shelf)
    entries: list[Entry] = []
    for item in items:
        rows = rows_of(item)
        if y + ROW * min(len(rows) + 1, 6) > BOTTOM:
            number += 1
            y = _begin(paper, frame, number, None)
        y = _name(paper, item, y)
        entries.append(Entry(item.title, item.producer[0], number))
        for row in rows:
            if y + ROW > BOTTOM:
                number += 1
                y = _begin(paper, frame, number, None)
            y = _row(paper, row, y)
    return Drawn(bytes(paper.output() or b""), number - first_page + 1, entries)


def rows_of(item: Sheet) -> list[Cells]:
    """Rule and place, from which quantity, price, unit, valid until."""
    rows = [
        ("", table.caption, amount, price if until == "–" else f"{table.currency}\u00a0{price}", until)
        for table in item.tables
        for amount, price, until in table.rows
    ]
    return rows or [("", "", "", _("on request"), "–")]


def _begin(paper: Paper, frame: Frame, number: int, shelf: Shelf | None) -> float:
    new_page(paper, frame, number)
    y = TOP
    if shelf is not None:
        y = _title(paper, shelf, y)
    place = " / ".join([_("Product"), _("Incoterm and place")])
    paper.ground(MARGIN, y, INNER, ROW + 1, INDIGO)
    paper.block(MARGIN + 1, y + 1, COLUMNS[0] + COLUMNS[1], place, size=8, bold=True, colour=WHITE, most=1)
    _cells(paper, ("", "", _("From"), _("Price per unit"), _("Valid until")), y + 1, WHITE, bold=True)
    return y + ROW + 2


def _title(paper: Paper, shelf: Shelf, y: float) -> float:
    """What the list is, and the QR code of its page beside it."""
    room, end = INNER - CODE - 4, y + CODE - 2
    if shelf.address:
        paper.qr(shelf.address, MARGIN + INNER - CODE, y - 3, CODE)
    y = paper.block(MARGIN, y, room, shelf.title, size=20, bold=True, colour=INDIGO, most=2)
    y = paper.block(MARGIN, y + 1, room, shelf.introduction, size=9, most=2)
    y = paper.block(MARGIN, y + 0.5, room, "; ".join(shelf.offered_by), size=8.5, colour=GREY, most=3) + 3
    return max(y, end) if shelf.address else y


def _name(paper: Paper, item: Sheet, y: float) -> float:
    paper.ground(MARGIN, y - 0.4, INNER, ROW, SAND)
    right = " · ".join(f"{label}: {value}" for label, value in (*item.glance[:1], *item.glance[2:]))
    paper.block(MARGIN + 1, y, 70, item.title, size=8.5, bold=True, most=1)
    paper.block(MARGIN + 73, y, 33, item.producer[0], size=7.5, colour=GREY, most=1)
    paper.block(MARGIN + 107, y, INNER - 108, right, size=7, colour=GREY, most=1, align="right")
    paper.link(MARGIN, y - 0.4, INNER, ROW, item.address)
    return y + ROW


def _row(paper: Paper, row: Cells, y: float) -> float:
    _cells(paper, row, y, (17, 17, 17))
    paper.rule(MARGIN, y + ROW - 0.8, INNER)
    return y + ROW


def _cells(paper: Paper, row: Cells, y: float, colour: tuple[int, int, int], *, bold: bool = False) -> None:
    x = MARGIN + 1
    for number, (width, text) in enumerate(zip(COLUMNS, row, strict=True)):
        align: Align = "right" if number >= 2 else "left"
        if number == 1 and not row[0]:  # a price row has no name: its place takes the room of both
            paper.block(MARGIN + 5, y, COLUMNS[0] + width - 6, text, size=8, bold=bold, colour=colour, most=1)
        elif text:
            paper.block(x, y, width - 2, text, size=8, bold=bold, colour=colour, most=1, align=align)
        x += width

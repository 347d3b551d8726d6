"""A catalogue: cover, contents, one to four products a page, index of producers. Pages are counted from the cover."""

from __future__ import annotations

import datetime
import math
from collections import defaultdict
from collections.abc import Sequence
from typing import Final, NamedTuple

from django.utils.translation import gettext as _

from kit.languages import interface_language
from kit.text import fold
from promotion.document_content import Shelf
from promotion.pdf.bound import Drawn, Entry
from promotion.pdf.paper import (
    BLACK,
    GOLD,
    GREY,
    HEIGHT,
    INDIGO,
    INNER,
    LEADING,
    MARGIN,
    MM_PER_POINT,
    WHITE,
    WIDTH,
    Paper,
)
from promotion.pdf.product_block import draw_product
from promotion.sheet_content import Sheet

TOP: Final = 18.0
BOTTOM: Final = 281.0
LINE: Final = 6.2
LINES_A_PAGE: Final = 38
FOOT: Final = 271.0
"""Where the words of the cover end."""
CODE: Final = 24.0
"""The side of the QR code on the cover."""
GAP: Final = 6.0


class Frame(NamedTuple):
    """What each page of a document says around its content."""

    title: str
    as_of: str
    language: str
    made_at: datetime.datetime


class Box(NamedTuple):
    """Where a product stands on a page."""

    x: float
    y: float
    width: float
    height: float


def front_pages(total: int) -> int:
    """How many pages come before the products."""
    return 1 + math.ceil(total / LINES_A_PAGE)


def boxes(per_page: int) -> list[Box]:
    """The places of the products on a page: one whole, two in rows, or four in two columns."""
    columns, rows = {1: (1, 1), 2: (1, 2), 4: (2, 2)}[per_page]
    width = (INNER - GAP * (columns - 1)) / columns
    height = (BOTTOM - TOP - GAP * (rows - 1)) / rows
    return [
        Box(MARGIN + column * (width + GAP), TOP + row * (height + GAP), width, height)
        for row in range(rows)
        for column in range(columns)
    ]


def draw_products(frame: Frame, items: Sequence[Sheet], *, per_page: int, first_page: int) -> Drawn:
    """The pages of some products; the first of them has the number `first_page`."""
    paper, places, entries = new_paper(frame), boxes(per_page), []
    for start in range(0, len(items), per_page):
        number = first_page + start // per_page
        new_page(paper, frame, number)
        for box, item in zip(places, items[start : start + per_page], strict=False):
            draw_product(paper, item, *box)
            entries.append(Entry(item.title, item.producer[0], number))
    return Drawn(bytes(paper.output() or b"") if entries else b"", math.ceil(len(items) / per_page), entries)


def draw_front(frame: Frame, shelf: Shelf, entries: Sequence[Entry], *, pages: int) -> bytes:
    """Cover and contents on exactly `pages` pages."""
    paper = new_paper(frame)
    _cover(paper, frame, shelf)
    for number in range(2, pages + 1):
        new_page(paper, frame, number)
        y = TOP
        if number == 2:
            y = paper.block(MARGIN, y, INNER, _("Contents"), size=18, bold=True, colour=INDIGO) + 3
        start = (number - 2) * LINES_A_PAGE
        for entry in entries[start : start + LINES_A_PAGE]:
            paper.block(MARGIN, y, 108, entry.title, size=9, bold=True, most=1)
            paper.block(MARGIN + 111, y, 56, entry.producer, size=8.5, colour=GREY, most=1)
            paper.block(WIDTH - MARGIN - 14, y, 14, str(entry.page), size=9, align="right")
            paper.rule(MARGIN, y + LINE - 1.2, INNER)
            y += LINE
    return bytes(paper.output() or b"")


def draw_index(frame: Frame, entries: Sequence[Entry], *, first_page: int) -> Drawn:
    """The producers by name and the pages of their products."""
    pages_of: dict[str, set[int]] = defaultdict(set)
    for entry in entries:
        pages_of[entry.producer].add(entry.page)
    names = sorted(pages_of, key=fold)
    paper = new_paper(frame)
    for start in range(0, len(names), LINES_A_PAGE):
        new_page(paper, frame, first_page + start // LINES_A_PAGE)
        y = TOP
        if start == 0:
            y = paper.block(MARGIN, y, INNER, _("Producers"), size=18, bold=True, colour=INDIGO) + 3
        for name in names[start : start + LINES_A_PAGE]:
            told = ", ".join(str(page) for page in sorted(pages_of[name]))
            paper.block(MARGIN, y, 108, name, size=9, most=1)
            paper.block(MARGIN + 111, y, INNER - 111, told, size=9, colour=GREY, most=1, align="right")
            paper.rule(MARGIN, y + LINE - 1.2, INNER)
            y += LINE
    return Drawn(bytes(paper.output() or b""), math.ceil(len(names) / LINES_A_PAGE), [])


def new_paper(frame: Frame) -> Paper:
    """Empty paper in the language of the document."""
    return Paper(title=frame.title, language=interface_language(frame.language), made_at=frame.made_at)


def new_page(paper: Paper, frame: Frame, number: int) -> None:
    """A page with its head and its number."""
    paper.add_page()
    paper.block(MARGIN, 9, 110, f"INA Access · {frame.title}", size=7.5, colour=GREY, most=1)
    paper.block(WIDTH - MARGIN - 70, 9, 70, frame.as_of, size=7.5, colour=GREY, align="right", most=1)
    paper.rule(MARGIN, 13.6, INNER, colour=GOLD, thick=0.4)
    paper.block(MARGIN, HEIGHT - 12, INNER, str(number), size=8.5, bold=True, colour=INDIGO, align="centre")


def _cover(paper: Paper, frame: Frame, shelf: Shelf) -> None:
    paper.add_page()
    paper.photo(shelf.cover, 0, 0, WIDTH, 150, alt=shelf.title)
    paper.ground(0, 150, WIDTH, HEIGHT - 150, INDIGO)
    paper.ground(0, 150, WIDTH, 2.2, GOLD)
    paper.ground(MARGIN, 162, 15, 15, WHITE)
    paper.mark(MARGIN + 1.5, 163.5, 12)
    paper.block(MARGIN + 19, 164, 100, "INA Access", size=14, bold=True, colour=WHITE)
    paper.block(MARGIN + 19, 170.5, 70, _("Export products of Indonesia"), size=9, colour=WHITE, most=1)
    if shelf.address:
        told = _("See the current facts and send an enquiry")
        paper.block(WIDTH - MARGIN - CODE - 62, 166, 59, told, size=9, colour=WHITE, most=3, align="right")
        paper.qr(shelf.address, WIDTH - MARGIN - CODE, 158, CODE)
    y = paper.block(MARGIN, 190, INNER, shelf.title, size=30, bold=True, colour=WHITE, most=3)
    offered_by = "\n".join(shelf.offered_by)
    room = FOOT - y - 7 - paper.height_of(offered_by, INNER, 10, most=4)
    most = max(1, int(room / (11 * MM_PER_POINT * LEADING)))
    y = paper.block(MARGIN, y + 3, INNER, shelf.introduction, size=11, colour=WHITE, most=most)
    paper.block(MARGIN, y + 4, INNER, offered_by, size=10, colour=WHITE, most=4)
    paper.block(MARGIN, 274, INNER, frame.as_of, size=10, bold=True, colour=WHITE)
    told = _("Offers of the producers, not contracts. Prices hold until the day beside them.")
    paper.block(MARGIN, 280, INNER, told, size=7.5, colour=WHITE, most=1)
    paper.set_text_color(*BLACK)

"""The product sheet: one A4 page, whatever the length of its texts; what has no room is on the product's page."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

from promotion.pdf.paper import BLACK, FINE, GOLD, GREY, HAIR, INDIGO, INNER, MARGIN, WIDTH, Paper
from promotion.sheet_content import PriceTable, Sheet

PICTURE: Final = (76.0, 57.0)
GAP: Final = 6.0
COLUMN: Final = (INNER - GAP) * 0.53
SECOND: Final = MARGIN + COLUMN + GAP
SECOND_WIDTH: Final = INNER - GAP - COLUMN
FOOT: Final = 250.0
"""Where the foot begins; the columns end above it."""
ROOM_TO_GO_ON: Final = 28.0
"""So much room below the second column takes some of the facts that have none in the first."""
MOST_PRICES: Final = 7
MOST_TABLES: Final = 3
MOST_CERTIFICATES: Final = 6


def draw(sheet: Sheet, *, made_at: datetime.datetime | None = None) -> bytes:
    """The sheet as a PDF. Reads the picture from the storage and nothing else."""
    paper = Paper(title=sheet.title, language=sheet.language, made_at=made_at or timezone.now(), dots=FINE)
    paper.set_subject(paper.printable(sheet.commodity))
    paper.add_page()
    _head(paper, sheet)
    y, is_told = _top(paper, sheet)
    below = _second_column(paper, sheet, y)
    loads = [(_("In a container %(kind)s") % {"kind": kind}, load) for kind, load in sheet.containers]
    goes_on = below < FOOT - ROOM_TO_GO_ON
    _end, rest = _facts(paper, [*sheet.facts, *loads], MARGIN, y, COLUMN, goes_on=goes_on)
    if rest and goes_on:  # packing and loads come last, and buyers ask for them
        below, _left = _facts(paper, rest, SECOND, below + 2, SECOND_WIDTH, goes_on=False)
    if not is_told:
        _part(paper, _("About the product"), sheet.description, below)
    _foot(paper, sheet)
    return bytes(paper.output() or b"")


def _head(paper: Paper, sheet: Sheet) -> None:
    paper.mark(MARGIN, 11, 9)
    paper.block(MARGIN + 12, 11, 90, "INA Access", size=11, bold=True, colour=INDIGO)
    paper.block(MARGIN + 12, 16, 100, _("Export products of Indonesia"), size=7.5, colour=GREY, most=1)
    paper.block(WIDTH - MARGIN - 70, 11.5, 70, sheet.number, size=7.5, colour=GREY, align="right", most=1)
    paper.block(WIDTH - MARGIN - 70, 15.5, 70, sheet.as_of, size=7.5, bold=True, colour=GREY, align="right", most=1)
    paper.rule(MARGIN, 22, INNER, colour=INDIGO, thick=0.8)


def _top(paper: Paper, sheet: Sheet) -> tuple[float, bool]:
    """Photo, name and price; where they end, and whether the whole description had room beside the photo."""
    width, height = PICTURE
    paper.photo(sheet.picture, MARGIN, 26, width, height, alt=sheet.alt)
    x, room = MARGIN + width + GAP, INNER - width - GAP
    y = paper.block(x, 26, room, sheet.commodity, size=8, bold=True, colour=GREY, most=1)
    y = paper.block(x, y + 0.5, room, sheet.title, size=16, bold=True, colour=INDIGO, most=3)
    y = paper.block(x, y + 1, room, sheet.maker, size=8.5, colour=GREY, most=2)
    terms = 26 + height - (10 if sheet.price_terms else 6)
    fits = max(0, int((terms - y - 2) / (8.5 * 0.4763)))
    if fits:
        y = paper.block(x, y + 1.5, room, sheet.summary, size=8.5, most=fits) + 1.5
    is_told = y + paper.height_of(sheet.description, room, 8) < terms - 4
    if is_told:
        paper.block(x, y, room, sheet.description, size=8, colour=GREY)
    below = paper.block(x, terms - 2, room, sheet.price, size=14, bold=True, colour=INDIGO, most=1)
    paper.block(x, below, room, sheet.price_terms, size=8.5, colour=GREY, most=1)
    y = 26 + height + 3
    for notice in sheet.notices[:2]:
        y = paper.block(MARGIN, y, INNER, notice, size=7.5, bold=True, colour=(140, 60, 20), most=2)
    return y + 2, is_told


def _heading(paper: Paper, x: float, y: float, width: float, text: str) -> float:
    y = paper.block(x, y, width, text, size=10, bold=True, colour=INDIGO, most=1)
    paper.rule(x, y + 0.6, width, colour=GOLD, thick=0.5)
    return y + 1.8


def _facts(
    paper: Paper, facts: Sequence[tuple[str, str]], x: float, y: float, width: float, *, goes_on: bool
) -> tuple[float, Sequence[tuple[str, str]]]:
    """As many facts as have room, and the others; unless these go on elsewhere, it says that there are more."""
    y = _heading(paper, x, y, width, _("Export facts"))
    label_width, value_width = width * 0.36, width * 0.62
    for number, (label, value) in enumerate(facts):
        high = max(paper.height_of(label, label_width, 8, most=2), paper.height_of(value, value_width, 8, most=3))
        is_last = number == len(facts) - 1
        if y + high + (1.6 if is_last or goes_on else 7) > FOOT:
            if not goes_on:
                y = paper.block(x, y, width, _("More facts are on the product's page."), size=7.5, colour=GREY, most=1)
            return y, facts[number:]
        paper.block(x, y, label_width, label, size=8, colour=GREY, most=2)
        paper.block(x + width - value_width, y, value_width, value, size=8, most=3)
        y += high + 0.8
        paper.rule(x, y, width)
        y += 0.8
    return y, []


def _second_column(paper: Paper, sheet: Sheet, y: float) -> float:
    """Prices, certificates, markets, producer, each as long as there is room; where they end."""
    y = _heading(paper, SECOND, y, SECOND_WIDTH, _("Prices"))
    if not sheet.tables:
        y = paper.block(SECOND, y, SECOND_WIDTH, _("on request"), size=8.5) + 1
    for table in sheet.tables[:MOST_TABLES]:
        if y > FOOT - 60:
            break
        y = _prices(paper, table, y)
    parts = [
        (_("Certificates valid today"), "\n".join(sheet.certificates[:MOST_CERTIFICATES]) or _("none on file")),
        (_("Meant for"), sheet.markets),
        (_("Producer"), "\n".join(sheet.producer)),
    ]
    for title, text in parts:
        y = _part(paper, title, text, y)
    return y


def _part(paper: Paper, title: str, text: str, y: float) -> float:
    """A heading and a text in the second column, as long as there is room."""
    lines = int((FOOT - y - 9) / (8 * 0.4763))
    if not text or lines <= 0:
        return y
    y = _heading(paper, SECOND, y + 2, SECOND_WIDTH, title)
    return paper.block(SECOND, y, SECOND_WIDTH, text, size=8, most=lines)


def _prices(paper: Paper, table: PriceTable, y: float) -> float:
    x, width = SECOND, SECOND_WIDTH
    columns = ((x, width * 0.42), (x + width * 0.42, width * 0.33), (x + width * 0.76, width * 0.24))
    y = paper.block(x, y, width, table.caption, size=8, bold=True, most=1)
    for (left, room), label in zip(columns, (_("From"), table.price_label, _("Valid until")), strict=True):
        paper.block(left, y, room, label, size=7, colour=GREY, most=1, align="left" if left == x else "right")
    y += 4
    for row in table.rows[:MOST_PRICES]:
        paper.rule(x, y - 0.3, width, colour=HAIR)
        for (left, room), value in zip(columns, row, strict=True):
            paper.block(left, y, room, value, size=8, most=1, align="left" if left == x else "right")
        y += 4.4
    return y + 0.8


def _foot(paper: Paper, sheet: Sheet) -> None:
    y = FOOT + 3
    paper.rule(MARGIN, y, INNER, colour=INDIGO, thick=0.8)
    paper.qr(sheet.address, MARGIN - 2, y + 2, 31)
    x, room = MARGIN + 33, INNER - 33
    y = paper.block(x, y + 4, room, _("See the current facts and send an enquiry"), size=10, bold=True, colour=INDIGO)
    y = paper.block(x, y + 0.5, room, sheet.shown_address, size=8.5, bold=True, colour=BLACK, most=2)
    y = paper.block(x, y + 0.8, room, sheet.contact, size=8, most=2)
    last = " ".join(
        part
        for part in (
            _("Offer of the producer, reviewed by Indonesian missions before publication. It is not a contract."),
            sheet.confirmed,
        )
        if part
    )
    paper.block(x, y + 1.2, room, last, size=7, colour=GREY, most=3)

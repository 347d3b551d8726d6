"""A product in a catalogue: photo, name, price, the first facts, and a QR code, in a box of any of our sizes."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext as _

from promotion.pdf.paper import GREY, HAIR, INDIGO, LEADING, MM_PER_POINT, Paper
from promotion.sheet_content import Sheet

PAD: Final = 4.0
QR: Final = 21.0
WIDE: Final = 1.3
"""A box that is so much wider than high has its photo at the side."""
LARGE: Final = 120.0
"""A box of this width has larger letters."""
NOTE_LINES: Final = 4
LINE_OF_TOLD: Final = 7 * MM_PER_POINT * LEADING
FACT: Final = 3.9
"""The height of a line of facts, with the gap behind it."""
FACT_SIZE: Final = 7.5
FACT_GAP: Final = 0.3


def draw_product(paper: Paper, item: Sheet, x: float, y: float, width: float, height: float) -> None:
    """Draw into the box; texts are cut to their room, the QR code stands at the lower right."""
    paper.set_draw_color(*HAIR)
    paper.set_line_width(0.2)
    paper.rect(x, y, width, height)
    if width > height * WIDE:
        _wide(paper, item, x + PAD, y + PAD, width - 2 * PAD, y + height - PAD)
        return
    high, bottom = min(width * 0.62, height * 0.46) - _note_height(paper, item, width - 2 * PAD), y + height - PAD
    paper.photo(item.picture, x, y, width, high, alt=item.alt)
    y = _words(paper, item, x + PAD, y + high + PAD, width - 2 * PAD, most=4 if width > LARGE else 2)
    paper.qr(item.address, x + width - PAD - QR, bottom - QR, QR)
    _facts(paper, item, x + PAD, y, width - 2 * PAD, bottom, beside=QR)


def _wide(paper: Paper, item: Sheet, x: float, y: float, width: float, bottom: float) -> None:
    """Photo, what the producer says of it and QR code at the left, the other words at the right."""
    left = width * 0.46
    paper.photo(item.picture, x, y, left, left * 0.75, alt=item.alt)
    below, line = y + left * 0.75 + 2, 8 * MM_PER_POINT * LEADING
    paper.block(x, below, left, item.description, size=8, most=max(1, int((bottom - QR - 2 - below) / line)))
    paper.qr(item.address, x - 2, bottom - QR, QR)
    is_short = paper.height_of(item.shown_address, left - QR, 7) < LINE_OF_TOLD * 1.5  # a broken address is of no use
    told = "\n".join([*([item.shown_address] if is_short else []), *item.certificates])
    paper.block(x + QR, bottom - QR + 2, left - QR, told, size=7, colour=GREY, most=5)
    right = x + left + PAD
    y = _words(paper, item, right, y, x + width - right, most=3)
    _facts(paper, item, right, y, x + width - right, bottom, beside=0)


def _words(paper: Paper, item: Sheet, x: float, y: float, width: float, *, most: int) -> float:
    is_large = width > LARGE
    size = 18 if is_large else 12
    y = paper.block(x, y, width, item.commodity, size=7.5, bold=True, colour=GREY, most=1)
    y = paper.block(x, y, width, item.title, size=size, bold=True, colour=INDIGO, most=2)
    y = paper.block(x, y + 0.6, width, item.maker, size=8, colour=GREY, most=1)
    y = paper.block(x, y + 1 if item.note else y, width, item.note, size=_text_size(width), bold=True, most=NOTE_LINES)
    y = paper.block(x, y + 1, width, item.summary, size=_text_size(width), most=most)
    y = paper.block(x, y + 1.4, width, item.price, size=13 if is_large else 11, bold=True, colour=INDIGO, most=1)
    return paper.block(x, y, width, _terms(item), size=7.5, colour=GREY, most=2) + 1.6


def _note_height(paper: Paper, item: Sheet, width: float) -> float:
    """So much room the photo gives to why the product was chosen."""
    if not item.note:
        return 0
    return 1 + paper.height_of(item.note, width, _text_size(width), bold=True, most=NOTE_LINES)


def _text_size(width: float) -> float:
    return 9 if width > LARGE else 8


def _terms(item: Sheet) -> str:
    """Under what the price holds, and how long."""
    if not item.price_terms:
        return ""
    return _("%(terms)s, valid until %(day)s") % {"terms": item.price_terms, "day": item.price_until}


def _facts(paper: Paper, item: Sheet, x: float, y: float, width: float, bottom: float, *, beside: float) -> None:
    """As many facts as there is room, those that buyers ask for first; lines `beside` the QR code are shorter."""
    certificates = [(_("Certificates"), "; ".join(item.certificates))] if item.certificates and beside else []
    label_width = min(34.0, width * 0.32)
    for label, value in [*item.glance, *certificates, *item.more_facts]:
        room = (width - beside - 2 if beside and y + 2 * FACT > bottom - beside else width) - label_width - 2
        high = max(
            paper.height_of(text, wide, FACT_SIZE, most=2) for text, wide in ((label, label_width), (value, room))
        )
        if y + high > bottom:
            return
        paper.block(x, y, label_width, label, size=FACT_SIZE, colour=GREY, most=2)
        paper.block(x + label_width + 2, y, room, value, size=FACT_SIZE, most=2)
        y += high + FACT_GAP

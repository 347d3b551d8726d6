"""A4 paper with our letters: text that wraps and is cut where there is no room, rules, pictures, QR codes.

Lengths are millimetres, letters points. The letters are Plus Jakarta Sans (fonts/OFL.txt), two weights, embedded.
"""

from __future__ import annotations

import datetime
import io
import unicodedata
import uuid
from pathlib import Path
from typing import Final, Literal

import qrcode
from fpdf import FPDF

from kit.uploads import cut_picture

FONTS: Final = Path(__file__).parent.parent / "fonts"
MARK: Final = Path(__file__).parent / "mark.svg"
FAMILY: Final = "Plus Jakarta Sans"
INDIGO: Final = (24, 33, 77)
GOLD: Final = (197, 138, 60)
GREY: Final = (74, 74, 74)
HAIR: Final = (204, 204, 204)
SAND: Final = (244, 239, 228)
BLACK: Final = (17, 17, 17)
WHITE: Final = (255, 255, 255)
MARGIN: Final = 14.0
WIDTH: Final = 210.0
HEIGHT: Final = 297.0
INNER: Final = WIDTH - 2 * MARGIN
FINE, USUAL = 300, 220
"""Dots an inch of pictures: on a sheet, and in a catalogue that is sent by mail."""
MM_PER_POINT: Final = 25.4 / 72
LEADING: Final = 1.35
"""The height of a line, in heights of its letters."""
CUT: Final = "…"
IN_OTHER_WORDS: Final = {"→": "->", "←": "<-", "≥": ">=", "≤": "<=", "№": "No.", "\t": " ", "\u202f": "\u00a0"}
Colour = tuple[int, int, int]
Align = Literal["left", "right", "centre"]


class Paper(FPDF):
    """A document that is drawn by hand: nothing breaks a page by itself."""

    def __init__(self, *, title: str, language: str, made_at: datetime.datetime, dots: int = USUAL) -> None:
        super().__init__(orientation="portrait", unit="mm", format="A4")
        self.set_auto_page_break(False)
        self.set_margin(0)
        self.c_margin = 0.0
        self.add_font(FAMILY, "", FONTS / "PlusJakartaSans-Regular.ttf")
        self.add_font(FAMILY, "B", FONTS / "PlusJakartaSans-Bold.ttf")
        self.set_lang(language)
        self.set_title(self.printable(title))
        self.set_author("INA Access")
        self.set_creator("INA Access")
        self.set_creation_date(made_at)
        self.dots = dots

    def printable(self, text: str) -> str:
        """The text in letters that our fonts have: another form of a letter, its bare letter, or “?”."""
        known = self.fonts[FAMILY.lower()].cmap  # type: ignore[union-attr]
        return "".join(char if ord(char) in known or char == "\n" else self._instead(char, known) for char in text)

    def _instead(self, char: str, known: object) -> str:
        if char in IN_OTHER_WORDS:
            return IN_OTHER_WORDS[char]
        bare = "".join(part for part in unicodedata.normalize("NFKD", char) if not unicodedata.combining(part))
        return bare if bare and all(ord(part) in known for part in bare) else "?"  # type: ignore[operator]

    def lines_of(
        self, text: str, width: float, size: float, *, bold: bool = False, most: int | None = None
    ) -> list[str]:
        """The text in lines of at most `width`; beyond `most` lines it is cut, and says so with “…”."""
        self.set_font(FAMILY, "B" if bold else "", size)
        lines: list[str] = []
        for paragraph in self.printable(text).split("\n"):
            found = self.multi_cell(width, text=paragraph, align="L", dry_run=True, output="LINES")
            lines += found if isinstance(found, list) else []
        if most is not None and len(lines) > most:
            lines = [*lines[: most - 1], self._shortened(f"{lines[most - 1]} {CUT}", width)]
        return lines

    def _shortened(self, line: str, width: float) -> str:
        while self.get_string_width(line) > width and len(line) > 2:
            line = f"{line[:-2].rstrip(' ,;.' + CUT)}{CUT}"
        return line

    def block(
        self,
        x: float,
        y: float,
        width: float,
        text: str,
        *,
        size: float = 9,
        bold: bool = False,
        colour: Colour = BLACK,
        most: int | None = None,
        align: Align = "left",
    ) -> float:
        """Write a text into a column from its upper edge `y`; the `y` below it."""
        if not text:
            return y
        height = size * MM_PER_POINT * LEADING
        lines = self.lines_of(text, width, size, bold=bold, most=most)
        self.set_text_color(*colour)
        for line in lines:
            room = width - self.get_string_width(line)
            shift = {"left": 0.0, "right": room, "centre": room / 2}[align]
            self.text(x + shift, y + height * 0.74, line)
            y += height
        return y

    def height_of(self, text: str, width: float, size: float, *, bold: bool = False, most: int | None = None) -> float:
        """How high `block` will be."""
        return len(self.lines_of(text, width, size, bold=bold, most=most)) * size * MM_PER_POINT * LEADING

    def rule(self, x: float, y: float, width: float, *, colour: Colour = HAIR, thick: float = 0.2) -> None:
        """A line across."""
        self.set_draw_color(*colour)
        self.set_line_width(thick)
        self.line(x, y, x + width, y)

    def ground(self, x: float, y: float, width: float, height: float, colour: Colour = SAND) -> None:
        """A plain area."""
        self.set_fill_color(*colour)
        self.rect(x, y, width, height, style="F")

    def photo(self, key: uuid.UUID | None, x: float, y: float, width: float, height: float, *, alt: str) -> None:
        """A stored picture in print size; a plain area when there is none."""
        pixels = (round(width * self.dots / 25.4), round(height * self.dots / 25.4))
        data = cut_picture(key, *pixels, may_enlarge=False) if key else None
        if data is None:
            self.ground(x, y, width, height)
            return
        self.image(io.BytesIO(data), x, y, width, height, alt_text=self.printable(alt))

    def mark(self, x: float, y: float, side: float) -> None:
        """The portal's sign."""
        self.image(MARK, x, y, side, side, alt_text="INA Access")

    def qr(self, address: str, x: float, y: float, side: float) -> None:
        """The address as a QR code in vectors, with its quiet zone; the whole is a link, too."""
        code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=4)
        code.add_data(address)
        code.make(fit=True)
        rows = code.get_matrix()
        step = side / len(rows)
        self.ground(x, y, side, side, (255, 255, 255))
        self.set_fill_color(0, 0, 0)
        for row, cells in enumerate(rows):
            for column, length in _runs(cells):
                self.rect(x + column * step, y + row * step, length * step + 0.01, step + 0.01, style="F")
        self.link(x, y, side, side, address)


def _runs(cells: list[bool]) -> list[tuple[int, int]]:
    """Where dark cells begin in a row, and how many stand side by side."""
    runs: list[tuple[int, int]] = []
    for column, is_dark in enumerate(cells):
        if is_dark and runs and sum(runs[-1]) == column:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        elif is_dark:
            runs.append((column, 1))
    return runs

"""The text of a letter, taken apart into what HTML draws: paragraphs, lists, headings, buttons, and the foot.

A letter has one source, its text. Blank lines part paragraphs; lines that begin with "- " or "– " are a list; a line of
dashes makes the line above it a heading; a link of ours alone on its line is a button, or below a line of a list the
link of that line; what follows the last line "-- " (the sign of a signature since Usenet) is the foot. Links to other
places stay text. Nothing here is HTML: the template escapes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

FOOT: Final = "\n-- \n"
LONGEST_LABEL: Final = 40
_DASHES: Final = re.compile(r"-{3,}")
_AFTER_LINK: Final = ".,;:!?)”»"


class Piece(NamedTuple):
    """A stretch of a line; with `url` it is a link to a page of ours."""

    text: str
    url: str = ""


Line = list[Piece]


class Block(NamedTuple):
    """`kind`: text, list, heading or button. A button has a `url`, and a line for its label or none."""

    kind: str
    lines: list[Line]
    url: str = ""


class Parts(NamedTuple):
    """A letter: what it says, and the lines of its foot."""

    blocks: list[Block]
    foot: list[Line]


def parts_of(text: str, *, site_url: str) -> Parts:
    """Take a letter apart. Only links below `site_url` become links."""
    body, found, foot = text.replace("\r\n", "\n").rpartition(FOOT)
    if not found:
        body, foot = foot, ""
    reader = _Reader(site_url)
    for line in body.split("\n"):
        reader.read(line.strip())
    reader.end()
    return Parts(reader.blocks, reader.foot(line.strip() for line in foot.split("\n")))


class _Reader:
    """Reads line by line; `lines` are those of the paragraph or list in hand."""

    def __init__(self, site_url: str) -> None:
        self.blocks: list[Block] = []
        self.lines: list[str] = []
        self.kind = "text"
        self.linked: dict[int, Line] = {}
        self.link = re.compile(rf"{re.escape(site_url)}/[^\s<>\"]*")

    def read(self, line: str) -> None:
        if not line:
            self.end()
        elif self.link.fullmatch(line):
            self._button(line)
        elif _DASHES.fullmatch(line) and self.lines and self.kind == "text":
            self._heading()
        elif line.startswith(("- ", "– ")):
            self._add("list", line[2:])
        else:
            self._add("text", line)

    def end(self) -> None:
        """The paragraph or list in hand is complete."""
        if self.lines:
            pieces = [self.pieces(line) for line in self.lines]
            self.blocks.append(Block(self.kind, [self.linked.get(n, line) for n, line in enumerate(pieces)]))
        self.lines, self.linked = [], {}

    def pieces(self, line: str) -> Line:
        """The line, its links to our pages apart."""
        found, at = [], 0
        for match in self.link.finditer(line):
            url = match.group().rstrip(_AFTER_LINK)
            found += [Piece(line[at : match.start()]), Piece(url.partition("://")[2], url)]
            at = match.start() + len(url)
        return [piece for piece in (*found, Piece(line[at:])) if piece.text]

    def foot(self, lines: Iterable[str]) -> list[Line]:
        """The lines of the foot; one above a link becomes the link."""
        found: list[Line] = []
        for line in filter(None, lines):
            if self.link.fullmatch(line) and found and not any(piece.url for piece in found[-1]):
                label = "".join(piece.text for piece in found.pop()).removesuffix(":")
                found.append([Piece(label, line)])
            else:
                found.append(self.pieces(line))
        return found

    def _add(self, kind: str, line: str) -> None:
        if kind != self.kind:
            self.end()
        self.kind = kind
        self.lines.append(line)

    def _heading(self) -> None:
        heading = self.lines.pop()
        self.end()
        self.blocks.append(Block("heading", [self.pieces(heading)]))

    def _button(self, url: str) -> None:
        """A short line above that ends in a colon says what the button does: it becomes the label."""
        if self.kind == "list" and self.lines:
            self.linked[len(self.lines) - 1] = [Piece(self.lines[-1], url)]
            return
        self.end()
        label: list[Line] = []
        above = self.blocks[-1] if self.blocks and self.blocks[-1].kind == "text" else None
        text = "".join(piece.text for piece in above.lines[-1]) if above else ""
        if above and text.endswith(":") and len(text) <= LONGEST_LABEL:
            label = [[Piece(text[:-1].strip())]]
            above.lines.pop()
            if not above.lines:
                self.blocks.pop()
        self.blocks.append(Block("button", label, url))

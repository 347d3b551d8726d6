"""What changed between two contents of a product: per field the lines of both, and the words within a line.

Data only; templates draw it. Nothing here asks the database: names come in a Wording.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from difflib import SequenceMatcher
from typing import Literal

from django.utils.functional import cached_property

from catalog.wording import Fact, Snapshot, Wording, field_label, field_names
from kit.units import format_number

Mark = Literal["same", "del", "ins"]
MOST_WORDS_COMPARED = 1_000_000  # words × words: beyond it a text counts as replaced whole


@dataclass(frozen=True)
class Piece:
    """Words of a line that stayed, went (`del`) or came (`ins`)."""

    mark: Mark
    text: str


@dataclass(frozen=True)
class Line:
    """A fact as shown on one side. `note` is the change of a price in percent."""

    fact: Fact
    pieces: tuple[Piece, ...]
    note: str = ""

    @property
    def mark(self) -> Mark:
        """How the line as a whole is marked: a picture has no words."""
        marks = {piece.mark for piece in self.pieces}
        return marks.pop() if len(marks) == 1 else "same"


@dataclass(frozen=True)
class Row:
    """A field on both sides; `old` is empty when it was not there."""

    field: str
    label: str
    old: tuple[Line, ...]
    new: tuple[Line, ...]
    is_changed: bool

    @cached_property
    def is_pictures(self) -> bool:
        """Are its lines pictures?"""
        return self.field == "photos"


def rows(old: Snapshot | None, new: Snapshot, wording: Wording) -> list[Row]:
    """Every field of the passport in the order of its pages; `old` is None when nothing was public."""
    return [row(name, old, new, wording) for name in field_names()]


def row(name: str, old: Snapshot | None, new: Snapshot, wording: Wording) -> Row:
    """One field. Without an old content nothing is marked: all of it is new."""
    came = wording.facts(name, new)
    if old is None:
        return Row(name, field_label(name), (), tuple(_plain(fact) for fact in came), is_changed=bool(came))
    went = wording.facts(name, old)
    old_lines, new_lines = compare(went, came)
    is_changed = _compared(went) != _compared(came)
    return Row(name, field_label(name), tuple(old_lines), tuple(new_lines), is_changed)


def changed_fields(old: Snapshot, new: Snapshot) -> set[str]:
    """The fields whose stored value differs."""
    return {name for name in field_names() if old.get(name) != new.get(name)}


def compare(old: Sequence[Fact], new: Sequence[Fact]) -> tuple[list[Line], list[Line]]:
    """The lines of both sides, their differing words marked; lines belong together by key."""
    before, after = {fact.key: fact for fact in old}, {fact.key: fact for fact in new}
    old_lines, new_lines = [], []
    for fact in old:
        went, _came = words(fact.text, after[fact.key].text) if fact.key in after else ((_whole("del", fact),), ())
        old_lines.append(Line(fact, went))
    for fact in new:
        if fact.key in before:
            _went, came = words(before[fact.key].text, fact.text)
            new_lines.append(Line(fact, came, _percent(before[fact.key].amount, fact.amount)))
        else:
            new_lines.append(Line(fact, (_whole("ins", fact),)))
    return old_lines, new_lines


def words(old: str, new: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Both texts cut into what stayed and what differs, by words."""
    if old == new:
        return (Piece("same", old),), (Piece("same", new),)
    one, other = re.findall(r"\S+\s*|\s+", old), re.findall(r"\S+\s*|\s+", new)
    if len(one) * len(other) > MOST_WORDS_COMPARED:
        return (Piece("del", old),), (Piece("ins", new),)
    matcher = SequenceMatcher(None, [word.rstrip() for word in one], [word.rstrip() for word in other], autojunk=False)
    codes = matcher.get_opcodes()
    went = [Piece("same" if tag == "equal" else "del", "".join(one[a:b])) for tag, a, b, _c, _d in codes]
    came = [Piece("same" if tag == "equal" else "ins", "".join(other[c:d])) for tag, _a, _b, c, d in codes]
    return tuple(_spaced(went)), tuple(_spaced(came))


def _spaced(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """The pieces that say something, the space behind a marked one outside its mark."""
    for piece in pieces:
        if not piece.text:
            continue
        text = piece.text.rstrip()
        if piece.mark == "same" or text == piece.text or not text:
            yield piece
        else:
            yield replace(piece, text=text)
            yield Piece("same", piece.text[len(text) :])


def _plain(fact: Fact) -> Line:
    return Line(fact, (_whole("same", fact),))


def _whole(mark: Mark, fact: Fact) -> Piece:
    return Piece(mark, fact.text)


def _compared(facts: Sequence[Fact]) -> list[tuple[str, str]]:
    return [(fact.key, fact.text) for fact in facts]


def _percent(old: Decimal | None, new: Decimal | None) -> str:
    if old is None or new is None or old == new:
        return ""
    change = (new / old - 1) * 100
    return f"{'+' if change > 0 else '−'}{format_number(abs(change), places=1)} %"

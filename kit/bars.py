"""A chart of horizontal bars: where each stands in a drawing 320 units wide; the table behind it has the same rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

WIDTH: Final = 320
STEP: Final = 36  # from bar to bar: a line of text, then the bar
LONGEST_BAR: Final = 270  # the number stands behind it
LONGEST_LABEL: Final = 44  # characters


@dataclass(frozen=True)
class Bar:
    """One bar: its words, its number, and its place in the drawing."""

    label: str
    value: int
    short: str
    text_y: int
    bar_y: int
    width: int
    value_x: int
    value_y: int


@dataclass(frozen=True)
class Bars:
    """The drawing; `label` says in a sentence what it shows."""

    label: str
    height: int
    bars: list[Bar]


def bars_of(label: str, rows: Iterable[tuple[object, int]]) -> Bars:
    """Bars for these words and numbers (0 or more), the longest for the greatest number."""
    told = [(str(words), number) for words, number in rows]
    most = max((number for _words, number in told), default=0) or 1
    bars = [_bar(place, words, number, most) for place, (words, number) in enumerate(told)]
    return Bars(label, STEP * len(bars), bars)


def _bar(place: int, words: str, number: int, most: int) -> Bar:
    width = max(round(LONGEST_BAR * number / most), 2 if number else 0)
    top = place * STEP
    short = words if len(words) <= LONGEST_LABEL else f"{words[: LONGEST_LABEL - 1]}…"
    return Bar(words, number, short, top + 13, top + 19, width, width + 6, top + 29)

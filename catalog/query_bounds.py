"""Bounds that people type among the words, "MOQ<500" or "price < 2.50": taken out of the text, they become filters."""

from __future__ import annotations

import re
from typing import Final

_NAMES: Final = {
    "moq_max": "moq",
    "price_max": "price|precio|preço|preco|harga|usd",
    "lead_max": "lead time|lead",
}
_BOUND: Final = re.compile(
    r"(?<!\w)(?:" + "|".join(f"(?P<{key}>{names})" for key, names in _NAMES.items()) + r")"
    r"\s*(?:<=?|≤)\s*(?:usd\s*)?(?P<number>[0-9][0-9.,]{0,14})(?:\s*(?:usd|days?|hari|días|dias))?(?!\w)",
    re.IGNORECASE,
)


def take_bounds(text: str) -> tuple[str, dict[str, str]]:
    """The text without its bounds, and the bounds as typed, by the name of their filter; the last of each counts."""
    bounds = {
        key: found["number"].rstrip(".,") for found in _BOUND.finditer(text) for key in _NAMES if found[key] is not None
    }
    return (" ".join(_BOUND.sub(" ", text).split()) if bounds else text), bounds

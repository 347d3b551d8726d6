"""Units beside numbers: “300 pairs”, “300 pares”, “300 pasang”, “2.5 kg”.

Measures are written by their symbol. The words for pieces and packs form a regular plural in English, Spanish and
Portuguese; Indonesian has none. Words that count (dozen, hundred) and foreign ones stay as they are.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import Final

from django.utils.translation import get_language

from catalog.models import Unit
from catalog.vocabulary import Vocabulary, vocabulary
from kit.languages import content_key, pick
from kit.units import format_quantity

UNCHANGED: Final = {"hundred", "thousand", "gross", "cien"}
_ENGLISH: Final = ((r"(s|sh|ch|x)$", r"\1es"), (r"([^aeiou])y$", r"\1ies"), (r"$", "s"))
_SPANISH: Final = ((r"z$", "ces"), (r"ó([ns])$", r"o\1es"), (r"[aeiouáéí]$", r"\g<0>s"), (r"$", "es"))
_PORTUGUESE: Final = (
    (r"ão$", "ões"), (r"m$", "ns"), (r"([rzs])$", r"\1es"), (r"[ie]l$", "eis"), (r"([aou])l$", r"\1is"), (r"$", "s"),
)  # fmt: skip
_RULES: Final = {"en": _ENGLISH, "es": _SPANISH, "pt": _PORTUGUESE}


def unit_name(unit_id: str | None, rows: Vocabulary | None = None) -> str:
    """One unit, in the reader's words or by its symbol; "" without a unit."""
    unit = (rows or vocabulary()).units.get(unit_id or "")
    return _name(unit) if unit else ""


def quantity(amount: Decimal | None, unit_id: str | None, rows: Vocabulary | None = None) -> str:
    """An amount with its unit; "" when it is not known."""
    if amount is None:
        return ""
    unit = (rows or vocabulary()).units.get(unit_id or "")
    if unit is None:
        return format_quantity(amount, "").strip()
    is_plural = amount != 1 and unit.is_counted
    name = _name(unit)
    return format_quantity(amount, plural(name, content_key(get_language())) if is_plural else name)


def per_unit(price: str, unit_id: str | None) -> str:
    """A price with its unit: “USD 6.80 / pair”; the price alone without a unit."""
    unit = unit_name(unit_id)
    return f"{price} / {unit}" if unit else price


@lru_cache(maxsize=512)
def plural(name: str, language: str) -> str:
    """The regular plural of a unit's name: its first word, in Spanish and Portuguese the adjective behind it too."""
    if language not in _RULES or name in UNCHANGED:
        return name
    words = re.match(r"([^(]*?)(\s+\(.*|\s+(?:de|of)\s.*)?$", name)
    head, tail = (words[1], words[2] or "") if words else (name, "")
    parts = head.split(" ")
    inflected = parts[-1:] if language == "en" else parts
    kept = parts[:-1] if language == "en" else []
    return " ".join([*kept, *(_inflect(word, language) for word in inflected)]) + tail


def _inflect(word: str, language: str) -> str:
    for pattern, ending in _RULES[language]:
        if re.search(pattern, word):
            return re.sub(pattern, ending, word, count=1)
    return word


def _name(unit: Unit) -> str:
    return pick(unit.name).text or unit.symbol if unit.is_counted else unit.symbol

"""What a person typed into the search box, as PostgreSQL reads it.

Digits are an HS code. Words are read by each language's rules, and any of these readings may match; an excluded
word (-word) is taken out of all of them, because a NOT inside an OR of readings excludes nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from catalog.search_row import CONFIGURATIONS
from catalog.thesaurus import expand
from kit.text import clean_name

MAX_QUERY: Final = 200
_HS = re.compile(r"[0-9][0-9. ]*")
_EXCLUDED = re.compile(r"""(?:^|\s)-("[^"]*"|\S+)""")


@dataclass(frozen=True)
class Query:
    """A condition on documents: SQL and its parameters. `hs_digits` are set when an HS code was asked."""

    sql: str
    params: tuple[str, ...]
    hs_digits: str = ""
    is_shortened: bool = False


def parse(text: str) -> Query | None:
    """Read a query; None when it asks for nothing. An HS code of more than 6 digits is looked up by its first 6."""
    text = clean_name(text)[:MAX_QUERY]
    if _HS.fullmatch(text) and (digits := re.sub(r"\D", "", text)) and len(digits) >= 2:
        asked = digits[: min(6, len(digits) // 2 * 2)]
        return Query("%s::tsquery", (f"'hs{asked}'",), asked, len(digits) != len(asked))
    wanted = _EXCLUDED.sub(" ", text).strip()
    excluded = _EXCLUDED.findall(text)
    if not re.search(r"\w", wanted):
        return None
    sql, params = _any_language(wanted)
    for other in expand(wanted):  # words of the thesaurus that documents do not hold yet
        more_sql, more = _any_language(other)
        sql, params = f"({sql} || {more_sql})", (*params, *more)
    for phrase in excluded:
        without, more = _any_language(phrase)
        sql, params = f"({sql} && !!{without})", (*params, *more)
    return Query(sql, params)


def _any_language(text: str) -> tuple[str, tuple[str, ...]]:
    readings = " || ".join(f"websearch_to_tsquery('{name}', %s)" for name, _key in CONFIGURATIONS)
    return f"({readings})", (text,) * len(CONFIGURATIONS)

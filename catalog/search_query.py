"""What a person typed into the search box, as PostgreSQL reads it.

Digits are an HS code. Words are read by each language's rules, and any of these readings may match; an excluded
word (-word) is taken out of all of them, because a NOT inside an OR of readings excludes nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from catalog.search_row import CONFIGURATIONS, readable, whole_title
from catalog.thesaurus import expand
from kit.text import clean_name

MAX_QUERY: Final = 200
_HS = re.compile(r"(?:(?:hs|ncm|hts)\s*(?:code|kode)?[\s:.]*)?([0-9][0-9.,\s-]*)", re.IGNORECASE)
_HS_AMONG_WORDS = re.compile(
    r"(?<![\w.])(?:hs\s*)?([0-9]{4}\.[0-9]{2}(?:\.[0-9]{2})*)(?![\w.])|\bhs\s*([0-9]{2,8})\b", re.I
)
_EXCLUDED = re.compile(r"""(?:^|\s)-("[^"]*"|\S+)""")


@dataclass(frozen=True)
class Query:
    """A condition on documents: SQL and its parameters. `hs_digits` are set when an HS code was asked.

    `title_sql` says which documents have a title that is just this text; it takes `title`. None for an HS code.
    """

    sql: str
    params: tuple[str, ...]
    hs_digits: str = ""
    is_shortened: bool = False
    title: str | None = None
    title_sql: str = f"({whole_title('%s')})::tsquery"


def parse(text: str) -> Query | None:
    """Read a query; None when it asks for nothing. An HS code of more than 6 digits is looked up by its first 6."""
    text = clean_name(text)[:MAX_QUERY]
    if (code := _HS.fullmatch(text)) and len(digits := re.sub(r"\D", "", code[1])) >= 2:
        asked = _heading(digits)
        return Query("%s::tsquery", (f"'hs{asked}'",), asked, len(digits) != len(asked))
    wanted = re.sub(r"(?<!\w)-+", " ", _EXCLUDED.sub(" ", text)).strip()  # no NOT stays: alone it would match all
    excluded = [found.lstrip("-") for found in _EXCLUDED.findall(text)]
    codes = [_heading(re.sub(r"\D", "", dotted or plain)) for dotted, plain in _HS_AMONG_WORDS.findall(wanted)]
    words = _HS_AMONG_WORDS.sub(" ", wanted).strip()
    if not codes and not re.search(r"\w", words):
        return None
    sql, params = _any_wording(words) if re.search(r"\w", words) else ("''::tsquery", ())
    for asked in codes:
        sql, params = f"({sql} && %s::tsquery)", (*params, f"'hs{asked}'")
    for phrase in excluded:
        without, more = _any_language(phrase)
        sql, params = f"({sql} && !!{without})", (*params, *more)
    return Query(sql, params, title=text)


def _heading(digits: str) -> str:
    """The chapter, heading or subheading that these digits begin with."""
    return digits[: min(6, len(digits) // 2 * 2)]


def _any_wording(text: str) -> tuple[str, tuple[str, ...]]:
    """The text in any language, or as the thesaurus words it where documents do not hold its words yet."""
    sql, params = _any_language(text)
    for other in expand(text):
        more_sql, more = _any_language(other)
        sql, params = f"({sql} || {more_sql})", (*params, *more)
    return sql, params


def _any_language(text: str) -> tuple[str, tuple[str, ...]]:
    readings = " || ".join(f"websearch_to_tsquery('{name}', {readable(name, '%s')})" for name, _key in CONFIGURATIONS)
    return f"({readings})", (text,) * len(CONFIGURATIONS)

"""What a person typed into the search box, as PostgreSQL reads it.

Digits are an HS code. Each word is read by the rules of all four languages, any of which may match, and so may what
means the same (catalog/search_words.py); all words must occur, but for those that say nothing. An excluded word
(-word) is taken out of all readings, because a NOT inside an OR of readings excludes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from django.db import connection

from catalog.kinds_asked import NO_KINDS, Kinds, kinds_asked
from catalog.lexemes import CONFIGURATIONS, readable, whole_title
from catalog.models import NewTerm, SearchWord
from catalog.search_words import ORIGIN, SILENT, alike, put_plainly
from catalog.thesaurus import expand
from kit.text import clean_name, fold

MAX_QUERY: Final = 200
MOST_WORDS: Final = 24
_HS = re.compile(
    r"(?:(?:(?:code|kode|c[oó]digo|chapter|heading|cap[ií]tulo|partida|bab|pos)\s*)?(?:(?:hs|ncm|hts|sa)\b\s*)?"
    r"(?:code|kode)?[\s:.]*)?([0-9][0-9.,\s-]*)",
    re.IGNORECASE,
)
_HS_AMONG_WORDS = re.compile(
    r"(?<![\w.])(?:hs\s*)?([0-9]{4}\.[0-9]{2}(?:\.[0-9]{2})*)(?![\w.])|\bhs\s*([0-9]{2,8})\b", re.I
)
_EXCLUDED = re.compile(r"""(?:^|\s)-("[^"]*"|\S+)""")
_WORDS = re.compile(r'"[^"]*"|[^\s"]+')
_OR: Final = frozenset({"or", "atau", "ou"})

_READ: Final = f"""
SELECT EXISTS (SELECT FROM {NewTerm._meta.db_table}),
    EXISTS (SELECT FROM {SearchWord._meta.db_table} known WHERE known.word = lower(unaccent(asked.word))),
    {", ".join(f"websearch_to_tsquery('{name}', {readable(name, 'word')})::text" for name, _key in CONFIGURATIONS)}
FROM unnest(%s::text[]) WITH ORDINALITY asked (word, place) ORDER BY place
"""  # noqa: S608


@dataclass(frozen=True)
class Word:
    """A word or a phrase, and how the configurations read it: tsqueries, "" where one leaves it out.

    `alike` are tsqueries of what means the same; `may_be_new` while documents may lack words of the thesaurus;
    `is_known`: the catalogue is known to use it just so.
    """

    text: str
    readings: tuple[str, ...]
    alike: tuple[str, ...] = ()
    may_be_new: bool = False
    is_known: bool = True

    @property
    def is_silent(self) -> bool:
        """Whether it says nothing: a word that one of the languages passes over."""
        return fold(self.text) in SILENT or not all(self.readings)

    @property
    def tsquery(self) -> str:
        """The word in any reading."""
        return _any([*self.readings, *self.alike])


@dataclass(frozen=True)
class Query:
    """A condition on documents: SQL and its parameters. `hs_digits` are set when an HS code was asked.

    `rank` is the tsquery by which matches are ranked; `kinds` what they had better be. `words` are those that must
    occur, `left_out` those that say nothing. `title_sql` says which documents have a title that is just this text; it
    takes `title`. None for an HS code.
    """

    sql: str
    params: tuple[str, ...]
    hs_digits: str = ""
    is_shortened: bool = False
    title: str | None = None
    title_sql: str = f"({whole_title('%s')})::tsquery"
    rank: str = ""
    kinds: Kinds = NO_KINDS
    words: tuple[Word, ...] = ()
    left_out: tuple[str, ...] = ()


def parse(text: str) -> Query | None:
    """Read a query; None when it asks for nothing. An HS code of more than 6 digits is looked up by its first 6."""
    text = clean_name(text)[:MAX_QUERY]
    if (code := _HS.fullmatch(text)) and len(digits := re.sub(r"\D", "", code[1])) >= 2 and len(digits) != 3:
        asked = _heading(digits)
        return Query("%s::tsquery", (f"'hs{asked}'",), asked, len(digits) != len(asked), rank=f"'hs{asked}'")
    wanted = re.sub(r"(?<!\w)-+", " ", _EXCLUDED.sub(" ", text)).strip()  # no NOT stays: alone it would match all
    excluded = [found.lstrip("-") for found in _EXCLUDED.findall(text)]
    codes = [_heading(re.sub(r"\D", "", dotted or plain)) for dotted, plain in _HS_AMONG_WORDS.findall(wanted)]
    words = put_plainly(_HS_AMONG_WORDS.sub(" ", wanted))
    said = _worded(words, title=text)
    if said is None and not codes:
        return None
    coded = _all([*([said.params[0]] if said else []), *(f"'hs{asked}'" for asked in codes)])
    barred = (_any(word.readings) for word in read_words([put_plainly(phrase) for phrase in excluded]))
    without = "".join(f" & !({one})" for one in barred if one)
    rank = _any([*([said.rank] if said else []), *(f"'hs{asked}'" for asked in codes)])
    return replace(said or Query("%s::tsquery", ()), params=(f"({coded}){without}",), rank=rank, title=text)


def read_words(texts: Sequence[str]) -> list[Word]:
    """These words and phrases, each as every configuration reads it, with what means the same."""
    others = [[other for other in alike(text) if fold(other) != fold(text)] for text in texts]
    every = [*texts, *(f'"{other}"' if " " in other else other for these in others for other in these)]
    if not every:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_READ, [every])
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    readings = (row[2:] for row in rows)
    own = [next(readings) for _text in texts]
    return [
        Word(text, read, tuple(dict.fromkeys(one for _other in these for one in next(readings) if one)), *row[:2])
        for text, read, these, row in zip(texts, own, others, rows, strict=False)
    ]


def all_of(words: Sequence[Word]) -> str:
    """The tsquery of documents that hold all these words."""
    return _all([word.tsquery for word in words])


def _worded(text: str, title: str) -> Query | None:
    """Words as a query; None when nothing of them can be looked for."""
    groups: list[list[str]] = [[]]
    for token in _WORDS.findall(text)[:MOST_WORDS]:
        if fold(token) in _OR and groups[-1]:
            groups.append([])
        elif re.search(r"\w", token):
            groups[-1].append(token)
    read = iter(read_words([token for group in groups for token in group]))
    grouped = [[word for word in (next(read) for _token in group) if word.tsquery] for group in groups]
    spoken = [[word for word in group if not word.is_silent] or group for group in grouped if group]
    said = {fold(word.text) for group in spoken for word in group}
    if not said or (said & ORIGIN and said <= SILENT):
        return None
    kept = tuple(word for group in spoken for word in group)
    kinds = kinds_asked(text)
    rank = _any([reading for word in kept for reading in word.readings])
    left_out = tuple(word.text for group in grouped for word in group if word not in kept)
    newly = _as_the_thesaurus_says(text) if kept[0].may_be_new else ()
    condition = _any([_any([all_of(group) for group in spoken]), *newly])
    return Query("%s::tsquery", (condition,), title=title, rank=rank, kinds=kinds, words=kept, left_out=left_out)


def _as_the_thesaurus_says(text: str) -> Iterator[str]:
    """The same as the thesaurus words it, where documents do not hold its words yet."""
    for other in expand(text):
        words = [word for word in read_words(_WORDS.findall(other)[:MOST_WORDS]) if word.tsquery]
        yield all_of([word for word in words if not word.is_silent] or words)


def _heading(digits: str) -> str:
    """The chapter, heading or subheading that these digits begin with."""
    return digits[: min(6, len(digits) // 2 * 2)]


def _any(tsqueries: Sequence[str]) -> str:
    return " | ".join(f"({one})" for one in dict.fromkeys(tsqueries) if one)


def _all(tsqueries: Sequence[str]) -> str:
    return " & ".join(f"({one})" for one in dict.fromkeys(tsqueries) if one)

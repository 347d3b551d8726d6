"""What a query without results still can find: the same without the words that nothing has together.

Words that no product has go first; then as few of the others as will do. Of several ways the one is taken that keeps
the words for things, above all the head (the last in English, else the first), then one that names a kind of product,
then the one that finds more.
"""

# ruff: noqa: S608  the tsqueries are parameters

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import Final

from catalog.kinds_asked import kinds_asked
from catalog.search_query import Query, Word, all_of
from catalog.search_words import SILENT, alike, put_plainly
from kit.languages import content_key
from kit.limited_reads import TooSlow, rows_of
from kit.text import fold

MOST_WORDS: Final = 5
MANY: Final = 50
LOOKED_AT: Final = 2_000
_COUNT: Final = f"(SELECT count(*) FROM (SELECT FROM product_search WHERE document @@ %s::tsquery LIMIT {MANY}) found)"
# A word of a description alone (“yoga mat”: cloves on a mat) says nothing of what was asked.
_COUNT_NAMED: Final = f"""(SELECT count(*) FROM (SELECT FROM (
    SELECT ranked FROM product_search WHERE document @@ %s::tsquery LIMIT {LOOKED_AT}) found
    WHERE ranked @@ %s::tsquery LIMIT {MANY}) named)"""

_SMALL: Final = frozenset("de del con sin para por em com sem da do das dos of for with from".split())
_EDGES: Final = SILENT | _SMALL | {"la", "el", "los", "las", "y", "e", "o", "a", "the"}

Words = tuple[Word, ...]


def loosen(text: str, asked: Query) -> str | None:
    """`text` without the words to drop; None when it has no such words, or when all together are found after all."""
    words = asked.words[:MOST_WORDS]
    if len(asked.words) < 2:
        return None
    try:
        if _counts([asked.words])[0]:
            return None
        known = tuple(word for word, n in zip(words, _counts((word,) for word in words), strict=True) if n)
        kept = _best(known, known[-1 if _ends_with_the_thing(text) else 0]) if known else ()
    except TooSlow:
        return None
    return _without(put_plainly(text), [word for word in asked.words if word not in kept]) if kept else None


def _ends_with_the_thing(text: str) -> bool:
    """Whether the thing is said last, as in “leather shoes”; not in “shoes of leather”."""
    return content_key() == "en" and not any(fold(word) in _SMALL for word in text.split())


def _best(known: Words, head: Word) -> Words:
    """The most of these words that some product has together; `head` is the word for the thing."""
    for size in range(len(known), 0, -1):
        ways = list(combinations(known, size))
        found = [(way, n) for way, n in zip(ways, _counts(ways, named=True), strict=True) if n]
        if found:
            return max(found, key=lambda one: (_things(one[0]), head in one[0], _kind(one[0]), one[1]))[0]
    return ()


def _things(words: Words) -> int:
    """How many of these words are more than a colour, a material or a place."""
    return sum(not alike(word.text) for word in words)


def _kind(words: Words) -> float:
    """How far these words name a kind of product."""
    return kinds_asked(" ".join(word.text for word in words)).share


def _counts(ways: Iterable[Sequence[Word]], *, named: bool = False) -> list[int]:
    """How many products have all words of each way, up to `MANY`; `named`: in titles, kinds, categories or producers.

    By the index, however common the planner takes it.
    """
    queries = [all_of(way) for way in ways]
    if not queries:
        return []
    count, params = (_COUNT_NAMED, [one for query in queries for one in (query, query)]) if named else (_COUNT, queries)
    return list(rows_of(f"SET LOCAL enable_seqscan = off; SELECT {', '.join([count] * len(queries))}", params)[0])


def _without(text: str, dropped: Sequence[Word]) -> str:
    for word in dropped:
        text = re.sub(rf"(?<!\w){re.escape(word.text)}(?!\w)", " ", text, flags=re.IGNORECASE)
    left = text.split()
    while left and fold(left[-1]) in _EDGES:
        left.pop()
    while left and fold(left[0]) in _EDGES:
        left.pop(0)
    return " ".join(left)

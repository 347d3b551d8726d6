"""What a mistyped query was meant to be: each word that nobody uses becomes the likeliest word that somebody does.

The words come from the titles of public products, from producers, places, categories and the whole thesaurus; they
are counted anew every night.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from django.db import connection, transaction

from catalog.search_words import shared_words
from kit.languages import CONTENT_LANGUAGES
from kit.limited_reads import rows_of
from kit.text import fold

SHORTEST: Final = 3
LONGEST: Final = 40
MOST_WORDS: Final = 8
CHOICES: Final = 3  # spellings that an unknown word may be meant as
RARE: Final = 5  # a title's word in fewer texts of a large catalogue is likelier a slip itself
ALIKE: Final = 0.24  # teek and teak share two of eight trigrams
_WORD = re.compile(r"[^\W\d_]+")

# Another form of a known word is known: silla, of which the catalogue has sillas. Without its ending:
_BEGINNING: Final = "regexp_replace({}.word, '(?<=[^aeiou])(as|os|es|a|o|e)$|s$', '')"
# The nearest by trigrams, then by letters to change; the more used of two. Two letters are a slip where they are only
# exchanged (batki) or few of the word; else it is another word. What has no df is known and never meant.
_SORTED: Final = "ARRAY(SELECT letter FROM string_to_table({}.word, NULL) letter ORDER BY 1)"
_CORRECT: Final = f"""
SET LOCAL pg_trgm.similarity_threshold = {ALIKE};
SELECT asked.word, array_agg(best.spelling ORDER BY best.place) FROM unnest(%s::text[]) asked (word)
CROSS JOIN LATERAL (
    SELECT near.spelling, row_number() OVER () AS place FROM (SELECT near.spelling FROM search_word near
    WHERE near.word %% asked.word AND near.df > 0
        AND levenshtein(near.word, asked.word)
            <= CASE WHEN {_SORTED.format("near")} = {_SORTED.format("asked")} THEN 2
                    WHEN length(asked.word) <= 5 THEN 1 ELSE greatest(2, length(asked.word) / 4) END
        AND (length(asked.word) > 4 OR left(near.word, 1) = left(asked.word, 1))
    ORDER BY similarity(near.word, asked.word) - 0.1 * levenshtein(near.word, asked.word) + 0.05 * ln(near.df + 1)
        + CASE WHEN {_SORTED.format("near")} = {_SORTED.format("asked")} THEN 0.3 ELSE 0 END
        + CASE WHEN right(near.word, 1) = right(asked.word, 1) THEN 0.08 ELSE 0 END DESC,
        near.word LIMIT {CHOICES}) near) best
WHERE NOT EXISTS (
    SELECT FROM search_word known WHERE known.word = asked.word
        OR known.word %% asked.word AND known.df > 0 AND {_BEGINNING.format("known")} = {_BEGINNING.format("asked")})
GROUP BY asked.word
"""  # noqa: S608


def correct(text: str) -> str | None:
    """The query with its unknown words put right; None when no word is both unknown and like a known one."""
    return next(corrections(text), None)


def corrections(text: str) -> Iterator[str]:
    """What a query may have been meant to be, the likeliest first: then one of its words is meant otherwise."""
    words = {fold(word) for word in _WORD.findall(text)}
    asked = [word for word in sorted(words) if SHORTEST <= len(word) <= LONGEST][:MOST_WORDS]
    choices: dict[str, list[str]] = dict(rows_of(_CORRECT, [asked])) if asked else {}
    likeliest = {word: spellings[0] for word, spellings in choices.items()}
    if likeliest:
        yield _put_right(text, likeliest)
    for word, spellings in choices.items():
        for other in spellings[1:]:
            yield _put_right(text, {**likeliest, word: other})


def _put_right(text: str, meant: Mapping[str, str]) -> str:
    return _WORD.sub(lambda found: meant.get(fold(found[0]), found[0]), text)


def _texts(column: str) -> str:
    return ", ".join(f"{column}->>'{key}'" for key in CONTENT_LANGUAGES)


_TITLES: Final = f"""
    SELECT to_tsvector('simple', concat_ws(' ', {_texts("p.title")}))
    FROM product_search JOIN catalog_product p ON p.id = product_id"""  # noqa: S608
_THESAURUS: Final = f"""
    SELECT to_tsvector('simple', concat_ws(' ', {_texts("name")},
        (SELECT string_agg(word, ' ') FROM jsonb_each(synonyms) l, jsonb_array_elements_text(l.value) word)))
    FROM catalog_commodity
    UNION ALL SELECT to_tsvector('simple', concat_ws(' ', {_texts("name")})) FROM catalog_category
    UNION ALL SELECT to_tsvector('simple', name) FROM exporters_regency
    UNION ALL SELECT to_tsvector('simple', name) FROM exporters_province
    UNION ALL SELECT to_tsvector('simple', trade_name) FROM exporters_producer WHERE state = 'listed'"""  # noqa: S608
# Words that the best products or certificates use somewhere: no slips, but too many to be meant by one.
_TEXTS: Final = f"""
    SELECT to_tsvector('simple', concat_ws(' ', p.brand, {_texts("p.summary")}, {_texts("p.description")},
        {_texts("p.materials")})) FROM product_search JOIN catalog_product p ON p.id = product_id WHERE tier <= 2
    UNION ALL SELECT to_tsvector('simple', concat_ws(' ', code, {_texts("name")})) FROM exporters_certificatetype
    UNION ALL SELECT to_tsvector('simple', name) FROM catalog_hscode
    UNION ALL SELECT to_tsvector('simple', code) FROM catalog_incoterm"""  # noqa: S608
_REBUILD: Final = f"""
INSERT INTO search_word (word, spelling, df)
SELECT folded, (array_agg(word ORDER BY ndoc DESC, word))[1],
    greatest(sum(ndoc) FILTER (WHERE NOT is_text), CASE WHEN bool_or(is_always) THEN {RARE} ELSE 0 END)
FROM (SELECT lower(unaccent(word)) AS folded, word, ndoc, false AS is_always, false AS is_text FROM ts_stat(%s)
      UNION ALL SELECT lower(unaccent(word)), word, ndoc, true, false FROM ts_stat(%s)
      UNION ALL SELECT lower(unaccent(word)), word, {RARE}, true, false FROM unnest(%s::text[]) word
      UNION ALL SELECT lower(unaccent(word)), word, ndoc, false, true FROM ts_stat(%s)) counted
WHERE folded ~ '^[a-z]{{{SHORTEST},{LONGEST}}}$' AND length(word) <= {LONGEST}
GROUP BY folded
HAVING bool_or(is_always)
    OR sum(ndoc) >= CASE WHEN (SELECT count(*) FROM search_tier WHERE floor > 0) > 0 THEN {RARE} ELSE 1 END
"""  # noqa: S608


def rebuild_words() -> None:
    """Count the words that corrections choose from; nightly. Safe to run twice."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('search_word'))")
        cursor.execute("DELETE FROM search_word")
        cursor.execute(_REBUILD, [_TITLES, _THESAURUS, shared_words(), _TEXTS])

"""Finding a commodity or an HS code by what people call the thing, in any of the four languages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from django.db import connection

from catalog.models.reference import Commodity, HSCode
from kit.languages import content_key
from kit.text import clean_name, fold

MIN_LETTERS: Final = 2
MAX_QUERY: Final = 80
FEW: Final = 3  # found by their beginnings: then those that are only alike are not looked for
ALIKE: Final = 0.4  # trigram word similarity of PostgreSQL, 0 to 1: below it a name is another name

# A hit at the start of a word counts as a full one; among equals the reader's language, then names, then short words.
_SCORED: Final = """
SELECT DISTINCT ON (commodity_id) commodity_id, term, is_name, score, language = %(reader)s AS is_readers, length(plain)
FROM (SELECT *, CASE WHEN plain = %(asked)s THEN 3
                     WHEN plain LIKE %(begin)s THEN 2
                     WHEN plain LIKE %(inside)s THEN 1.5
                     ELSE word_similarity(%(asked)s, plain) END AS score
      FROM catalog_commodityterm WHERE {condition}) term
WHERE score >= %(alike)s ORDER BY commodity_id, score DESC, is_readers DESC, is_name DESC, length(plain), id
"""
_BEGUN: Final = _SCORED.format(condition="plain LIKE %(begin)s OR plain LIKE %(inside)s")
_ALIKE: Final = f"SET LOCAL pg_trgm.word_similarity_threshold = {ALIKE}; " + _SCORED.format(
    condition="%(asked)s <%% plain"
)

_FIND_HS = """
SELECT code FROM catalog_hscode
 WHERE level = 6 AND word_similarity(lower(unaccent(%s)), lower(unaccent(name))) >= %s
 ORDER BY word_similarity(lower(unaccent(%s)), lower(unaccent(name))) DESC, code LIMIT %s
"""


@dataclass(frozen=True)
class FoundCommodity:
    """A commodity, and the synonym by which it was found ("" when it was its name or its HS code)."""

    commodity: Commodity
    synonym: str


def find_commodities(query: str, limit: int = 10) -> list[FoundCommodity]:
    """Commodities that `query` names in any language, small slips forgiven, or whose HS code begins with it.

    The best first; none for less than two letters or digits.
    """
    query = clean_name(query)[:MAX_QUERY]
    if digits := hs_digits(query):
        coded = Commodity.objects.filter(hs6__code__startswith=digits).order_by("hs6", "slug")
        return [FoundCommodity(one, "") for one in coded.select_related("hs6", "category")[:limit]]
    if len(query) < MIN_LETTERS:
        return []
    asked = fold(_without_wildcards(query))
    given: dict[str, str | float] = {
        "asked": asked, "begin": f"{asked}%", "inside": f"% {asked}%", "alike": ALIKE, "reader": content_key(),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_BEGUN, given)
        rows = cursor.fetchall()
        if len(rows) < min(limit, FEW):
            cursor.execute(_ALIKE, given)
            known = {row[0] for row in rows}
            rows += [row for row in cursor.fetchall() if row[0] not in known]
    rows = sorted(rows, key=lambda row: (-row[3], not row[4], not row[2], row[5], row[0]))[:limit]
    found = Commodity.objects.select_related("hs6", "category").in_bulk([row[0] for row in rows])
    return [FoundCommodity(found[pk], "" if is_name else words) for pk, words, is_name, *_rest in rows if pk in found]


def find_hs_codes(query: str, limit: int = 10) -> list[HSCode]:
    """Subheadings (6 digits) of HS 2022 that begin with these digits, or that these words name.

    Words are looked for in the thesaurus first, in four languages, then in the English names of the HS.
    """
    query = clean_name(query)[:MAX_QUERY]
    if digits := hs_digits(query):
        return list(HSCode.objects.filter(level=6, code__startswith=digits).order_by("code")[:limit])
    if len(query) < MIN_LETTERS:
        return []
    codes = [found.commodity.hs6_id for found in find_commodities(query, limit)]
    with connection.cursor() as cursor:
        cursor.execute(_FIND_HS, [query, ALIKE, query, limit])
        codes += [row[0] for row in cursor.fetchall()]
    wanted = list(dict.fromkeys(codes))[:limit]
    found = HSCode.objects.in_bulk(wanted)
    return [found[code] for code in wanted if code in found]


def hs_digits(query: str) -> str:
    """The digits of a query that is an HS code of 2 to 6 digits, dotted or not; "" when it is none."""
    digits = re.sub(
        r"[\s.]", "", re.sub(r"^\s*(?:hs|ncm|hts)\b[\s:.]*|^\s*hs(?=[0-9])", "", query, flags=re.IGNORECASE)
    )
    return digits if re.fullmatch(r"[0-9]{2,6}", digits) else ""


def _without_wildcards(query: str) -> str:
    return re.sub(r"[%_\\]", " ", query).strip()

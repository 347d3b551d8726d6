"""Why a product stands where it does in a search: what matched, how it weighs, and what its quality is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from django.db import connection
from django.utils.translation import gettext as _

from catalog.lexemes import CONFIGURATIONS
from catalog.models import Product, ProductSearch
from catalog.search import Filters, find
from catalog.search_query import Query, parse
from catalog.search_row import QUALITY_OF, QUALITY_PARTS
from catalog.text_window import KIND, SOME, TITLED, WEIGHTS
from catalog.thesaurus import expand
from kit.languages import CONTENT_LANGUAGE_NAMES
from kit.limited_reads import rows_of

MOST: Final = 48
FIELDS: Final = "ABCD"
_WEIGHT_OF: Final = dict(zip("DCBA", WEIGHTS.strip("{}").split(","), strict=True))
_ALONE: Final = ["{" + ",".join(_WEIGHT_OF[at] if at == field else "0" for at in "DCBA") + "}" for field in FIELDS]


class Part(NamedTuple):
    """A part of a figure; `words` are the stems that matched there."""

    label: str
    value: float
    words: tuple[str, ...] = ()

    @property
    def thousandths(self) -> int:
        """Of a part of the quality, which goes up to a million."""
        return round(self.value / 1000)


@dataclass(frozen=True)
class Explained:
    """One product. `place` is None when it is not among the first; `score` orders the list."""

    place: int | None
    product: Product
    tier: int
    is_match: bool
    is_titled: bool
    is_kind: bool
    relevance: float
    fields: list[Part]
    quality: int
    quality_parts: list[Part]
    score: float

    @property
    def thousandths(self) -> int:
        """The quality, up to 1,000."""
        return round(self.quality / 1000)


@dataclass(frozen=True)
class Explanation:
    """A query as the search reads it, and the products it shows first. `meant`: what it was taken for."""

    readings: list[tuple[str, str]]
    expanded: list[str]
    meant: str
    total: int | None
    rows: list[Explained]
    wanted: Explained | None = None

    @property
    def asked_for(self) -> list[Explained]:
        """The product that was asked for, as rows of a table."""
        return [self.wanted] if self.wanted else []


def explain(text: str, filters: Filters, slug: str = "") -> Explanation | None:
    """How the search answers `text`; None when it asks for nothing. `slug`: also this product, wherever it stands."""
    found = find(text, filters, size=MOST, count=False)
    read = found.meant if found.is_corrected and found.meant else text
    asked = parse(read)
    if asked is None:
        return None
    order = [product.pk for product in found.products]
    more = ProductSearch.objects.filter(product__slug=slug).values_list("pk", flat=True) if slug else ()
    explained = {one.product.pk: one for one in _explained(asked, order, [*order, *more])}
    readings = [("HS", f"hs{asked.hs_digits}")] if asked.hs_digits else _readings(asked)
    return Explanation(
        readings=readings,
        expanded=expand(read) if not asked.hs_digits else [],
        meant=read if found.is_corrected else "",
        total=found.total,
        rows=[explained[pk] for pk in order if pk in explained],
        wanted=next((one for one in explained.values() if slug and one.product.slug == slug), None),
    )


def _readings(asked: Query) -> list[tuple[str, str]]:
    """Each language's reading of the words that must occur, what else they may be, and the words that are left out."""
    names = [str(CONTENT_LANGUAGE_NAMES[key]) for _name, key in CONFIGURATIONS]
    names[-1] = _("%(language)s, with accents") % {"language": names[-1]}
    readings = [
        (name, " & ".join(word.readings[number] for word in asked.words if word.readings[number]))
        for number, name in enumerate(names)
    ]
    more = [
        (_("Or instead of “%(word)s”") % {"word": one.text}, " | ".join(one.alike)) for one in asked.words if one.alike
    ]
    left = [(_("Left out"), ", ".join(asked.left_out))] if asked.left_out else []
    return [*readings, *more, *left]


def _explained(asked: Query, order: list[int], ids: list[int]) -> list[Explained]:
    places = {pk: number for number, pk in enumerate(order, 1)}
    products = Product.objects.select_related("producer").in_bulk(ids)
    with connection.cursor() as cursor:
        cursor.execute(QUALITY_OF, {"ids": ids})
        qualities = {pk: parts for pk, *parts in cursor.fetchall()}
    titled = asked.title_sql if asked.title is not None else "''::tsquery"
    titles = [asked.title] if asked.title is not None else []
    rows = rows_of(_ranks(asked.sql, titled), [*asked.params, asked.rank, *titles, ids])
    return [
        _one(row, asked, places.get(row[0]), products[row[0]], qualities[row[0]]) for row in rows if row[0] in products
    ]


def _ranks(query: str, titled: str) -> str:
    """SQL: how the documents of some products meet the query, as a whole and field by field."""
    alone = ", ".join(f"ts_rank('{weights}', ranked, query)" for weights in _ALONE)
    return f"""
        WITH asked AS MATERIALIZED (SELECT {query} AS condition, %s::tsquery AS query)
        SELECT product_id, tier, quality, document @@ condition, document @@ {titled},
            {SOME} + ts_rank('{WEIGHTS}', ranked, query), {alone},
            ARRAY(SELECT coalesce(weight, '') || lexeme FROM unnest(document) word (lexeme, positions, weights)
                  LEFT JOIN LATERAL (SELECT DISTINCT unnest(weights)) field (weight) ON true
                  WHERE lexeme IN (SELECT found[1] FROM regexp_matches(condition::text, '''([^'']+)''', 'g') found)
                  ORDER BY 1)
        FROM product_search, asked WHERE product_id = ANY(%s)
    """  # noqa: S608  the query's own SQL; its values are parameters


def _one(
    row: tuple[Any, ...], asked: Query, place: int | None, product: Product, quality_parts: list[int]
) -> Explained:
    _pk, tier, quality, is_match, is_titled, relevance, *alone, words = row
    names = {
        "A": _("Title"),
        "B": _("Commodity"),
        "C": _("Category, producer"),
        "D": _("Descriptions, HS headings, place"),
    }
    fields = [
        Part(names[field], value, tuple(word[1:] for word in words if word[0] == field))
        for field, value in zip(FIELDS, alone, strict=True)
    ]
    labels = {
        "facts": _("Facts given"), "photos": _("Photos"), "certificates": _("Valid certificates"),
        "answers": _("Answers"), "freshness": _("Confirmed lately"),
    }  # fmt: skip
    is_kind = product.commodity_id in asked.kinds.commodities
    score = relevance * (0.7 + 0.3 * quality / 1e6) + (TITLED if is_titled else 0)
    return Explained(
        place=place,
        product=product,
        tier=tier,
        is_match=is_match,
        is_titled=is_titled,
        is_kind=is_kind,
        relevance=relevance,
        fields=fields,
        quality=quality,
        quality_parts=[Part(labels[name], value) for name, value in zip(QUALITY_PARTS, quality_parts, strict=True)],
        score=score * (1 + KIND * asked.kinds.share if is_kind else 1),
    )

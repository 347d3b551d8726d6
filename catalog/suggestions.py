"""What the search box offers while somebody types: products, commodities, producers, categories."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, NamedTuple

from django.db.models import Exists, OuterRef, TextChoices
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.commodities import MAX_QUERY, MIN_LETTERS, FoundCommodity, find_commodities, hs_digits
from catalog.lexemes import CONFIGURATIONS, readable
from catalog.models import Commodity, Product
from catalog.vocabulary import vocabulary
from kit.languages import content_key, interface_language, pick
from kit.limited_reads import TooSlow, rows_of
from kit.text import clean_name, fold

MOST_OF_A_KIND: Final = 3
MOST_CATEGORIES: Final = 2
MOST_LOOKED_AT: Final = 16
NAMED_FROM: Final = 4
ENOUGH: Final = 3
CAP: Final = 500
"""Matches that are ranked; a bitmap's first ones, so a longer word ranks all."""


class Kind(TextChoices):
    COMMODITY = "commodity", gettext_lazy("Kind of product")
    CATEGORY = "category", gettext_lazy("Category")
    PRODUCT = "product", gettext_lazy("Product")
    PRODUCER = "producer", gettext_lazy("Producer")


class Suggestion(NamedTuple):
    """A thing that the words may mean. `language` is the content key of the label; "" for a name."""

    kind: Kind
    label: str
    slug: str
    language: str = ""
    synonym: str = ""

    @property
    def url(self) -> str:
        """Where it leads: the thing's page, or the products of its kind."""
        if self.kind == Kind.PRODUCT:
            return reverse("product_detail", args=[self.slug])
        if self.kind == Kind.PRODUCER:
            return reverse("producer_detail", args=[self.slug])
        asked = {"category": self.slug} if self.kind == Kind.CATEGORY else {"q": self.label}
        return f"{reverse('product_list')}?{urlencode(asked)}"

    @property
    def note(self) -> str:
        """What it is, in the reader's language, and the word by which it was found."""
        if self.synonym:
            return _("%(kind)s · also called “%(synonym)s”") % {"kind": self.kind.label, "synonym": self.synonym}
        return str(self.kind.label)

    @property
    def lang(self) -> str:
        """The interface language of the label where it is not the reader's; "" where it is."""
        foreign = self.language and self.language != content_key()
        return interface_language(self.language) if foreign else ""


def suggest(text: str) -> list[Suggestion]:
    """What `text`, whose last word may be unfinished, may mean; the best of each kind. None for less than two letters.

    Finds by the beginnings of words in any language; commodities also by HS digits, and with small slips.
    """
    text = clean_name(text)[:MAX_QUERY]
    words = re.findall(r"[^\W_]+", fold(text))
    if len("".join(words)) < MIN_LETTERS:
        return []
    commodities = [
        _named(Kind.COMMODITY, one.commodity.name, one.commodity.slug, one.synonym)
        for one in _offered(find_commodities(text, MOST_LOOKED_AT), text)[:MOST_OF_A_KIND]
    ]
    if hs_digits(text):
        return commodities
    return [*commodities, *_categories(words), *_products(words), *_producers(words)]


def _offered(found: list[FoundCommodity], text: str) -> list[FoundCommodity]:
    """Those of which there are products, so that a suggestion leads somewhere; all of them when there are none.

    What longer texts name best stays in any case: who types “maní” is told that it is known.
    """
    public = Product.objects.filter(commodity=OuterRef("pk"), search__isnull=False)
    commodities = Commodity.objects.filter(Exists(public), pk__in=[one.commodity.pk for one in found])
    offered = set(commodities.values_list("pk", flat=True)) if len(found) > 1 else set()
    named = found[:1] if len(text) >= NAMED_FROM else []
    return [one for one in found if one.commodity.pk in offered or one in named] if offered else found


def _named(kind: Kind, names: Mapping[str, str], slug: str, synonym: str = "") -> Suggestion:
    """A suggestion under the name for the reader."""
    label, language = pick(names)
    return Suggestion(kind, label, slug, language, synonym)


def _categories(words: list[str]) -> list[Suggestion]:
    """Categories with a name, in any language, in which every word begins one."""
    found = []
    for row in vocabulary().categories.values():
        names = (re.findall(r"[^\W_]+", fold(name)) for name in row.name.values())
        if any(all(any(part.startswith(word) for part in name) for word in words) for name in names):
            found.append(_named(Kind.CATEGORY, row.name, row.slug))
    return found[:MOST_CATEGORIES]


# --- products --------------------------------------------------------------------------------------

# Like the search itself: the best products first, more of them only when those are few.
_PRODUCTS: Final = """
WITH matching AS MATERIALIZED (
    SELECT product_id, quality, ranked FROM product_search WHERE document @@ {query} {tier} LIMIT {cap}),
best AS (
    SELECT p.slug, p.title::json, rank * (0.7 + 0.3 * quality / 1e6) AS place, product_id
    FROM (SELECT product_id, quality, ts_rank('{{0, 0, 0, 1}}', ranked, {query}) AS rank FROM matching) one
    JOIN catalog_product p ON p.id = product_id AND p.state = 'published'
    WHERE rank > 0 ORDER BY 3 DESC, product_id LIMIT {most})
SELECT slug, title, n FROM (SELECT count(*) AS n FROM matching) counted LEFT JOIN best ON true
ORDER BY place DESC, product_id
"""


def _products(words: list[str]) -> list[Suggestion]:
    """Public products with the words in a title, the best first."""
    query, params = _reading(words)
    found: list[Suggestion] = []
    for tier in ["AND tier = 1", "AND tier <= 2", ""][3 - vocabulary().tiers :]:
        sql = _PRODUCTS.format(query=query, tier=tier, cap=CAP, most=MOST_OF_A_KIND)
        try:
            rows = rows_of(sql, [*params, *params])
        except TooSlow:
            break
        found = [_named(Kind.PRODUCT, title, slug) for slug, title, _count in rows if slug]
        if len(found) >= ENOUGH or rows[0][2] >= CAP:
            break
    return found


def _reading(words: list[str]) -> tuple[str, list[str]]:
    """SQL of a tsquery: the words as they stand, or the last one as the beginning of another."""
    begun = f"'{words[-1]}':*"
    whole = " || ".join(f"websearch_to_tsquery('{name}', {readable(name, '%s')})" for name, _key in CONFIGURATIONS)
    asked = " ".join(words)
    if len(words) == 1:
        return f"({whole} || %s::tsquery)", [asked] * len(CONFIGURATIONS) + [begun]
    before = " ".join(words[:-1])
    sql = f"({whole} || (({whole}) && %s::tsquery))"
    return sql, [asked] * len(CONFIGURATIONS) + [before] * len(CONFIGURATIONS) + [begun]


# --- producers -------------------------------------------------------------------------------------

_PRODUCERS: Final = """
SELECT slug, trade_name FROM (
    SELECT id, slug, trade_name FROM exporters_producer WHERE state = 'listed' AND {conditions} LIMIT {cap}) found
ORDER BY trade_name NOT ILIKE %s, length(trade_name), id LIMIT {most}
"""


def _producers(words: list[str]) -> list[Suggestion]:
    """Listed producers with a word that begins like each of these, by the trigrams of their names."""
    conditions = " AND ".join("(trade_name ILIKE %s OR trade_name ILIKE %s)" for _word in words)
    starts = [pattern for word in words for pattern in (f"{word}%", f"% {word}%")]
    sql = _PRODUCERS.format(conditions=conditions, cap=CAP, most=MOST_OF_A_KIND)
    try:
        rows = rows_of(sql, [*starts, f"{words[0]}%"])
    except TooSlow:
        return []
    return [Suggestion(Kind.PRODUCER, name, slug) for slug, name in rows]

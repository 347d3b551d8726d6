"""The SQL that writes search rows: one INSERT … SELECT for any number of products.

The document holds titles (weight A, each in its own language's configuration), the commodity's names and synonyms in
all languages and the token commodity<key> (B), names of category and producer, valid certificates (C), the other
texts, HS headings, the place, terms of trade (D), and the tokens hs64, hs6403, hs640399 and one of each title as a
whole. A row that would stay the same is not written: five indexes follow each write.
"""

# ruff: noqa: S608  all that is put into these statements are constants of this module and of facets

from __future__ import annotations

import hashlib
from typing import Final

from catalog import facets
from catalog.lexemes import CONFIGURATIONS, document, readable, texts, whole_title
from kit.languages import CONTENT_LANGUAGES


def _numbered(column: str, letters: int) -> str:
    """A short ASCII code as a number, as facets.market and facets.incoterm compute it."""
    return " + ".join(f"ascii(substr({column}, {at + 1})) * {256 ** (letters - 1 - at)}" for at in range(letters))


def _bucket(facet: int, column: str, bounds: tuple[int, ...]) -> str:
    return f"{facet * facets.FACET} + width_bucket({column}::numeric, ARRAY{list(bounds)}::numeric[])"


_SYNONYMS_OF: Final = """coalesce((SELECT string_agg(word, ' ') FROM
    jsonb_array_elements_text(coalesce(c.synonyms->'{key}', '[]')) word), '')"""
_SYNONYMS: Final = " || ".join(document(name, _SYNONYMS_OF.format(key=key), "B") for name, key in CONFIGURATIONS)
_TERMS_OF_TRADE: Final = """array_to_string(p.business_models, ' '), (
        SELECT string_agg(DISTINCT incoterm_id, ' ') FROM catalog_priceoffer
        WHERE product_id = p.id AND valid_until >= day.today)"""
# What is valid today, by its code and English name; like its facet, it follows when a certificate changes or ends.
_CERTIFICATES: Final = """CROSS JOIN LATERAL (
    SELECT to_tsvector('cat_id', string_agg(held.type_id || ' ' || (type.name->>'en'), ' ')) AS document
    FROM catalog_certificatecoverage covers JOIN exporters_certificate held ON held.id = covers.certificate_id
    JOIN exporters_certificatetype type ON type.code = held.type_id
    WHERE covers.product_id = p.id AND held.state = 'verified'
      AND (held.expires_on IS NULL OR held.expires_on >= day.today)) held
"""
_TITLES: Final = f"""coalesce((SELECT string_agg(DISTINCT {whole_title("title.value")} || ':1A', ' ')::tsvector
        FROM jsonb_each_text(p.title) title WHERE title.value <> ''), '')"""

_BUSINESS: Final = f"{facets.BUSINESS * facets.FACET} + array_position(ARRAY{list(facets.BUSINESS_MODELS)}, name)"
_LANGUAGE_COUNT: Final = " + ".join(f"(p.title ? '{key}')::int" for key in CONTENT_LANGUAGES)

_FILLED: Final = (
    "p.commodity_id", "p.unit_id", "p.moq", "p.capacity_per_month", "p.lead_time_days", "p.sample_days",
    "p.units_per_carton", "p.carton_length_cm", "p.gross_kg", "p.confirmed_on",
)  # fmt: skip
_WRITTEN: Final = ("p.summary", "p.description", "p.materials", "p.materials_origin", "p.attributes")

# 0 … 1,000,000: facts 400,000, photos 150,000 (5 are enough), certificates 150,000 (3), answers 150,000 (half while
# unknown), confirmed facts 150,000 (a quarter year counts in full, then it fades in eleven
# steps over the year).
QUALITY_PARTS: Final = {
    "facts": f"""400000 * ({_LANGUAGE_COUNT} + num_nonnulls({", ".join(_FILLED)})
              + {" + ".join(f"({column} <> '{{}}')::int" for column in _WRITTEN)}
              + (cardinality(p.target_markets) > 0)::int)
              / {len(CONTENT_LANGUAGES) + len(_FILLED) + len(_WRITTEN) + 1}""",
    "photos": "30000 * least(photos.n, 5)",
    "certificates": "50000 * least(cardinality(certificates.codes), 3)",
    "answers": "1500 * coalesce(standing.answer_score, 50)",
    "freshness": """
        13636 * (greatest(0, least(275, 365 - (day.today - coalesce(p.confirmed_on, day.today - 365)))) / 25)""",
}
_QUALITY: Final = " + ".join(f"({part})" for part in QUALITY_PARTS.values())

_WRITTEN_COLUMNS: Final = (
    "quality", "tier", "category", "top_category", "facets", "document", "hs6", "market_codes", "answer_score",
    "price_usd", "price_until", "moq", "lead_time_days", "published_at", "producer_version",
)  # fmt: skip

_RATES: Final = """rates AS MATERIALIZED (
    SELECT DISTINCT ON (currency) currency, usd FROM catalog_exchangerate, day WHERE day <= today AND currency <> 'USD'
    ORDER BY currency, catalog_exchangerate.day DESC),
"""

# What changes with the days, for the product `p`: needs the common tables `day` and `rates`.
_RULES_AND_CERTIFICATES: Final = f"""CROSS JOIN LATERAL (
    SELECT coalesce(array_agg(DISTINCT {facets.INCOTERM * facets.FACET} + {_numbered("incoterm_id", 3)}),
                    '{{}}')::int[] AS codes
    FROM catalog_priceoffer WHERE product_id = p.id AND valid_until >= day.today) rules
CROSS JOIN LATERAL (
    SELECT coalesce(array_agg(DISTINCT {facets.CERTIFICATE * facets.FACET}
                              + ('x' || left(md5(held.type_id), 5))::bit(20)::int), '{{}}')::int[] AS codes
    FROM catalog_certificatecoverage covers JOIN exporters_certificate held ON held.id = covers.certificate_id
    WHERE covers.product_id = p.id AND held.state = 'verified'
      AND (held.expires_on IS NULL OR held.expires_on >= day.today)) certificates
"""
_PRICE: Final = """LEFT JOIN LATERAL (
    SELECT round(unit_price * CASE currency WHEN 'USD' THEN 1 ELSE rates.usd END, 4) AS usd, valid_until
    FROM catalog_priceoffer LEFT JOIN rates USING (currency)
    WHERE product_id = p.id AND valid_until >= day.today AND (currency = 'USD' OR rates.usd IS NOT NULL)
    ORDER BY 1, valid_until DESC LIMIT 1) price ON true
"""

_STANDING: Final = "LEFT JOIN product_standing standing ON standing.product_id = p.id"
_PHOTOS: Final = "CROSS JOIN LATERAL (SELECT count(*) AS n FROM catalog_photoplacement WHERE product_id = p.id) photos"

# What the quality of products is made of, in the order of QUALITY_PARTS.
QUALITY_OF: Final = f"""
WITH day AS (SELECT (now() AT TIME ZONE 'UTC')::date AS today)
SELECT p.id, {", ".join(f"({part})::int" for part in QUALITY_PARTS.values())} FROM catalog_product p CROSS JOIN day
{_STANDING}
{_PHOTOS}
{_RULES_AND_CERTIFICATES}WHERE p.id = ANY(%(ids)s)
"""

_PUBLIC: Final = "p.state = 'published' AND producer.state = 'listed' AND p.category_id IS NOT NULL"

_REPEATED: Final = f"""
terms AS MATERIALIZED (
    SELECT c.id, {texts("B", "c.name")} || {_SYNONYMS}
        || setweight(to_tsvector('simple', 'commodity' || c.id), 'B') AS document FROM catalog_commodity c
    WHERE c.id IN (SELECT commodity_id FROM wanted)),
shelves AS MATERIALIZED (
    SELECT c.id, coalesce(c.parent_id, c.id) AS top, {texts("C", "c.name", "parent.name")} AS document
    FROM catalog_category c LEFT JOIN catalog_category parent ON parent.id = c.parent_id
    WHERE c.id IN (SELECT category_id FROM wanted)),
headings AS MATERIALIZED (
    SELECT six.code, setweight(to_tsvector('cat_en', concat_ws(' ', six.name,
            (SELECT four.name FROM catalog_hscode four WHERE four.code = six.parent_id))), 'D')
        || array_to_tsvector(ARRAY['hs' || left(six.code, 2), 'hs' || left(six.code, 4), 'hs' || six.code]) AS document
    FROM catalog_hscode six WHERE six.code IN (SELECT hs6_id FROM wanted))
"""
_ROWS: Final = f"""
SELECT p.id, hashint8(p.id) & 63, score.quality,
    CASE WHEN score.quality >= coalesce((SELECT floor FROM search_tier WHERE tier = 1), 0) THEN 1
         WHEN score.quality >= coalesce((SELECT floor FROM search_tier WHERE tier = 2), 0) THEN 2 ELSE 3 END,
    p.category_id, shelves.top,
    uniq(sort(array_remove(ARRAY[
        {facets.CATEGORY * facets.FACET} + p.category_id::int, {facets.CATEGORY * facets.FACET} + shelves.top::int,
        {facets.PROVINCE * facets.FACET} + regency.province_id::int,
        {facets.HS * facets.FACET} + left(p.hs6_id, 2)::int, {facets.HS * facets.FACET} + left(p.hs6_id, 4)::int,
        {facets.HS * facets.FACET} + p.hs6_id::int,
        {_bucket(facets.MOQ, "p.moq", facets.MOQ_BOUNDS)},
        {_bucket(facets.PRICE, "price.usd", facets.PRICE_BOUNDS)},
        {_bucket(facets.LEAD, "p.lead_time_days", facets.LEAD_BOUNDS)}
    ]::int[], NULL) || models.codes || rules.codes || certificates.codes || listed.facet_codes)),
    {texts("A", "p.title")} || {_TITLES} || coalesce(terms.document, '') || shelves.document
        || coalesce(headings.document, '')
        || setweight(to_tsvector('cat_id', {readable("cat_id", "producer.trade_name")}), 'C')
        || {texts("D", "p.summary", "p.description", "p.materials")}
        || to_tsvector('cat_id', {readable("cat_id", "concat_ws(' ', regency.name, province.name, p.brand)")})
        || setweight(coalesce(held.document, ''), 'C') || to_tsvector('simple', concat_ws(' ', {_TERMS_OF_TRADE})),
    coalesce(p.hs6_id, ''), listed.codes, standing.answer_score, price.usd, price.valid_until, p.moq,
    p.lead_time_days, p.published_at, producer.version, clock_timestamp()
FROM wanted
CROSS JOIN day
JOIN catalog_product p ON p.id = wanted.id
JOIN exporters_producer producer ON producer.id = p.producer_id
JOIN exporters_regency regency ON regency.code = producer.regency_id
JOIN exporters_province province ON province.code = regency.province_id
JOIN shelves ON shelves.id = p.category_id
LEFT JOIN terms ON terms.id = p.commodity_id
LEFT JOIN headings ON headings.code = p.hs6_id
{_STANDING}
CROSS JOIN LATERAL (
    SELECT coalesce(array_agg(iso2), '{{}}') AS codes,
        coalesce(array_agg({facets.MARKET * facets.FACET} + {_numbered("iso2", 2)}), '{{}}')::int[] AS facet_codes
    FROM unnest(standing.market_codes) iso2 WHERE iso2 = ANY(p.target_markets)) listed
CROSS JOIN LATERAL (
    SELECT coalesce(array_agg({_BUSINESS}), '{{}}')::int[] AS codes
    FROM unnest(p.business_models::text[]) name) models
{_PHOTOS}
{_RULES_AND_CERTIFICATES}{_CERTIFICATES}CROSS JOIN LATERAL (SELECT ({_QUALITY})::int AS quality) score
{_PRICE}"""

# A row that would stay the same is not written.
_UNLESS_SAME: Final = f"""
ON CONFLICT (product_id) DO UPDATE SET ({", ".join(_WRITTEN_COLUMNS)}, built_at)
    = ({", ".join(f"excluded.{name}" for name in _WRITTEN_COLUMNS)}, excluded.built_at)
WHERE ({", ".join(f"row.{name}" for name in _WRITTEN_COLUMNS)})
    IS DISTINCT FROM ({", ".join(f"excluded.{name}" for name in _WRITTEN_COLUMNS)})
"""
_UNLESS_THERE: Final = "ON CONFLICT (product_id) DO NOTHING"


def _write(table: str, which: str, conflict: str, *, order: str = "p.id", also: str = "") -> str:
    """The statement that writes the rows of the products `which` into a table; `also` is one more common table."""
    return f"""
WITH day AS (SELECT (now() AT TIME ZONE 'UTC')::date AS today),
{_RATES}{also}wanted AS MATERIALIZED (
    SELECT p.id, p.commodity_id, p.hs6_id, p.category_id FROM catalog_product p
    JOIN exporters_producer producer ON producer.id = p.producer_id
    WHERE {which} AND {_PUBLIC}),
{_REPEATED}INSERT INTO {table} AS row (product_id, sample, {", ".join(_WRITTEN_COLUMNS)}, built_at)
{_ROWS}ORDER BY {order}
{conflict}"""


_THESE: Final = "p.id = ANY(%(ids)s)"
_NOT_PUBLIC: Final = f"""product_id = ANY(%(ids)s) AND NOT EXISTS (
    SELECT FROM catalog_product p JOIN exporters_producer producer ON producer.id = p.producer_id
    WHERE p.id = row.product_id AND {_PUBLIC})"""

# While all rows are built anew in another table, what is written here is noted, to be built there once more.
_NOTED: Final = """noted AS (
    INSERT INTO search_meanwhile (product_id) SELECT unnest(%(ids)s)
    WHERE EXISTS (SELECT FROM search_run WHERE name = 'all' AND finished_at IS NULL)),
"""
_WRITE_ROWS: Final = _write("product_search", _THESE, _UNLESS_SAME, also=_NOTED)

# Planning it takes as long as running it, so the server plans it once for each connection. The name says which
# statement it is, so that one which an earlier version of the site left with a pooler is not taken for it.
_NAME: Final = f"write_search_rows_{hashlib.md5(_WRITE_ROWS.encode(), usedforsecurity=False).hexdigest()[:8]}"
WRITE_ROWS: Final = f"""
SET LOCAL plan_cache_mode = force_generic_plan;
DO $unless_prepared$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_prepared_statements WHERE name = '{_NAME}') THEN
        EXECUTE $prepare$ PREPARE {_NAME} (bigint[]) AS {_WRITE_ROWS % {"ids": "$1"}} $prepare$;
    END IF;
END $unless_prepared$;
EXECUTE {_NAME} (%(ids)s)
"""

# The products are locked first, so that the row is written from what the last verb left, whoever writes it last.
DROP_ROWS: Final = f"""
WITH locked AS MATERIALIZED (
    SELECT id FROM catalog_product WHERE id = ANY(%(ids)s) ORDER BY id FOR NO KEY UPDATE)
DELETE FROM product_search row WHERE (SELECT count(*) FROM locked) >= 0 AND {_NOT_PUBLIC}
"""

# The same for the table that takes the place of product_search (catalog/rebuilding.py). Rows of one commodity share
# most words: side by side their entries in the indexes are short.
BUILD_NEXT: Final = _write(
    "product_search_next", "p.id > %(after)s AND p.id <= %(upto)s", _UNLESS_THERE, order="p.commodity_id, p.id"
)
WRITE_NEXT: Final = _write("product_search_next", _THESE, _UNLESS_SAME)
DROP_NEXT: Final = f"DELETE FROM product_search_next row WHERE {_NOT_PUBLIC}"

_VOLATILE: Final = (facets.INCOTERM * facets.FACET, (facets.CERTIFICATE + 1) * facets.FACET - 1)

# Rows that are missing or should not be there, and rows that say another price, other rules or other certificates.
STALE: Final = f"""
WITH day AS (SELECT (now() AT TIME ZONE 'UTC')::date AS today),
{_RATES.rstrip().rstrip(",")}
SELECT p.id FROM catalog_product p
JOIN exporters_producer producer ON producer.id = p.producer_id
CROSS JOIN day
LEFT JOIN product_search row ON row.product_id = p.id
{_RULES_AND_CERTIFICATES}{_PRICE}
WHERE (row.product_id IS NULL) = ({_PUBLIC})
   OR row.producer_version <> producer.version
   OR row.product_id IS NOT NULL AND (
       row.price_usd IS DISTINCT FROM price.usd OR row.price_until IS DISTINCT FROM price.valid_until
       OR ARRAY(SELECT code FROM unnest(row.facets) code
                WHERE code BETWEEN {_VOLATILE[0]} AND {_VOLATILE[1]} ORDER BY 1)
          <> uniq(sort(rules.codes || certificates.codes)))
ORDER BY p.id
"""

TIER_SIZES: Final = {1: 5_000, 2: 50_000}
TIER_FLOORS: Final = f"""
INSERT INTO search_tier (tier, floor)
SELECT tier, coalesce((SELECT quality FROM product_search ORDER BY quality DESC OFFSET size - 1 LIMIT 1), 0)
FROM (VALUES {", ".join(f"({tier}, {size})" for tier, size in TIER_SIZES.items())}) AS tiers (tier, size)
ON CONFLICT (tier) DO UPDATE SET floor = excluded.floor
"""

# The qualities of the best products, best first, as their rows will say.
BEST_QUALITIES: Final = f"""
WITH day AS (SELECT (now() AT TIME ZONE 'UTC')::date AS today)
SELECT ({_QUALITY})::int FROM catalog_product p CROSS JOIN day
JOIN exporters_producer producer ON producer.id = p.producer_id
{_STANDING}
{_PHOTOS}
{_RULES_AND_CERTIFICATES}WHERE {_PUBLIC} ORDER BY 1 DESC LIMIT %s
"""

TIER_ROWS: Final = """
UPDATE product_search row SET tier = meant.tier
FROM (SELECT product_id, CASE
        WHEN quality >= (SELECT floor FROM search_tier WHERE tier = 1) THEN 1
        WHEN quality >= (SELECT floor FROM search_tier WHERE tier = 2) THEN 2 ELSE 3 END AS tier
      FROM product_search) meant
WHERE meant.product_id = row.product_id AND meant.tier <> row.tier
"""

"""What search needs of the database beyond its tables: dictionaries, triggers, storage, and the index of photos.

The triggers mark what search rows repeat, in the transaction of the change. They compute nothing: the worker does.
Producers, certificates and places live in a lower app, which does not know of search; here the database tells,
whoever changes them: a verb, the admin, a command, SQL by hand.
"""

from django.db import migrations

# Text search that folds accents, in the language of each text.
CONFIGURATIONS = {"cat_id": "indonesian", "cat_en": "english", "cat_es": "spanish", "cat_pt": "portuguese"}
CREATE_CONFIGURATIONS = [
    f"""
    CREATE TEXT SEARCH CONFIGURATION {name} (COPY = {language});
    ALTER TEXT SEARCH CONFIGURATION {name}
        ALTER MAPPING FOR hword, hword_part, word WITH unaccent, {language}_stem;
    """
    for name, language in CONFIGURATIONS.items()
]
DROP_CONFIGURATIONS = [f"DROP TEXT SEARCH CONFIGURATION {name};" for name in CONFIGURATIONS]

MARK = """
CREATE FUNCTION search_mark() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO search_dirty (kind, key)
    VALUES (TG_ARGV[0], to_jsonb(CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END) ->> TG_ARGV[1]);
    RETURN NULL;
END $$;
"""
WATCHED = (  # table, column with its key, kind of mark, when
    ("exporters_producer", "id", "producer", ("state", "trade_name", "regency_id", "version")),
    ("exporters_certificate", "id", "certificate", ("state", "type_id", "expires_on")),
    ("exporters_regency", "code", "regency", ("name", "province_id")),
    ("exporters_province", "code", "province", ("name",)),
    ("catalog_commodity", "id", "commodity", ("name", "synonyms")),
    ("catalog_category", "id", "category", ("name", "parent_id")),
    ("catalog_hscode", "code", "hs", ("name",)),
    ("catalog_exchangerate", "currency", "currency", ("usd", "day", "currency")),
)


def _trigger(table: str, key: str, kind: str, columns: tuple[str, ...]) -> str:
    changed = ", ".join(f"OLD.{column}" for column in columns), ", ".join(f"NEW.{column}" for column in columns)
    return f"""
    CREATE TRIGGER search_mark AFTER UPDATE ON {table} FOR EACH ROW
    WHEN (({changed[0]}) IS DISTINCT FROM ({changed[1]})) EXECUTE FUNCTION search_mark('{kind}', '{key}');
    """


CREATE_MARKS = [
    MARK,
    *(_trigger(*watched) for watched in WATCHED),
    """
    CREATE TRIGGER search_mark_more AFTER INSERT OR DELETE ON catalog_exchangerate FOR EACH ROW
    EXECUTE FUNCTION search_mark('currency', 'currency');
    """,
]

# Words that a concept has now and had not before: documents hold them after the worker has been there.
CREATE_NEW_TERMS = """
CREATE FUNCTION search_new_terms() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO search_new_term (concept, term)
    SELECT NEW.id, left(name.value, 200) FROM jsonb_each_text(NEW.name) name
    WHERE name.value <> '' AND OLD.name ->> name.key IS DISTINCT FROM name.value
    UNION
    SELECT NEW.id, left(word, 200)
    FROM jsonb_each(NEW.synonyms) of_language, jsonb_array_elements_text(of_language.value) word
    WHERE word <> '' AND NOT coalesce(OLD.synonyms -> of_language.key, '[]') ? word;
    RETURN NULL;
END $$;
CREATE TRIGGER search_new_terms AFTER UPDATE ON catalog_commodity FOR EACH ROW
WHEN ((OLD.name, OLD.synonyms) IS DISTINCT FROM (NEW.name, NEW.synonyms)) EXECUTE FUNCTION search_new_terms();
"""

# The thesaurus as words to look up: whoever changes a concept, its words are found at once. A word of the thesaurus
# is no slip, from the first moment on; the nightly count of words gives it its weight.
CREATE_TERMS = """
CREATE FUNCTION commodity_terms() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM catalog_commodityterm WHERE commodity_id = NEW.id;
    INSERT INTO catalog_commodityterm (commodity_id, language, term, plain, is_name)
    SELECT NEW.id, name.key, name.value, lower(unaccent(name.value)), true
    FROM jsonb_each_text(NEW.name) name WHERE name.value <> ''
    UNION
    SELECT NEW.id, of_language.key, word, lower(unaccent(word)), false
    FROM jsonb_each(NEW.synonyms) of_language, jsonb_array_elements_text(of_language.value) word WHERE word <> '';
    INSERT INTO search_word (word, spelling, df)
    SELECT DISTINCT ON (lower(unaccent(word))) lower(unaccent(word)), word, 5
    FROM catalog_commodityterm, regexp_split_to_table(lower(term), '[^[:alpha:]]+') word
    WHERE commodity_id = NEW.id AND lower(unaccent(word)) ~ '^[a-z]{3,40}$' AND length(word) <= 40
    ON CONFLICT (word) DO NOTHING;
    RETURN NULL;
END $$;
CREATE TRIGGER commodity_terms AFTER INSERT OR UPDATE OF name, synonyms ON catalog_commodity
FOR EACH ROW EXECUTE FUNCTION commodity_terms();
"""

# What ranks a document lies in its row, the document itself apart: rows take a sixth of the room, indexes two thirds.
# An index entry is the shorter, the closer its rows lie together; and ranking or counting reads fewer pages.
STORE_APART = """
ALTER TABLE product_search ALTER COLUMN document SET STORAGE EXTERNAL;
ALTER TABLE product_search ALTER COLUMN ranked SET STORAGE MAIN;
"""
STORE_AS_USUAL = """
ALTER TABLE product_search ALTER COLUMN document SET STORAGE EXTENDED;
ALTER TABLE product_search ALTER COLUMN ranked SET STORAGE EXTENDED;
"""

# Photos that look alike: found by four parts of sixteen bits, of which two that differ in three bits share one.
# Each part takes every fourth bit, so that it sees all of the picture: rows of plain background make no part common.
EVERY_FOURTH = 0x1111111111111111
CREATE_LIKENESS = f"""
CREATE FUNCTION likeness_parts(likeness bigint) RETURNS bigint[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT ARRAY[
        likeness & {EVERY_FOURTH},
        likeness >> 1 & {EVERY_FOURTH} | 2,
        likeness >> 2 & {EVERY_FOURTH} | 4,
        likeness >> 3 & {EVERY_FOURTH} | 6
    ]
$$;
CREATE INDEX catalog_photo_likeness ON catalog_photo
USING gin (likeness_parts(likeness)) WHERE likeness IS NOT NULL;
"""


class Migration(migrations.Migration):
    dependencies = [("catalog", "0001_initial"), ("exporters", "0001_initial")]

    operations = [
        migrations.RunSQL(CREATE_CONFIGURATIONS, DROP_CONFIGURATIONS),
        migrations.RunSQL(CREATE_MARKS, "DROP FUNCTION search_mark() CASCADE;"),
        migrations.RunSQL(CREATE_NEW_TERMS, "DROP FUNCTION search_new_terms() CASCADE;"),
        migrations.RunSQL(CREATE_TERMS, "DROP FUNCTION commodity_terms() CASCADE;"),
        migrations.RunSQL(STORE_APART, STORE_AS_USUAL),
        migrations.RunSQL(CREATE_LIKENESS, "DROP FUNCTION likeness_parts(bigint) CASCADE;"),
    ]

"""Triggers that mark what search rows repeat, in the transaction of the change.

They compute nothing: the worker does. Producers, certificates and places live in a lower app, which does not know of
search; here the database tells, whoever changes them: a verb, the admin, a command, SQL by hand.
"""

from django.db import migrations

MARK = """
CREATE FUNCTION search_mark() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO search_dirty (kind, key)
    VALUES (TG_ARGV[0], to_jsonb(CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END) ->> TG_ARGV[1]);
    RETURN NULL;
END $$;
"""

# Words that a concept has now and had not before: documents hold them after the worker has been there.
NEW_TERMS = """
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


CREATE = [
    MARK,
    NEW_TERMS,
    *(_trigger(*watched) for watched in WATCHED),
    """
    CREATE TRIGGER search_mark_more AFTER INSERT OR DELETE ON catalog_exchangerate FOR EACH ROW
    EXECUTE FUNCTION search_mark('currency', 'currency');
    CREATE TRIGGER search_new_terms AFTER UPDATE ON catalog_commodity FOR EACH ROW
    WHEN ((OLD.name, OLD.synonyms) IS DISTINCT FROM (NEW.name, NEW.synonyms)) EXECUTE FUNCTION search_new_terms();
    """,
]
DROP = ["DROP FUNCTION search_mark() CASCADE; DROP FUNCTION search_new_terms() CASCADE;"]


class Migration(migrations.Migration):
    dependencies = [("catalog", "0005_search_upkeep"), ("exporters", "0001_initial")]
    operations = [migrations.RunSQL(CREATE, DROP)]

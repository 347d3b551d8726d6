"""The thesaurus as words to look up, kept by a trigger: whoever changes a concept, its words are found at once."""

import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

TERMS = """
    SELECT c.id, name.key, name.value, lower(unaccent(name.value)), true
    FROM {rows} c, jsonb_each_text(c.name) name WHERE name.value <> ''
    UNION
    SELECT c.id, of_language.key, word, lower(unaccent(word)), false
    FROM {rows} c, jsonb_each(c.synonyms) of_language, jsonb_array_elements_text(of_language.value) word WHERE word <> ''
"""
INTO = "INSERT INTO catalog_commodityterm (commodity_id, language, term, plain, is_name)"
# A word of the thesaurus is no slip, from the first moment on; the nightly count of words gives it its weight.
WORDS = """
    INSERT INTO search_word (word, spelling, df)
    SELECT DISTINCT ON (lower(unaccent(word))) lower(unaccent(word)), word, 5
    FROM catalog_commodityterm, regexp_split_to_table(lower(term), '[^[:alpha:]]+') word
    WHERE commodity_id = NEW.id AND lower(unaccent(word)) ~ '^[a-z]{3,40}$' AND length(word) <= 40
    ON CONFLICT (word) DO NOTHING
"""
CREATE = [
    f"""
    CREATE FUNCTION commodity_terms() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        DELETE FROM catalog_commodityterm WHERE commodity_id = NEW.id;
        {INTO} {TERMS.format(rows="(SELECT NEW.id, NEW.name, NEW.synonyms)")};
        {WORDS};
        RETURN NULL;
    END $$;
    CREATE TRIGGER commodity_terms AFTER INSERT OR UPDATE OF name, synonyms ON catalog_commodity
    FOR EACH ROW EXECUTE FUNCTION commodity_terms();
    """,  # noqa: S608  constants of this file
    f"{INTO} {TERMS.format(rows='catalog_commodity')};",
]
DROP = ["DROP FUNCTION commodity_terms() CASCADE;"]


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0007_search_finding"),
    ]

    operations = [
        migrations.CreateModel(
            name="CommodityTerm",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("language", models.CharField(max_length=5)),
                ("term", models.TextField()),
                ("plain", models.TextField()),
                ("is_name", models.BooleanField()),
                (
                    "commodity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="terms", to="catalog.commodity"
                    ),
                ),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["plain"], name="catalog_commodityterm_plain", opclasses=["gin_trgm_ops"]
                    )
                ],
            },
        ),
        migrations.RunSQL(CREATE, DROP),
    ]

"""PostgreSQL extensions and the four text search configurations that fold accents."""

from django.contrib.postgres.operations import CreateExtension
from django.db import migrations

CONFIGURATIONS = {"cat_id": "indonesian", "cat_en": "english", "cat_es": "spanish", "cat_pt": "portuguese"}

CREATE = [
    f"""
    CREATE TEXT SEARCH CONFIGURATION {name} (COPY = {language});
    ALTER TEXT SEARCH CONFIGURATION {name}
        ALTER MAPPING FOR hword, hword_part, word WITH unaccent, {language}_stem;
    """
    for name, language in CONFIGURATIONS.items()
]
DROP = [f"DROP TEXT SEARCH CONFIGURATION {name};" for name in CONFIGURATIONS]


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        CreateExtension("unaccent"),
        CreateExtension("pg_trgm"),
        CreateExtension("intarray"),
        CreateExtension("fuzzystrmatch"),
        migrations.RunSQL(CREATE, DROP),
    ]

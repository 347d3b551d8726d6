"""Names that look like one another are found by their trigrams, and judged by the letters in which they differ."""

import django.contrib.postgres.indexes
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations

INDEXES = {
    "exporters_producer_looks": "trade_name_skeleton",
    "exporters_producer_legal_looks": "legal_name_skeleton",
}


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("exporters", "0006_fill_name_skeletons")]

    operations = [
        migrations.RunSQL(  # the search of the catalogue uses it too: it stays when this is taken back
            "CREATE EXTENSION IF NOT EXISTS fuzzystrmatch", migrations.RunSQL.noop
        ),
        *(
            AddIndexConcurrently(
                model_name="producer",
                index=django.contrib.postgres.indexes.GinIndex(fields=[column], name=name, opclasses=["gin_trgm_ops"]),
            )
            for name, column in INDEXES.items()
        ),
    ]

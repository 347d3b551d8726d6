"""Names of producers by their trigrams: what somebody types into the search box is looked up in them."""

import django.contrib.postgres.indexes
from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("exporters", "0001_initial")]
    operations = [
        TrigramExtension(),
        migrations.AddIndex(
            model_name="producer",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["trade_name"], name="exporters_producer_name", opclasses=["gin_trgm_ops"]
            ),
        ),
    ]

"""What the clock counts of a list, counted also of products with a price: a list in the order of prices has no others."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalog", "0009_search_inline")]
    operations = [
        migrations.RemoveConstraint("browsecount", "catalog_browsecount_once"),
        migrations.AddField("browsecount", "is_priced", models.BooleanField(default=False)),
        migrations.AddConstraint(
            "browsecount",
            models.UniqueConstraint(fields=["category", "is_priced", "code"], name="catalog_browsecount_once"),
        ),
    ]

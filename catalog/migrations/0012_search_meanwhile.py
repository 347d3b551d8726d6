"""Products whose rows are written while all rows are built anew (catalog/rebuilding.py)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalog", "0011_search_ranked")]
    operations = [
        migrations.CreateModel(
            name="WrittenMeanwhile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("product_id", models.BigIntegerField()),
            ],
            options={"db_table": "search_meanwhile"},
        ),
    ]

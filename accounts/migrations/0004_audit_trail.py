"""The audit trail holds whole values before and after, knows its transaction, and is found by time."""

import django.contrib.postgres.indexes
import django.db.models.functions.comparison
from django.db import migrations, models

TRANSACTION = django.db.models.functions.comparison.Cast(
    django.db.models.functions.comparison.Cast(
        models.Func(function="pg_current_xact_id", output_field=models.TextField()), models.TextField()
    ),
    models.BigIntegerField(),
)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_second_factors")]

    operations = [
        migrations.AlterField(
            model_name="auditentry",
            name="from_state",
            field=models.TextField(blank=True, verbose_name="from"),
        ),
        migrations.AlterField(
            model_name="auditentry",
            name="to_state",
            field=models.TextField(blank=True, verbose_name="to"),
        ),
        migrations.AddField(
            model_name="auditentry",
            name="transaction",
            field=models.BigIntegerField(db_default=TRANSACTION, editable=False),
        ),
        migrations.AddIndex(
            model_name="auditentry",
            index=django.contrib.postgres.indexes.BrinIndex(
                fields=["at"], name="accounts_audit_at", pages_per_range=32
            ),
        ),
        migrations.AddIndex(
            model_name="auditentry",
            index=models.Index(fields=["verb", "-id"], name="accounts_audit_verb"),
        ),
    ]

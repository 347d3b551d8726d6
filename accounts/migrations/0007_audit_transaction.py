"""The audit trail is found by transaction: whoever reads it by cursor asks for what was not over at a moment."""

import django.contrib.postgres.indexes
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations


class Migration(migrations.Migration):
    atomic = False  # the trail is large and always written to: its index is built beside that
    dependencies = [("accounts", "0006_letter_is_parting")]

    operations = [
        AddIndexConcurrently(
            model_name="auditentry",
            index=django.contrib.postgres.indexes.BrinIndex(
                fields=["transaction"], name="accounts_audit_transaction", pages_per_range=32
            ),
        ),
    ]

"""What the names of producers look like, written for those that were there before."""

from django.db import migrations

from kit.lookalikes import skeleton

BATCH = 1000


def fill(apps, schema_editor):
    """In batches by key, each a transaction of its own; a second run writes the same again."""
    rows = apps.get_model("exporters", "Producer").objects.order_by("pk").only("trade_name", "legal_name")
    after = 0
    while batch := list(rows.filter(pk__gt=after)[:BATCH]):
        for producer in batch:
            producer.trade_name_skeleton = skeleton(producer.trade_name)
            producer.legal_name_skeleton = skeleton(producer.legal_name)
        rows.bulk_update(batch, ["trade_name_skeleton", "legal_name_skeleton"])
        after = batch[-1].pk


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("exporters", "0005_name_skeletons")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]  # the columns go with the migration before

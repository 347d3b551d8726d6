"""What the names of producers look like, kept beside them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("exporters", "0004_picture_bytes")]

    operations = [
        migrations.AddField(
            model_name="producer",
            name=name,
            field=models.CharField(max_length=160, default="", db_default="", editable=False),
        )
        for name in ("trade_name_skeleton", "legal_name_skeleton")
    ]

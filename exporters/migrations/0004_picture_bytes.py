"""How many bytes the logo and the cover of a producer take, for its quota."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("exporters", "0003_certificate_vault")]

    operations = [
        migrations.AddField(
            model_name="producer",
            name=name,
            field=models.PositiveIntegerField(default=0, editable=False, help_text="Of all its sizes together"),
        )
        for name in ("logo_bytes", "cover_bytes")
    ]

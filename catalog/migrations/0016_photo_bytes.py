"""How many bytes the files of a photo take, for the quota of its producer."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalog", "0015_past_decisions")]

    operations = [
        migrations.AddField(
            model_name="photo",
            name="bytes",
            field=models.PositiveIntegerField(default=0, editable=False, help_text="Of all its sizes together"),
        ),
    ]

"""A campaign can be ended: nothing more is counted, its link still leads to its page."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("promotion", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="campaign",
            name="state",
            field=models.CharField(
                choices=[("running", "running"), ("ended", "ended")],
                default="running",
                editable=False,
                max_length=7,
                verbose_name="state",
            ),
        ),
        migrations.AddField(
            model_name="campaign",
            name="ended_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="ended"),
        ),
    ]

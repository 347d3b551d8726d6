from django.db import migrations, models


class Migration(migrations.Migration):
    """A buying request that was begun travels with the basket."""

    dependencies = [("inquiries", "0032_offered")]

    operations = [
        migrations.AddField(
            model_name="basket",
            name="request_draft",
            field=models.JSONField(
                blank=True, db_default={}, default=dict, editable=False, verbose_name="draft of a buying request"
            ),
        ),
    ]

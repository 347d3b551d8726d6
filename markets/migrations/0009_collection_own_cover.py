"""A cover that the curators uploaded, beside the one chosen among the photos of the products."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("markets", "0008_note_mission")]

    operations = [
        migrations.AddField(
            model_name="collection",
            name="own_cover_key",
            field=models.UUIDField(blank=True, editable=False, null=True, verbose_name="uploaded cover"),
        ),
        migrations.AddField(
            model_name="collection",
            name="own_cover_bytes",
            field=models.PositiveIntegerField(default=0, editable=False, help_text="Of all its sizes together"),
        ),
        migrations.AddConstraint(
            model_name="collection",
            constraint=models.CheckConstraint(
                condition=Q(own_cover_key__isnull=True, own_cover_bytes=0)
                | Q(own_cover_key__isnull=False, own_cover_bytes__gt=0),
                name="markets_collection_own_cover_counted",
            ),
        ),
    ]

"""What missions note down about importers."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import kit.text


class Migration(migrations.Migration):
    dependencies = [
        ("inquiries", "0003_saved_products_and_searches"),
        ("markets", "0008_note_mission"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ImporterNote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(max_length=2000, validators=[kit.text.validate_text], verbose_name="note")),
                ("written_at", models.DateTimeField(auto_now_add=True, verbose_name="written")),
                ("changed_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="changed")),
                (
                    "author",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="author",
                    ),
                ),
                (
                    "keeper",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="kept by",
                    ),
                ),
                (
                    "mission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="markets.mission",
                        verbose_name="mission",
                    ),
                ),
                (
                    "importer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mission_notes",
                        to="inquiries.importer",
                        verbose_name="importer",
                    ),
                ),
            ],
            options={
                "verbose_name": "note on an importer",
                "verbose_name_plural": "notes on importers",
                "ordering": ["-pk"],
                "abstract": False,
                "indexes": [models.Index(fields=["mission", "importer"], name="inquiries_importernote_page")],
            },
        ),
    ]

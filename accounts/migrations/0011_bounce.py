"""Letters that came back."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0010_letter_choice")]

    operations = [
        migrations.CreateModel(
            name="Bounce",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("address", models.EmailField(max_length=254, verbose_name="e-mail")),
                ("is_permanent", models.BooleanField(verbose_name="for good")),
                (
                    "status",
                    models.CharField(help_text="RFC 3463, such as 5.1.1", max_length=16, verbose_name="status"),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="told")),
                (
                    "letter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="bounces",
                        to="accounts.letter",
                        verbose_name="letter",
                    ),
                ),
            ],
            options={
                "verbose_name": "returned letter",
                "verbose_name_plural": "returned letters",
                "ordering": ["-at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(fields=["letter", "is_permanent"], name="accounts_bounce_once")
                ],
                "indexes": [models.Index(fields=["address"], name="accounts_bounce_address")],
            },
        ),
    ]

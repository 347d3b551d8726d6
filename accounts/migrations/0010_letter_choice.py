"""How often a person wants the letters of a kind."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

KINDS = [
    ("account", "Account and security"),
    ("reviews", "Reviews of products"),
    ("certificates", "Certificates"),
    ("listings", "Offers in markets"),
    ("enquiries", "Enquiries and quotations"),
    ("saved_searches", "Saved searches"),
    ("digests", "Summaries"),
    ("daily", "Letter of the day"),
]


class Migration(migrations.Migration):
    dependencies = [("accounts", "0009_letter_held_and_thread")]

    operations = [
        migrations.CreateModel(
            name="LetterChoice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=KINDS, max_length=20, verbose_name="kind")),
                (
                    "how_often",
                    models.CharField(
                        choices=[
                            ("at_once", "At once"),
                            ("daily", "Together, once a day"),
                            ("never", "Not at all"),
                        ],
                        max_length=10,
                        verbose_name="how often",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="letter_choices",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
            ],
            options={
                "verbose_name": "choice of letters",
                "verbose_name_plural": "choices of letters",
                "ordering": ["user", "kind"],
                "constraints": [models.UniqueConstraint(fields=["user", "kind"], name="accounts_letterchoice_once")],
            },
        ),
    ]

"""Where a mission is, when it is open and in which languages it answers."""

import django.contrib.postgres.fields
from django.db import migrations, models

import kit.fields


class Migration(migrations.Migration):
    dependencies = [
        ("markets", "0004_market_rule"),
    ]

    operations = [
        migrations.AddField(
            model_name="mission",
            name="address",
            field=models.TextField(
                blank=True,
                help_text="As on a letter. Empty: not known yet, and shown so.",
                max_length=300,
                verbose_name="address",
            ),
        ),
        migrations.AddField(
            model_name="mission",
            name="languages",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=3),
                blank=True,
                default=list,
                help_text="In which it answers: ISO 639-1, separated by commas.",
                size=None,
                verbose_name="languages",
            ),
        ),
        migrations.AddField(
            model_name="mission",
            name="opening_hours",
            field=kit.fields.TranslatedField(blank=True, default=dict, max_length=160, verbose_name="opening hours"),
        ),
    ]

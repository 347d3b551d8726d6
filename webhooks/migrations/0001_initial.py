"""Addresses of other systems and what is sent to them."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import kit.text
import webhooks.addresses
import webhooks.models.webhook


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("markets", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="TrailCursor",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("snapshot", models.TextField()),
                ("read_id", models.BigIntegerField(default=0)),
                ("above_id", models.BigIntegerField(default=0)),
                ("read_at", models.DateTimeField(auto_now=True)),
            ],
            options={
                "verbose_name": "place in the audit trail",
                "verbose_name_plural": "places in the audit trail",
            },
        ),
        migrations.CreateModel(
            name="Webhook",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80, validators=[kit.text.validate_name], verbose_name="name")),
                (
                    "address",
                    models.CharField(
                        help_text="Begins with https://. It stands in the audit trail: put no password or key into it.",
                        max_length=500,
                        validators=[webhooks.addresses.validate_address],
                        verbose_name="address",
                    ),
                ),
                (
                    "events",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40),
                        size=None,
                        validators=[webhooks.models.webhook.validate_events],
                        verbose_name="events",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("paused", "paused"), ("active", "active")],
                        default="paused",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("sealed_secret", models.TextField(default="", editable=False)),
                (
                    "secret_made_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="secret made"),
                ),
                ("made_at", models.DateTimeField(auto_now_add=True, verbose_name="made")),
                (
                    "made_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="made by",
                    ),
                ),
                (
                    "mission",
                    models.ForeignKey(
                        blank=True,
                        help_text="Told of what concerns the markets that this mission covers; none: of all markets.",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="webhooks",
                        to="markets.mission",
                        verbose_name="mission",
                    ),
                ),
            ],
            options={
                "verbose_name": "webhook",
                "verbose_name_plural": "webhooks",
                "ordering": ["name", "pk"],
                "permissions": [("keep_webhook", "Can set, test, pause and remove webhooks")],
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("event_id", models.CharField(max_length=40, verbose_name="number of the event")),
                ("event", models.CharField(max_length=40, verbose_name="event")),
                ("body", models.TextField(verbose_name="what is sent")),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "waiting"), ("delivered", "delivered"), ("failed", "failed for good")],
                        default="waiting",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("tries", models.PositiveSmallIntegerField(default=0, verbose_name="tries")),
                ("next_try_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="next try")),
                ("last_status", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="last answer")),
                ("last_error", models.CharField(blank=True, max_length=200, verbose_name="last error")),
                ("created_at", models.DateTimeField(auto_now_add=True, db_index=True, verbose_name="made")),
                ("delivered_at", models.DateTimeField(blank=True, null=True, verbose_name="delivered")),
                (
                    "webhook",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deliveries",
                        to="webhooks.webhook",
                        verbose_name="webhook",
                    ),
                ),
            ],
            options={
                "verbose_name": "delivery",
                "verbose_name_plural": "deliveries",
                "ordering": ["-pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="webhook",
            constraint=models.UniqueConstraint(
                fields=("address", "mission"),
                name="webhooks_webhook_once",
                nulls_distinct=False,
                violation_error_message="This address is told already: choose further events there.",
            ),
        ),
        migrations.AddConstraint(
            model_name="webhook",
            constraint=models.CheckConstraint(
                condition=models.Q(("events", []), _negated=True),
                name="webhooks_webhook_has_events",
                violation_error_message="Choose at least one event.",
            ),
        ),
        migrations.AddConstraint(
            model_name="webhook",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state", "paused"), models.Q(("sealed_secret", ""), _negated=True), _connector="OR"
                ),
                name="webhooks_webhook_active_has_secret",
                violation_error_message="A webhook needs a secret before it is switched on.",
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(("state", "waiting")), fields=["next_try_at"], name="webhooks_delivery_due"
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.UniqueConstraint(fields=("webhook", "event_id"), name="webhooks_delivery_once"),
        ),
    ]

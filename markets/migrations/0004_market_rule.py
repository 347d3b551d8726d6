"""What is known about bringing goods into a market: rules with source and date."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import kit.contacts
import kit.fields


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0017_required_certificates"),
        ("markets", "0003_listing_promoted"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="MarketRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("tariff", "Tariff and preference"),
                            ("certificate", "Certificates required"),
                            ("label", "Labels"),
                            ("registration", "Registration"),
                            ("prohibition", "Prohibitions"),
                            ("anti_dumping", "Anti-dumping duties"),
                            ("sample", "Samples"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                (
                    "text",
                    kit.fields.TranslatedField(blank=True, default=dict, max_length=1200, verbose_name="rule in brief"),
                ),
                ("source_title", models.CharField(max_length=200, verbose_name="source")),
                (
                    "source_url",
                    models.URLField(
                        blank=True,
                        max_length=500,
                        validators=[kit.contacts.validate_public_url],
                        verbose_name="link to the source",
                    ),
                ),
                ("checked_on", models.DateField(blank=True, null=True, verbose_name="checked on")),
                ("valid_until", models.DateField(blank=True, null=True, verbose_name="valid until")),
                (
                    "checked_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="checked by",
                    ),
                ),
                (
                    "hs",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalog.hscode",
                        verbose_name="HS code",
                    ),
                ),
                (
                    "market",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rules",
                        to="markets.market",
                        verbose_name="market",
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rules",
                        to="catalog.product",
                        verbose_name="product",
                    ),
                ),
            ],
            options={
                "verbose_name": "market rule",
                "verbose_name_plural": "market rules",
                "ordering": ["market", "kind", "pk"],
                "permissions": [("keep_rule", "Can write and check rules of own markets")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("market", "kind", "hs", "product"),
                        name="markets_marketrule_once",
                        nulls_distinct=False,
                        violation_error_code="rule_there",
                        violation_error_message="There is a rule of this kind for these goods in this market: change that one.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("hs__isnull", True), ("product__isnull", True), _connector="OR"),
                        name="markets_marketrule_one_scope",
                        violation_error_message="A rule is about an HS code or about one product, not both.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("source_url", ""), ("source_url__startswith", "https://"), _connector="OR"),
                        name="markets_marketrule_https",
                        violation_error_message="The link to the source begins with https://.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("checked_on__isnull", True), models.Q(("source_url", ""), _negated=True), _connector="OR"
                        ),
                        name="markets_marketrule_checked_has_source",
                        violation_error_message="A checked rule needs the link to its source.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("text__has_any_keys", ["id", "en", "es", "pt"]),
                            models.Q(("source_title", ""), _negated=True),
                        ),
                        name="markets_marketrule_says_something",
                        violation_error_message="A rule needs a text and a source.",
                    ),
                ],
            },
        ),
    ]

"""Campaigns and the documents made for them."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import kit.text


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("catalog", "0001_initial"),
        ("markets", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Campaign",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(editable=False, max_length=6, unique=True, verbose_name="code")),
                ("name", models.CharField(max_length=80, validators=[kit.text.validate_name], verbose_name="name")),
                ("started_at", models.DateTimeField(auto_now_add=True, verbose_name="started")),
                (
                    "state",
                    models.CharField(
                        choices=[("running", "running"), ("ended", "ended")],
                        default="running",
                        editable=False,
                        max_length=7,
                        verbose_name="state",
                    ),
                ),
                ("ended_at", models.DateTimeField(editable=False, null=True, verbose_name="ended")),
                (
                    "collection",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="campaigns",
                        to="markets.collection",
                        verbose_name="collection",
                    ),
                ),
                (
                    "market",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="campaigns",
                        to="markets.market",
                        verbose_name="market",
                    ),
                ),
                (
                    "mission",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="campaigns",
                        to="markets.mission",
                        verbose_name="mission",
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty: the campaign leads to the market's page.",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="campaigns",
                        to="catalog.product",
                        verbose_name="product",
                    ),
                ),
                (
                    "started_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="started by",
                    ),
                ),
            ],
            options={
                "verbose_name": "campaign",
                "verbose_name_plural": "campaigns",
                "ordering": ["-pk"],
                "permissions": [("run_campaign", "Can run campaigns in own markets")],
            },
        ),
        migrations.CreateModel(
            name="CampaignDay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(verbose_name="day")),
                ("visits", models.PositiveIntegerField(default=0, verbose_name="visits")),
                ("enquiries", models.PositiveIntegerField(default=0, verbose_name="enquiries")),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="days",
                        to="promotion.campaign",
                        verbose_name="campaign",
                    ),
                ),
            ],
            options={
                "verbose_name": "day of a campaign",
                "verbose_name_plural": "days of campaigns",
                "ordering": ["campaign", "-day"],
            },
        ),
        migrations.CreateModel(
            name="Document",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("market_catalogue", "market catalogue"),
                            ("price_list", "price list"),
                            ("collection", "catalogue of a collection"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[("id", "Indonesian"), ("en", "English"), ("es", "Spanish"), ("pt", "Portuguese")],
                        max_length=2,
                        verbose_name="language",
                    ),
                ),
                (
                    "per_page",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "1"), (2, "2"), (4, "4")], default=2, verbose_name="products a page"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "waiting"),
                            ("making", "being made"),
                            ("ready", "ready"),
                            ("failed", "failed"),
                        ],
                        default="queued",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                (
                    "product_ids",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), editable=False, size=None
                    ),
                ),
                ("total", models.PositiveIntegerField(editable=False, verbose_name="products")),
                ("done", models.PositiveIntegerField(default=0, editable=False, verbose_name="products done")),
                ("parts", models.JSONField(default=list, editable=False)),
                ("as_of", models.DateField(editable=False, null=True, verbose_name="as of")),
                ("tries", models.PositiveSmallIntegerField(default=0, editable=False)),
                ("leased_until", models.DateTimeField(editable=False, null=True)),
                ("file_path", models.CharField(blank=True, editable=False, max_length=80)),
                ("file_bytes", models.PositiveBigIntegerField(default=0, editable=False, verbose_name="size (bytes)")),
                ("pages", models.PositiveIntegerField(default=0, editable=False, verbose_name="pages")),
                ("asked_at", models.DateTimeField(auto_now_add=True, verbose_name="asked for")),
                ("ready_at", models.DateTimeField(editable=False, null=True, verbose_name="ready")),
                ("expires_at", models.DateTimeField(editable=False, verbose_name="kept until")),
                (
                    "campaign",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="documents",
                        to="promotion.campaign",
                        verbose_name="campaign",
                    ),
                ),
                (
                    "collection",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="documents",
                        to="markets.collection",
                        verbose_name="collection",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="asked for by",
                    ),
                ),
                (
                    "market",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="documents",
                        to="markets.market",
                        verbose_name="market",
                    ),
                ),
            ],
            options={
                "verbose_name": "document",
                "verbose_name_plural": "documents",
                "ordering": ["-pk"],
                "permissions": [("make_document", "Can make catalogues and price lists of own markets")],
            },
        ),
        migrations.CreateModel(
            name="KeptSheet",
            fields=[
                ("key", models.CharField(editable=False, max_length=64, primary_key=True, serialize=False)),
                ("day", models.DateField(editable=False, verbose_name="as of")),
                ("content", models.BinaryField()),
            ],
            options={
                "verbose_name": "kept product sheet",
                "verbose_name_plural": "kept product sheets",
                "ordering": ["-day", "key"],
                "indexes": [models.Index(fields=["day"], name="promotion_keptsheet_day")],
            },
        ),
        migrations.CreateModel(
            name="ShareText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "language",
                    models.CharField(
                        choices=[("id", "Indonesian"), ("en", "English"), ("es", "Spanish"), ("pt", "Portuguese")],
                        max_length=2,
                        verbose_name="language",
                    ),
                ),
                ("text", models.TextField(max_length=2000, validators=[kit.text.validate_text], verbose_name="text")),
                ("written_at", models.DateTimeField(auto_now=True, verbose_name="written")),
                (
                    "market",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="share_texts",
                        to="markets.market",
                        verbose_name="market",
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="share_texts",
                        to="catalog.product",
                        verbose_name="product",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="written by",
                    ),
                ),
            ],
            options={
                "verbose_name": "text to share",
                "verbose_name_plural": "texts to share",
                "ordering": ["product", "market", "language"],
            },
        ),
        migrations.AddConstraint(
            model_name="campaign",
            constraint=models.UniqueConstraint(
                fields=("market", "name"),
                name="promotion_campaign_name_once",
                violation_error_code="campaign_exists",
                violation_error_message="This market has a campaign of this name already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="campaign",
            constraint=models.CheckConstraint(
                condition=models.Q(("product__isnull", True), ("collection__isnull", True), _connector="OR"),
                name="promotion_campaign_one_goal",
                violation_error_message="Choose a product or a collection, not both.",
            ),
        ),
        migrations.AddConstraint(
            model_name="campaignday",
            constraint=models.UniqueConstraint(fields=("campaign", "day"), name="promotion_campaignday_once"),
        ),
        migrations.AddIndex(
            model_name="document",
            index=models.Index(fields=["expires_at"], name="promotion_document_expires"),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.UniqueConstraint(
                condition=models.Q(("made_by__isnull", False), ("state__in", ["queued", "making"])),
                fields=("made_by", "kind", "market", "collection", "language"),
                name="promotion_document_one_under_way",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("collection__isnull", False), ("kind", "collection"), ("market__isnull", True)),
                    models.Q(
                        models.Q(("kind", "collection"), _negated=True),
                        ("collection__isnull", True),
                        ("market__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="promotion_document_target_of_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "ready"), _negated=True),
                    models.Q(("file_path", ""), _negated=True),
                    _connector="OR",
                ),
                name="promotion_document_ready_has_file",
            ),
        ),
        migrations.AddConstraint(
            model_name="sharetext",
            constraint=models.UniqueConstraint(
                fields=("product", "market", "language"), name="promotion_sharetext_once"
            ),
        ),
    ]

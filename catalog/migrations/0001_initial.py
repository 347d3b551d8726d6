"""Reference data of trade, products with their revisions and photos, and the tables of search."""

from decimal import Decimal

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.functions.text
import django.db.models.lookups
from django.conf import settings
from django.contrib.postgres.operations import CreateExtension
from django.db import migrations, models

import catalog.target_markets
import kit.fields
import kit.text


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("exporters", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateExtension("unaccent"),
        CreateExtension("intarray"),
        migrations.CreateModel(
            name="AttributeTemplate",
            fields=[
                ("slug", models.SlugField(max_length=40, primary_key=True, serialize=False, verbose_name="code")),
                ("name", kit.fields.TranslatedField(blank=True, default=dict, max_length=80, verbose_name="name")),
            ],
            options={
                "verbose_name": "attribute template",
                "verbose_name_plural": "attribute templates",
                "ordering": ["slug"],
            },
        ),
        migrations.CreateModel(
            name="CannedComment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(max_length=40, unique=True, verbose_name="code")),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("photo_unclear", "photo unclear"),
                            ("hs_wrong", "HS code wrong"),
                            ("price_incomplete", "price incomplete"),
                            ("moq_missing", "MOQ missing"),
                            ("cert_missing", "certificate missing"),
                            ("cert_expired", "certificate expired"),
                            ("cert_unreadable", "certificate unreadable"),
                            ("label_language", "language of the label"),
                            ("claim_unproven", "claim not proven"),
                            ("duplicate", "duplicate"),
                            ("category_mismatch", "wrong category"),
                            ("prohibited", "not allowed"),
                            ("text_translation", "text or translation"),
                            ("other", "other"),
                        ],
                        max_length=20,
                        verbose_name="reason",
                    ),
                ),
                ("name", kit.fields.TranslatedField(blank=True, default=dict, max_length=80, verbose_name="name")),
                (
                    "text",
                    kit.fields.TranslatedField(
                        blank=True, default=dict, max_length=1000, verbose_name="comment to the producer"
                    ),
                ),
                (
                    "about",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.SlugField(max_length=40),
                        blank=True,
                        default=list,
                        help_text="None: for every field.",
                        size=None,
                        verbose_name="for these fields",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                ("is_offered", models.BooleanField(default=True, verbose_name="offered to reviewers")),
            ],
            options={
                "verbose_name": "canned comment",
                "verbose_name_plural": "canned comments",
                "ordering": ["position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Container",
            fields=[
                ("code", models.CharField(max_length=4, primary_key=True, serialize=False, verbose_name="code")),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                ("usable_cbm", models.DecimalField(decimal_places=3, max_digits=6, verbose_name="usable volume (m³)")),
                ("max_payload_kg", models.PositiveIntegerField(verbose_name="greatest payload (kg)")),
                ("position", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "verbose_name": "container",
                "verbose_name_plural": "containers",
                "ordering": ["position", "code"],
            },
        ),
        migrations.CreateModel(
            name="Incoterm",
            fields=[
                ("code", models.CharField(max_length=3, primary_key=True, serialize=False, verbose_name="code")),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                ("sea_only", models.BooleanField(default=False, verbose_name="sea and inland waterway only")),
                (
                    "seller_pays_main_carriage",
                    models.BooleanField(default=False, verbose_name="seller pays main carriage"),
                ),
                ("seller_insures", models.BooleanField(default=False, verbose_name="seller insures")),
                ("place_kind", models.CharField(max_length=60, verbose_name="named place")),
                ("position", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "verbose_name": "Incoterm",
                "verbose_name_plural": "Incoterms",
                "ordering": ["position", "code"],
            },
        ),
        migrations.CreateModel(
            name="NewTerm",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("concept", models.BigIntegerField()),
                ("term", models.CharField(max_length=200)),
            ],
            options={
                "db_table": "search_new_term",
            },
        ),
        migrations.CreateModel(
            name="Product",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", kit.fields.TranslatedField(blank=True, default=dict, max_length=120, verbose_name="title")),
                (
                    "summary",
                    kit.fields.TranslatedField(blank=True, default=dict, max_length=300, verbose_name="summary"),
                ),
                (
                    "description",
                    kit.fields.TranslatedField(blank=True, default=dict, max_length=5000, verbose_name="description"),
                ),
                ("attributes", models.JSONField(blank=True, default=dict, verbose_name="attributes")),
                (
                    "moq",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=12,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(Decimal("0.01"))],
                        verbose_name="minimum order quantity (MOQ)",
                    ),
                ),
                (
                    "capacity_per_month",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=14,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(Decimal("0.01"))],
                        verbose_name="capacity per month",
                    ),
                ),
                (
                    "lead_time_days",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(730),
                        ],
                        verbose_name="lead time (days)",
                    ),
                ),
                (
                    "sample_quantity",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=10,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(Decimal("0.01"))],
                        verbose_name="sample quantity",
                    ),
                ),
                (
                    "sample_price",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=12,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(Decimal("0"))],
                        verbose_name="price of the sample",
                    ),
                ),
                (
                    "sample_currency",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("USD", "US dollar"),
                            ("EUR", "Euro"),
                            ("IDR", "Indonesian rupiah"),
                            ("ARS", "Argentine peso"),
                            ("BRL", "Brazilian real"),
                            ("CLP", "Chilean peso"),
                            ("COP", "Colombian peso"),
                            ("MXN", "Mexican peso"),
                            ("PEN", "Peruvian sol"),
                            ("AUD", "Australian dollar"),
                            ("BBD", "Barbados dollar"),
                            ("BOB", "Bolivian boliviano"),
                            ("BSD", "Bahamian dollar"),
                            ("BZD", "Belize dollar"),
                            ("CNY", "Chinese yuan"),
                            ("CRC", "Costa Rican colón"),
                            ("CUP", "Cuban peso"),
                            ("DOP", "Dominican peso"),
                            ("GBP", "Pound sterling"),
                            ("GTQ", "Guatemalan quetzal"),
                            ("GYD", "Guyanese dollar"),
                            ("HNL", "Honduran lempira"),
                            ("HTG", "Haitian gourde"),
                            ("JMD", "Jamaican dollar"),
                            ("JPY", "Japanese yen"),
                            ("MYR", "Malaysian ringgit"),
                            ("NIO", "Nicaraguan córdoba"),
                            ("PAB", "Panamanian balboa"),
                            ("PYG", "Paraguayan guaraní"),
                            ("SGD", "Singapore dollar"),
                            ("SRD", "Surinamese dollar"),
                            ("TTD", "Trinidad and Tobago dollar"),
                            ("UYU", "Uruguayan peso"),
                            ("VES", "Venezuelan bolívar"),
                            ("XCD", "East Caribbean dollar"),
                        ],
                        max_length=3,
                        verbose_name="currency of the sample",
                    ),
                ),
                (
                    "sample_days",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(365),
                        ],
                        verbose_name="days until the sample is sent",
                    ),
                ),
                (
                    "sample_note",
                    kit.fields.TranslatedField(
                        blank=True, default=dict, max_length=300, verbose_name="note on samples"
                    ),
                ),
                (
                    "units_per_carton",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=10,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(Decimal("0.01"))],
                        verbose_name="units per carton",
                    ),
                ),
                (
                    "carton_length_cm",
                    models.DecimalField(
                        blank=True,
                        decimal_places=1,
                        max_digits=6,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(Decimal("0.1"))],
                        verbose_name="carton length (cm)",
                    ),
                ),
                (
                    "carton_width_cm",
                    models.DecimalField(
                        blank=True,
                        decimal_places=1,
                        max_digits=6,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(Decimal("0.1"))],
                        verbose_name="carton width (cm)",
                    ),
                ),
                (
                    "carton_height_cm",
                    models.DecimalField(
                        blank=True,
                        decimal_places=1,
                        max_digits=6,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(Decimal("0.1"))],
                        verbose_name="carton height (cm)",
                    ),
                ),
                (
                    "gross_kg",
                    models.DecimalField(
                        blank=True,
                        decimal_places=3,
                        max_digits=8,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(Decimal("0.001"))],
                        verbose_name="gross weight of a carton (kg)",
                    ),
                ),
                (
                    "net_kg",
                    models.DecimalField(
                        blank=True,
                        decimal_places=3,
                        max_digits=8,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(Decimal("0.001"))],
                        verbose_name="net weight of a carton (kg)",
                    ),
                ),
                (
                    "packing_note",
                    kit.fields.TranslatedField(
                        blank=True, default=dict, max_length=300, verbose_name="note on packing"
                    ),
                ),
                (
                    "materials",
                    kit.fields.TranslatedField(blank=True, default=dict, max_length=300, verbose_name="materials"),
                ),
                (
                    "materials_origin",
                    kit.fields.TranslatedField(
                        blank=True, default=dict, max_length=200, verbose_name="origin of materials"
                    ),
                ),
                (
                    "shelf_life_days",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(7300),
                        ],
                        verbose_name="shelf life (days)",
                    ),
                ),
                (
                    "storage",
                    kit.fields.TranslatedField(blank=True, default=dict, max_length=200, verbose_name="storage"),
                ),
                (
                    "brand",
                    models.CharField(
                        blank=True, max_length=80, validators=[kit.text.validate_text], verbose_name="brand"
                    ),
                ),
                (
                    "business_models",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("brand", "own brand"),
                                ("oem", "made to the buyer's design (OEM)"),
                                ("odm", "our design under the buyer's brand (ODM)"),
                            ],
                            max_length=5,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="brand, OEM or ODM",
                    ),
                ),
                (
                    "target_markets",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            max_length=2, validators=[catalog.target_markets.validate_target_market]
                        ),
                        blank=True,
                        default=list,
                        help_text="ISO 3166-1 alpha-2 codes",
                        size=None,
                        verbose_name="target markets",
                    ),
                ),
                ("confirmed_on", models.DateField(blank=True, null=True, verbose_name="facts confirmed on")),
                (
                    "slug",
                    models.SlugField(
                        blank=True,
                        editable=False,
                        max_length=100,
                        null=True,
                        unique=True,
                        verbose_name="address on the site",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("unpublished", "not published yet"),
                            ("published", "published"),
                            ("suspended", "suspended"),
                            ("retired", "retired"),
                        ],
                        default="unpublished",
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                (
                    "content_number",
                    models.PositiveIntegerField(blank=True, editable=False, null=True, verbose_name="public revision"),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                (
                    "published_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="first published"),
                ),
                (
                    "changed_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="public content changed"),
                ),
            ],
            options={
                "verbose_name": "product",
                "verbose_name_plural": "products",
                "ordering": ["-pk"],
                "permissions": [("suspend_product", "Can suspend and restore products")],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SearchRun",
            fields=[
                ("name", models.CharField(max_length=12, primary_key=True, serialize=False)),
                ("position", models.BigIntegerField(default=0)),
                ("finished_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "search_run",
            },
        ),
        migrations.CreateModel(
            name="SearchTier",
            fields=[
                ("tier", models.SmallIntegerField(primary_key=True, serialize=False)),
                ("floor", models.IntegerField()),
            ],
            options={
                "db_table": "search_tier",
            },
        ),
        migrations.CreateModel(
            name="Unit",
            fields=[
                ("code", models.CharField(max_length=3, primary_key=True, serialize=False, verbose_name="code")),
                ("symbol", models.CharField(max_length=12, verbose_name="symbol")),
                ("name", kit.fields.TranslatedField(blank=True, default=dict, max_length=60, verbose_name="name")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("piece", "pieces"),
                            ("mass", "mass"),
                            ("length", "length"),
                            ("area", "area"),
                            ("volume", "volume"),
                            ("pack", "packs"),
                        ],
                        max_length=8,
                        verbose_name="kind",
                    ),
                ),
            ],
            options={
                "verbose_name": "unit",
                "verbose_name_plural": "units",
                "ordering": ["kind", "code"],
            },
        ),
        migrations.CreateModel(
            name="WrittenMeanwhile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("product_id", models.BigIntegerField()),
            ],
            options={
                "db_table": "search_meanwhile",
            },
        ),
        migrations.CreateModel(
            name="BrowseCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("category", models.IntegerField()),
                ("code", models.IntegerField()),
                ("is_priced", models.BooleanField(default=False)),
                ("n", models.IntegerField()),
                ("counted_at", models.DateTimeField()),
            ],
            options={
                "db_table": "browse_counts",
                "constraints": [
                    models.UniqueConstraint(fields=("category", "is_priced", "code"), name="catalog_browsecount_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Category",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(unique=True, verbose_name="code")),
                ("name", kit.fields.TranslatedField(blank=True, default=dict, max_length=80, verbose_name="name")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                ("icon", models.SlugField(blank=True, max_length=40, verbose_name="icon")),
                (
                    "may_be_promoted",
                    models.BooleanField(
                        default=True,
                        help_text="Off for tobacco and alcohol: never on the home page.",
                        verbose_name="may be promoted",
                    ),
                ),
                (
                    "notice",
                    kit.fields.TranslatedField(
                        blank=True, default=dict, max_length=300, verbose_name="notice shown on its products"
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="catalog.category",
                        verbose_name="parent",
                    ),
                ),
                (
                    "template",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="categories",
                        to="catalog.attributetemplate",
                        verbose_name="attribute template",
                    ),
                ),
            ],
            options={
                "verbose_name": "category",
                "verbose_name_plural": "categories",
                "ordering": ["position", "slug"],
            },
        ),
        migrations.CreateModel(
            name="CertificateCoverage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "certificate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="coverages",
                        to="exporters.certificate",
                    ),
                ),
            ],
            options={
                "verbose_name": "covered product",
                "verbose_name_plural": "covered products",
                "ordering": ["certificate", "product"],
            },
        ),
        migrations.CreateModel(
            name="CertificateRequirement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(unique=True, verbose_name="code")),
                (
                    "note",
                    kit.fields.TranslatedField(
                        blank=True, default=dict, max_length=300, verbose_name="note to producers and reviewers"
                    ),
                ),
                ("source", models.CharField(max_length=300, verbose_name="source")),
                ("checked_on", models.DateField(verbose_name="checked on")),
                (
                    "category",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="requirements",
                        to="catalog.category",
                        verbose_name="category",
                    ),
                ),
                (
                    "types",
                    models.ManyToManyField(
                        help_text="One of these is enough. Write another row for what is needed besides.",
                        related_name="requirements",
                        to="exporters.certificatetype",
                        verbose_name="certificates",
                    ),
                ),
            ],
            options={
                "verbose_name": "required certificate",
                "verbose_name_plural": "required certificates",
                "ordering": ["category", "code"],
            },
        ),
        migrations.CreateModel(
            name="ChecklistItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(max_length=40, unique=True, verbose_name="code")),
                ("text", kit.fields.TranslatedField(blank=True, default=dict, max_length=200, verbose_name="question")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                ("is_asked", models.BooleanField(default=True, verbose_name="in use")),
                (
                    "category",
                    models.ForeignKey(
                        blank=True,
                        help_text="Asked for it and for the categories below it; none: for every product.",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="checklist",
                        to="catalog.category",
                        verbose_name="category",
                    ),
                ),
            ],
            options={
                "verbose_name": "checklist item",
                "verbose_name_plural": "checklist items",
                "ordering": ["position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ExchangeRate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("currency", models.CharField(help_text="ISO 4217", max_length=3, verbose_name="currency")),
                ("day", models.DateField(verbose_name="day")),
                (
                    "usd",
                    models.DecimalField(
                        decimal_places=10,
                        max_digits=18,
                        validators=[django.core.validators.MinValueValidator(1e-10)],
                        verbose_name="USD for one unit",
                    ),
                ),
                ("source", models.CharField(max_length=200, verbose_name="source")),
                ("is_demo", models.BooleanField(default=False, verbose_name="demonstration figure")),
            ],
            options={
                "verbose_name": "exchange rate",
                "verbose_name_plural": "exchange rates",
                "ordering": ["currency", "-day"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("currency", "day"),
                        name="catalog_exchangerate_once",
                        violation_error_message="There is a rate of this currency and day.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("usd__gt", 0)),
                        name="catalog_exchangerate_positive",
                        violation_error_message="A rate is above zero.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HSCode",
            fields=[
                ("code", models.CharField(max_length=6, primary_key=True, serialize=False, verbose_name="code")),
                (
                    "level",
                    models.PositiveSmallIntegerField(choices=[(2, "2"), (4, "4"), (6, "6")], verbose_name="digits"),
                ),
                ("name", models.CharField(max_length=600, verbose_name="name")),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="catalog.hscode",
                    ),
                ),
            ],
            options={
                "verbose_name": "HS code",
                "verbose_name_plural": "HS codes",
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="Commodity",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(max_length=60, unique=True, verbose_name="code")),
                ("name", kit.fields.TranslatedField(blank=True, default=dict, max_length=120, verbose_name="name")),
                ("synonyms", models.JSONField(blank=True, default=dict, verbose_name="synonyms")),
                (
                    "category",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="commodities",
                        to="catalog.category",
                        verbose_name="category",
                    ),
                ),
                (
                    "hs6",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="commodities",
                        to="catalog.hscode",
                        verbose_name="HS code",
                    ),
                ),
            ],
            options={
                "verbose_name": "commodity",
                "verbose_name_plural": "commodities",
                "ordering": ["slug"],
            },
        ),
        migrations.CreateModel(
            name="MergedCommodity",
            fields=[
                ("slug", models.SlugField(max_length=60, primary_key=True, serialize=False)),
                (
                    "into",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="merged", to="catalog.commodity"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Photo",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.UUIDField(editable=False, unique=True)),
                (
                    "width",
                    models.PositiveIntegerField(help_text="As uploaded, after turning", verbose_name="width (px)"),
                ),
                ("height", models.PositiveIntegerField(verbose_name="height (px)")),
                ("sha256", models.CharField(editable=False, max_length=64)),
                (
                    "bytes",
                    models.PositiveIntegerField(default=0, editable=False, help_text="Of all its sizes together"),
                ),
                (
                    "likeness",
                    models.BigIntegerField(
                        editable=False,
                        help_text="64 bits of how it looks (kit.uploads); none: not yet known",
                        null=True,
                        verbose_name="likeness",
                    ),
                ),
                ("uploaded_at", models.DateTimeField(auto_now_add=True, verbose_name="uploaded")),
                (
                    "producer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="photos",
                        to="exporters.producer",
                        verbose_name="producer",
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "photo",
                "verbose_name_plural": "photos",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="ProductStanding",
            fields=[
                (
                    "product",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="standing",
                        serialize=False,
                        to="catalog.product",
                    ),
                ),
                (
                    "market_codes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=2), default=list, size=None
                    ),
                ),
                ("answer_score", models.SmallIntegerField(null=True)),
            ],
            options={
                "db_table": "product_standing",
            },
        ),
        migrations.AddField(
            model_name="product",
            name="category",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="catalog.category",
                verbose_name="category",
            ),
        ),
        migrations.AddField(
            model_name="product",
            name="certificates",
            field=models.ManyToManyField(
                related_name="products",
                through="catalog.CertificateCoverage",
                to="exporters.certificate",
                verbose_name="certificates",
            ),
        ),
        migrations.AddField(
            model_name="product",
            name="commodity",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="catalog.commodity",
                verbose_name="commodity",
            ),
        ),
        migrations.AddField(
            model_name="product",
            name="hs6",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="catalog.hscode",
                verbose_name="HS code",
            ),
        ),
        migrations.AddField(
            model_name="product",
            name="producer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="products",
                to="exporters.producer",
                verbose_name="producer",
            ),
        ),
        migrations.AddField(
            model_name="certificatecoverage",
            name="product",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="coverages", to="catalog.product"
            ),
        ),
        migrations.CreateModel(
            name="ProductRevision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", kit.fields.TranslatedField(blank=True, default=dict, max_length=120, verbose_name="title")),
                (
                    "summary",
                    kit.fields.TranslatedField(blank=True, default=dict, max_length=300, verbose_name="summary"),
                ),
                (
                    "description",
                    kit.fields.TranslatedField(blank=True, default=dict, max_length=5000, verbose_name="description"),
                ),
                ("attributes", models.JSONField(blank=True, default=dict, verbose_name="attributes")),
                (
                    "moq",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=12,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(Decimal("0.01"))],
                        verbose_name="minimum order quantity (MOQ)",
                    ),
                ),
                (
                    "capacity_per_month",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=14,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(Decimal("0.01"))],
                        verbose_name="capacity per month",
                    ),
                ),
                (
                    "lead_time_days",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(730),
                        ],
                        verbose_name="lead time (days)",
                    ),
                ),
                (
                    "sample_quantity",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=10,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(Decimal("0.01"))],
                        verbose_name="sample quantity",
                    ),
                ),
                (
                    "sample_price",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=12,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(Decimal("0"))],
                        verbose_name="price of the sample",
                    ),
                ),
                (
                    "sample_currency",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("USD", "US dollar"),
                            ("EUR", "Euro"),
                            ("IDR", "Indonesian rupiah"),
                            ("ARS", "Argentine peso"),
                            ("BRL", "Brazilian real"),
                            ("CLP", "Chilean peso"),
                            ("COP", "Colombian peso"),
                            ("MXN", "Mexican peso"),
                            ("PEN", "Peruvian sol"),
                            ("AUD", "Australian dollar"),
                            ("BBD", "Barbados dollar"),
                            ("BOB", "Bolivian boliviano"),
                            ("BSD", "Bahamian dollar"),
                            ("BZD", "Belize dollar"),
                            ("CNY", "Chinese yuan"),
                            ("CRC", "Costa Rican colón"),
                            ("CUP", "Cuban peso"),
                            ("DOP", "Dominican peso"),
                            ("GBP", "Pound sterling"),
                            ("GTQ", "Guatemalan quetzal"),
                            ("GYD", "Guyanese dollar"),
                            ("HNL", "Honduran lempira"),
                            ("HTG", "Haitian gourde"),
                            ("JMD", "Jamaican dollar"),
                            ("JPY", "Japanese yen"),
                            ("MYR", "Malaysian ringgit"),
                            ("NIO", "Nicaraguan córdoba"),
                            ("PAB", "Panamanian balboa"),
                            ("PYG", "Paraguayan guaraní"),
                            ("SGD", "Singapore dollar"),
                            ("SRD", "Surinamese dollar"),
                            ("TTD", "Trinidad and Tobago dollar"),
                            ("UYU", "Uruguayan peso"),
                            ("VES", "Venezuelan bolívar"),
                            ("XCD", "East Caribbean dollar"),
                        ],
                        max_length=3,
                        verbose_name="currency of the sample",
                    ),
                ),
                (
                    "sample_days",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(365),
                        ],
                        verbose_name="days until the sample is sent",
                    ),
                ),
                (
                    "sample_note",
                    kit.fields.TranslatedField(
                        blank=True, default=dict, max_length=300, verbose_name="note on samples"
                    ),
                ),
                (
                    "units_per_carton",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=10,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(Decimal("0.01"))],
                        verbose_name="units per carton",
                    ),
                ),
                (
                    "carton_length_cm",
                    models.DecimalField(
                        blank=True,
                        decimal_places=1,
                        max_digits=6,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(Decimal("0.1"))],
                        verbose_name="carton length (cm)",
                    ),
                ),
                (
                    "carton_width_cm",
                    models.DecimalField(
                        blank=True,
                        decimal_places=1,
                        max_digits=6,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(Decimal("0.1"))],
                        verbose_name="carton width (cm)",
                    ),
                ),
                (
                    "carton_height_cm",
                    models.DecimalField(
                        blank=True,
                        decimal_places=1,
                        max_digits=6,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(Decimal("0.1"))],
                        verbose_name="carton height (cm)",
                    ),
                ),
                (
                    "gross_kg",
                    models.DecimalField(
                        blank=True,
                        decimal_places=3,
                        max_digits=8,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(Decimal("0.001"))],
                        verbose_name="gross weight of a carton (kg)",
                    ),
                ),
                (
                    "net_kg",
                    models.DecimalField(
                        blank=True,
                        decimal_places=3,
                        max_digits=8,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(Decimal("0.001"))],
                        verbose_name="net weight of a carton (kg)",
                    ),
                ),
                (
                    "packing_note",
                    kit.fields.TranslatedField(
                        blank=True, default=dict, max_length=300, verbose_name="note on packing"
                    ),
                ),
                (
                    "materials",
                    kit.fields.TranslatedField(blank=True, default=dict, max_length=300, verbose_name="materials"),
                ),
                (
                    "materials_origin",
                    kit.fields.TranslatedField(
                        blank=True, default=dict, max_length=200, verbose_name="origin of materials"
                    ),
                ),
                (
                    "shelf_life_days",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(7300),
                        ],
                        verbose_name="shelf life (days)",
                    ),
                ),
                (
                    "storage",
                    kit.fields.TranslatedField(blank=True, default=dict, max_length=200, verbose_name="storage"),
                ),
                (
                    "brand",
                    models.CharField(
                        blank=True, max_length=80, validators=[kit.text.validate_text], verbose_name="brand"
                    ),
                ),
                (
                    "business_models",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("brand", "own brand"),
                                ("oem", "made to the buyer's design (OEM)"),
                                ("odm", "our design under the buyer's brand (ODM)"),
                            ],
                            max_length=5,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="brand, OEM or ODM",
                    ),
                ),
                (
                    "target_markets",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            max_length=2, validators=[catalog.target_markets.validate_target_market]
                        ),
                        blank=True,
                        default=list,
                        help_text="ISO 3166-1 alpha-2 codes",
                        size=None,
                        verbose_name="target markets",
                    ),
                ),
                ("confirmed_on", models.DateField(blank=True, null=True, verbose_name="facts confirmed on")),
                ("submitted_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="submitted")),
                ("claimed_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="claimed")),
                ("decided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="decided")),
                (
                    "rejection",
                    models.TextField(
                        blank=True, editable=False, max_length=1000, verbose_name="reason of the rejection"
                    ),
                ),
                ("content_at_request", models.JSONField(blank=True, editable=False, null=True)),
                ("translated_by", models.JSONField(blank=True, default=dict, editable=False)),
                ("number", models.PositiveIntegerField(editable=False, verbose_name="number")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("submitted", "submitted"),
                            ("in_review", "in review"),
                            ("changes_requested", "changes requested"),
                            ("approved", "approved"),
                            ("rejected", "rejected"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="draft",
                        max_length=18,
                        verbose_name="state",
                    ),
                ),
                (
                    "version",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="version of the content"),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                (
                    "author_ids",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, editable=False, size=None
                    ),
                ),
                ("saved_at", models.DateTimeField(auto_now=True, verbose_name="saved")),
                ("unfinished", models.JSONField(blank=True, default=dict, editable=False)),
                (
                    "assigned_to",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="assignments",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="assigned to",
                    ),
                ),
                (
                    "category",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalog.category",
                        verbose_name="category",
                    ),
                ),
                (
                    "claimed_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="claims",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="claimed by",
                    ),
                ),
                (
                    "commodity",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalog.commodity",
                        verbose_name="commodity",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="created by",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="decided by",
                    ),
                ),
                (
                    "hs6",
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
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="revisions",
                        to="catalog.product",
                        verbose_name="product",
                    ),
                ),
                (
                    "saved_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalog.unit",
                        verbose_name="unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "revision",
                "verbose_name_plural": "revisions",
                "ordering": ["-pk"],
                "permissions": [("review_revision", "Can review revisions")],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PriceOffer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "place",
                    models.CharField(max_length=80, validators=[kit.text.validate_text], verbose_name="named place"),
                ),
                (
                    "currency",
                    models.CharField(
                        choices=[
                            ("USD", "US dollar"),
                            ("EUR", "Euro"),
                            ("IDR", "Indonesian rupiah"),
                            ("ARS", "Argentine peso"),
                            ("BRL", "Brazilian real"),
                            ("CLP", "Chilean peso"),
                            ("COP", "Colombian peso"),
                            ("MXN", "Mexican peso"),
                            ("PEN", "Peruvian sol"),
                            ("AUD", "Australian dollar"),
                            ("BBD", "Barbados dollar"),
                            ("BOB", "Bolivian boliviano"),
                            ("BSD", "Bahamian dollar"),
                            ("BZD", "Belize dollar"),
                            ("CNY", "Chinese yuan"),
                            ("CRC", "Costa Rican colón"),
                            ("CUP", "Cuban peso"),
                            ("DOP", "Dominican peso"),
                            ("GBP", "Pound sterling"),
                            ("GTQ", "Guatemalan quetzal"),
                            ("GYD", "Guyanese dollar"),
                            ("HNL", "Honduran lempira"),
                            ("HTG", "Haitian gourde"),
                            ("JMD", "Jamaican dollar"),
                            ("JPY", "Japanese yen"),
                            ("MYR", "Malaysian ringgit"),
                            ("NIO", "Nicaraguan córdoba"),
                            ("PAB", "Panamanian balboa"),
                            ("PYG", "Paraguayan guaraní"),
                            ("SGD", "Singapore dollar"),
                            ("SRD", "Surinamese dollar"),
                            ("TTD", "Trinidad and Tobago dollar"),
                            ("UYU", "Uruguayan peso"),
                            ("VES", "Venezuelan bolívar"),
                            ("XCD", "East Caribbean dollar"),
                        ],
                        default="USD",
                        max_length=3,
                        verbose_name="currency",
                    ),
                ),
                (
                    "unit_price",
                    models.DecimalField(
                        decimal_places=4,
                        max_digits=14,
                        validators=[django.core.validators.MinValueValidator(Decimal("0.0001"))],
                        verbose_name="price per unit",
                    ),
                ),
                (
                    "from_quantity",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=12,
                        validators=[django.core.validators.MinValueValidator(Decimal("0.01"))],
                        verbose_name="from quantity",
                    ),
                ),
                ("valid_until", models.DateField(verbose_name="valid until")),
                (
                    "incoterm",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalog.incoterm",
                        verbose_name="Incoterm",
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="offers",
                        to="catalog.product",
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="offers",
                        to="catalog.productrevision",
                    ),
                ),
            ],
            options={
                "verbose_name": "price offer",
                "verbose_name_plural": "price offers",
                "ordering": ["incoterm", "place", "currency", "from_quantity", "pk"],
            },
        ),
        migrations.CreateModel(
            name="PhotoPlacement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                (
                    "alt",
                    kit.fields.TranslatedField(
                        blank=True, default=dict, max_length=160, verbose_name="what the photo shows"
                    ),
                ),
                (
                    "photo",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="placements",
                        to="catalog.photo",
                        verbose_name="photo",
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="placements",
                        to="catalog.product",
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="placements",
                        to="catalog.productrevision",
                    ),
                ),
            ],
            options={
                "verbose_name": "placed photo",
                "verbose_name_plural": "placed photos",
                "ordering": ["position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("approve", "approved"),
                            ("request_changes", "changes requested"),
                            ("reject", "rejected"),
                        ],
                        max_length=16,
                        verbose_name="decision",
                    ),
                ),
                (
                    "version",
                    models.PositiveIntegerField(
                        help_text="As the reviewer saw it", verbose_name="version of the content"
                    ),
                ),
                ("submitted_at", models.DateTimeField(verbose_name="submitted")),
                ("decided_at", models.DateTimeField(verbose_name="decided")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="decisions",
                        to="catalog.productrevision",
                    ),
                ),
            ],
            options={
                "verbose_name": "decision",
                "verbose_name_plural": "decisions",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="ChangeRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(verbose_name="version of the content")),
                ("field", models.CharField(max_length=40, verbose_name="field")),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("photo_unclear", "photo unclear"),
                            ("hs_wrong", "HS code wrong"),
                            ("price_incomplete", "price incomplete"),
                            ("moq_missing", "MOQ missing"),
                            ("cert_missing", "certificate missing"),
                            ("cert_expired", "certificate expired"),
                            ("cert_unreadable", "certificate unreadable"),
                            ("label_language", "language of the label"),
                            ("claim_unproven", "claim not proven"),
                            ("duplicate", "duplicate"),
                            ("category_mismatch", "wrong category"),
                            ("prohibited", "not allowed"),
                            ("text_translation", "text or translation"),
                            ("other", "other"),
                        ],
                        max_length=20,
                        verbose_name="reason",
                    ),
                ),
                ("comment", models.TextField(max_length=1000, verbose_name="comment")),
                ("asked_at", models.DateTimeField(auto_now_add=True, verbose_name="asked")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="change_requests",
                        to="catalog.productrevision",
                    ),
                ),
            ],
            options={
                "verbose_name": "change request",
                "verbose_name_plural": "change requests",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="CertificateException",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "lacking",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=200), size=None, verbose_name="required"
                    ),
                ),
                ("why", models.TextField(max_length=1000, verbose_name="reason of the exception")),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="written")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="exceptions",
                        to="catalog.productrevision",
                    ),
                ),
            ],
            options={
                "verbose_name": "exception from required certificates",
                "verbose_name_plural": "exceptions from required certificates",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="SearchMark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=12)),
                ("key", models.CharField(max_length=20)),
                ("is_bulk", models.BooleanField(db_default=False, default=False)),
                ("marked_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                "db_table": "search_dirty",
                "indexes": [models.Index(fields=["is_bulk", "id"], name="search_dirty_turn")],
            },
        ),
        migrations.CreateModel(
            name="SearchWord",
            fields=[
                ("word", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("spelling", models.CharField(max_length=40)),
                ("df", models.IntegerField()),
            ],
            options={
                "db_table": "search_word",
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["word"], name="sw_trgm", opclasses=["gin_trgm_ops"]
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="product",
            name="unit",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="catalog.unit",
                verbose_name="unit",
            ),
        ),
        migrations.CreateModel(
            name="UnmetQuery",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.CharField(max_length=200)),
                ("language", models.CharField(max_length=10)),
                ("market", models.CharField(blank=True, max_length=2)),
                ("day", models.DateField()),
                ("visits", models.PositiveIntegerField(default=1)),
            ],
            options={
                "db_table": "unmet_query",
                "ordering": ["-day", "-visits", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("text", "language", "market", "day"), name="catalog_unmetquery_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AttributeField",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "key",
                    models.SlugField(
                        max_length=40,
                        validators=[django.core.validators.RegexValidator("^[a-z][a-z0-9_]*\\Z")],
                        verbose_name="code",
                    ),
                ),
                ("label", kit.fields.TranslatedField(blank=True, default=dict, max_length=80, verbose_name="label")),
                ("hint", kit.fields.TranslatedField(blank=True, default=dict, max_length=160, verbose_name="hint")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("text", "text"),
                            ("number", "number"),
                            ("integer", "whole number"),
                            ("choice", "one of a list"),
                            ("choices", "several of a list"),
                            ("yes_no", "yes or no"),
                        ],
                        default="text",
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("unit", models.CharField(blank=True, max_length=12, verbose_name="unit")),
                ("choices", models.JSONField(blank=True, default=list, verbose_name="choices")),
                ("required", models.BooleanField(default=False, verbose_name="required to submit")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                (
                    "template",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="fields",
                        to="catalog.attributetemplate",
                        verbose_name="template",
                    ),
                ),
            ],
            options={
                "verbose_name": "attribute",
                "verbose_name_plural": "attributes",
                "ordering": ["template", "position", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("template", "key"), name="catalog_attributefield_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="CommodityTerm",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("language", models.CharField(max_length=5)),
                ("term", models.TextField()),
                ("plain", models.TextField()),
                ("is_name", models.BooleanField()),
                (
                    "commodity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="terms", to="catalog.commodity"
                    ),
                ),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["plain"], name="catalog_commodityterm_plain", opclasses=["gin_trgm_ops"]
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ExportFigure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.CharField(max_length=80, verbose_name="place")),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                ("name_id", models.CharField(max_length=120, verbose_name="product (Indonesian)")),
                ("name_en", models.CharField(max_length=120, verbose_name="product (English)")),
                ("value_as_published", models.CharField(max_length=60, verbose_name="value as published")),
                (
                    "amount",
                    models.DecimalField(blank=True, decimal_places=2, max_digits=18, null=True, verbose_name="amount"),
                ),
                ("currency", models.CharField(max_length=3, verbose_name="currency")),
                ("destination_note", models.TextField(blank=True, verbose_name="destinations")),
                ("ambiguity_note", models.TextField(blank=True, verbose_name="what is uncertain")),
                ("source", models.CharField(max_length=200, verbose_name="source")),
                (
                    "commodity",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        to="catalog.commodity",
                        verbose_name="commodity",
                    ),
                ),
            ],
            options={
                "verbose_name": "export figure",
                "verbose_name_plural": "export figures",
                "ordering": ["place", "year", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("place", "year", "name_en"), name="catalog_exportfigure_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="ProductSearch",
            fields=[
                (
                    "product",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="search",
                        serialize=False,
                        to="catalog.product",
                    ),
                ),
                ("quality", models.IntegerField()),
                ("tier", models.SmallIntegerField(default=3)),
                ("sample", models.SmallIntegerField()),
                ("category", models.IntegerField()),
                ("top_category", models.IntegerField()),
                ("facets", django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), size=None)),
                ("document", django.contrib.postgres.search.SearchVectorField()),
                (
                    "ranked",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func("document", template="ts_filter(%(expressions)s, '{a,b,c}')"),
                        output_field=django.contrib.postgres.search.SearchVectorField(),
                    ),
                ),
                ("hs6", models.CharField(max_length=6)),
                (
                    "market_codes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=2), default=list, size=None
                    ),
                ),
                ("answer_score", models.SmallIntegerField(null=True)),
                ("price_usd", models.DecimalField(decimal_places=4, max_digits=14, null=True)),
                ("price_until", models.DateField(null=True)),
                ("moq", models.DecimalField(decimal_places=2, max_digits=12, null=True)),
                ("lead_time_days", models.PositiveSmallIntegerField(null=True)),
                ("published_at", models.DateTimeField()),
                ("producer_version", models.PositiveIntegerField(default=0)),
                ("built_at", models.DateTimeField()),
            ],
            options={
                "db_table": "product_search",
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fastupdate=False,
                        fields=["document", "facets"],
                        name="ps_all",
                        opclasses=["tsvector_ops", "gin__int_ops"],
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        condition=models.Q(("tier", 1)),
                        fastupdate=False,
                        fields=["document", "facets"],
                        name="ps_t1",
                        opclasses=["tsvector_ops", "gin__int_ops"],
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        condition=models.Q(("tier__lte", 2)),
                        fastupdate=False,
                        fields=["document", "facets"],
                        name="ps_t2",
                        opclasses=["tsvector_ops", "gin__int_ops"],
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        condition=models.Q(("sample__lt", 8)),
                        fastupdate=False,
                        fields=["document", "facets"],
                        name="ps_s8",
                        opclasses=["tsvector_ops", "gin__int_ops"],
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        condition=models.Q(("sample", 0)),
                        fastupdate=False,
                        fields=["document", "facets"],
                        name="ps_s64",
                        opclasses=["tsvector_ops", "gin__int_ops"],
                    ),
                    models.Index(
                        models.OrderBy(models.F("quality"), descending=True),
                        models.OrderBy(models.F("product"), descending=True),
                        name="ps_quality",
                    ),
                    models.Index(
                        models.F("category"),
                        models.OrderBy(models.F("quality"), descending=True),
                        models.OrderBy(models.F("product"), descending=True),
                        name="ps_category",
                    ),
                    models.Index(
                        models.F("top_category"),
                        models.OrderBy(models.F("quality"), descending=True),
                        models.OrderBy(models.F("product"), descending=True),
                        name="ps_top_category",
                    ),
                    models.Index(
                        models.OrderBy(models.F("published_at"), descending=True),
                        models.OrderBy(models.F("product"), descending=True),
                        name="ps_newest",
                    ),
                    models.Index(
                        models.OrderBy(models.F("price_usd"), nulls_last=True),
                        models.OrderBy(models.F("product"), descending=True),
                        name="ps_price",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MarketRank",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("market_code", models.CharField(max_length=2)),
                ("rank", models.PositiveIntegerField()),
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="market_ranks", to="catalog.product"
                    ),
                ),
            ],
            options={
                "db_table": "market_rank",
                "indexes": [models.Index(fields=["market_code", "rank", "product"], name="market_rank_order")],
                "constraints": [
                    models.UniqueConstraint(fields=("product", "market_code"), name="catalog_marketrank_once")
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="certificatecoverage",
            constraint=models.UniqueConstraint(
                fields=("certificate", "product"), name="catalog_certificatecoverage_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="priceoffer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("product__isnull", False), ("revision__isnull", True)),
                    models.Q(("product__isnull", True), ("revision__isnull", False)),
                    _connector="OR",
                ),
                name="catalog_priceoffer_one_holder",
            ),
        ),
        migrations.AddConstraint(
            model_name="priceoffer",
            constraint=models.CheckConstraint(
                condition=models.Q(("unit_price__gt", 0)),
                name="catalog_priceoffer_price_positive",
                violation_error_message="The price is above zero.",
            ),
        ),
        migrations.AddConstraint(
            model_name="priceoffer",
            constraint=models.CheckConstraint(
                condition=models.Q(("from_quantity__gt", 0)),
                name="catalog_priceoffer_quantity_positive",
                violation_error_message="The quantity is above zero.",
            ),
        ),
        migrations.AddConstraint(
            model_name="priceoffer",
            constraint=models.UniqueConstraint(
                fields=("product", "incoterm", "place", "currency", "from_quantity"),
                name="catalog_priceoffer_once_product",
                violation_error_message="This rule, place and quantity already has a price.",
            ),
        ),
        migrations.AddConstraint(
            model_name="priceoffer",
            constraint=models.UniqueConstraint(
                fields=("revision", "incoterm", "place", "currency", "from_quantity"),
                name="catalog_priceoffer_once_revision",
                violation_error_message="This rule, place and quantity already has a price.",
            ),
        ),
        migrations.AddConstraint(
            model_name="photoplacement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("product__isnull", False), ("revision__isnull", True)),
                    models.Q(("product__isnull", True), ("revision__isnull", False)),
                    _connector="OR",
                ),
                name="catalog_photoplacement_one_holder",
            ),
        ),
        migrations.AddConstraint(
            model_name="photoplacement",
            constraint=models.UniqueConstraint(
                fields=("product", "photo"),
                name="catalog_photoplacement_once_product",
                violation_error_message="This photo is already there.",
            ),
        ),
        migrations.AddConstraint(
            model_name="photoplacement",
            constraint=models.UniqueConstraint(
                fields=("revision", "photo"),
                name="catalog_photoplacement_once_revision",
                violation_error_message="This photo is already there.",
            ),
        ),
        migrations.AddIndex(
            model_name="decision",
            index=models.Index(fields=["decided_at"], name="catalog_decision_decided"),
        ),
        migrations.AddIndex(
            model_name="productrevision",
            index=models.Index(
                condition=models.Q(("state__in", ("submitted", "in_review"))),
                fields=["submitted_at", "id"],
                name="catalog_revision_queue",
            ),
        ),
        migrations.AddConstraint(
            model_name="productrevision",
            constraint=models.CheckConstraint(
                condition=models.Q(("moq__isnull", True), ("moq__gt", 0), _connector="OR"),
                name="catalog_productrevision_moq_positive",
                violation_error_message="The minimum order is above zero.",
            ),
        ),
        migrations.AddConstraint(
            model_name="productrevision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("capacity_per_month__isnull", True), ("capacity_per_month__gt", 0), _connector="OR"
                ),
                name="catalog_productrevision_capacity_per_month_positive",
                violation_error_message="The capacity is above zero.",
            ),
        ),
        migrations.AddConstraint(
            model_name="productrevision",
            constraint=models.CheckConstraint(
                condition=models.Q(("lead_time_days__isnull", True), ("lead_time_days__gt", 0), _connector="OR"),
                name="catalog_productrevision_lead_time_days_positive",
                violation_error_message="The lead time is at least one day.",
            ),
        ),
        migrations.AddConstraint(
            model_name="productrevision",
            constraint=models.CheckConstraint(
                condition=models.Q(("units_per_carton__isnull", True), ("units_per_carton__gt", 0), _connector="OR"),
                name="catalog_productrevision_units_per_carton_positive",
                violation_error_message="A carton holds at least one unit.",
            ),
        ),
        migrations.AddConstraint(
            model_name="productrevision",
            constraint=models.CheckConstraint(
                condition=models.Q(("carton_length_cm__isnull", True), ("carton_length_cm__gt", 0), _connector="OR"),
                name="catalog_productrevision_carton_length_cm_positive",
                violation_error_message="The carton's length is above zero.",
            ),
        ),
        migrations.AddConstraint(
            model_name="productrevision",
            constraint=models.CheckConstraint(
                condition=models.Q(("carton_width_cm__isnull", True), ("carton_width_cm__gt", 0), _connector="OR"),
                name="catalog_productrevision_carton_width_cm_positive",
                violation_error_message="The carton's width is above zero.",
            ),
        ),
        migrations.AddConstraint(
            model_name="productrevision",
            constraint=models.CheckConstraint(
                condition=models.Q(("carton_height_cm__isnull", True), ("carton_height_cm__gt", 0), _connector="OR"),
                name="catalog_productrevision_carton_height_cm_positive",
                violation_error_message="The carton's height is above zero.",
            ),
        ),
        migrations.AddConstraint(
            model_name="productrevision",
            constraint=models.CheckConstraint(
                condition=models.Q(("gross_kg__isnull", True), ("gross_kg__gt", 0), _connector="OR"),
                name="catalog_productrevision_gross_kg_positive",
                violation_error_message="The gross weight is above zero.",
            ),
        ),
        migrations.AddConstraint(
            model_name="productrevision",
            constraint=models.CheckConstraint(
                condition=models.Q(("net_kg__isnull", True), ("net_kg__gt", 0), _connector="OR"),
                name="catalog_productrevision_net_kg_positive",
                violation_error_message="The net weight is above zero.",
            ),
        ),
        migrations.AddConstraint(
            model_name="productrevision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("net_kg__isnull", True),
                    ("gross_kg__isnull", True),
                    ("net_kg__lte", models.F("gross_kg")),
                    _connector="OR",
                ),
                name="catalog_productrevision_net_within_gross",
                violation_error_code="net_within_gross",
                violation_error_message="The net weight is not above the gross weight.",
            ),
        ),
        migrations.AddConstraint(
            model_name="productrevision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("sample_price__isnull", True), models.Q(("sample_currency", ""), _negated=True), _connector="OR"
                ),
                name="catalog_productrevision_sample_currency",
                violation_error_code="sample_currency",
                violation_error_message="The price of the sample needs its currency.",
            ),
        ),
        migrations.AddConstraint(
            model_name="productrevision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("hs6__isnull", True),
                    django.db.models.lookups.GreaterThan(django.db.models.functions.text.Length(models.F("hs6")), 5),
                    _connector="OR",
                ),
                name="catalog_productrevision_hs6_has_six_digits",
                violation_error_code="hs6",
                violation_error_message="The HS code has 6 digits.",
            ),
        ),
        migrations.AddConstraint(
            model_name="productrevision",
            constraint=models.CheckConstraint(
                condition=models.Q(("business_models__contained_by", ["brand", "oem", "odm"])),
                name="catalog_productrevision_business_models",
                violation_error_message="Choose among own brand, OEM and ODM.",
            ),
        ),
        migrations.AddConstraint(
            model_name="productrevision",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("draft", "submitted", "in_review", "changes_requested"))),
                fields=("product",),
                name="catalog_revision_one_open",
                violation_error_code="revision_open",
                violation_error_message="This product already has an open revision.",
            ),
        ),
        migrations.AddConstraint(
            model_name="productrevision",
            constraint=models.UniqueConstraint(fields=("product", "number"), name="catalog_revision_number"),
        ),
        migrations.AddConstraint(
            model_name="productrevision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "in_review"), _negated=True),
                    models.Q(("claimed_at__isnull", False), ("claimed_by__isnull", False)),
                    _connector="OR",
                ),
                name="catalog_revision_in_review_is_claimed",
            ),
        ),
        migrations.AddIndex(
            model_name="product",
            index=models.Index(fields=["producer", "state"], name="catalog_product_producer"),
        ),
        migrations.AddConstraint(
            model_name="product",
            constraint=models.CheckConstraint(
                condition=models.Q(("moq__isnull", True), ("moq__gt", 0), _connector="OR"),
                name="catalog_product_moq_positive",
                violation_error_message="The minimum order is above zero.",
            ),
        ),
        migrations.AddConstraint(
            model_name="product",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("capacity_per_month__isnull", True), ("capacity_per_month__gt", 0), _connector="OR"
                ),
                name="catalog_product_capacity_per_month_positive",
                violation_error_message="The capacity is above zero.",
            ),
        ),
        migrations.AddConstraint(
            model_name="product",
            constraint=models.CheckConstraint(
                condition=models.Q(("lead_time_days__isnull", True), ("lead_time_days__gt", 0), _connector="OR"),
                name="catalog_product_lead_time_days_positive",
                violation_error_message="The lead time is at least one day.",
            ),
        ),
        migrations.AddConstraint(
            model_name="product",
            constraint=models.CheckConstraint(
                condition=models.Q(("units_per_carton__isnull", True), ("units_per_carton__gt", 0), _connector="OR"),
                name="catalog_product_units_per_carton_positive",
                violation_error_message="A carton holds at least one unit.",
            ),
        ),
        migrations.AddConstraint(
            model_name="product",
            constraint=models.CheckConstraint(
                condition=models.Q(("carton_length_cm__isnull", True), ("carton_length_cm__gt", 0), _connector="OR"),
                name="catalog_product_carton_length_cm_positive",
                violation_error_message="The carton's length is above zero.",
            ),
        ),
        migrations.AddConstraint(
            model_name="product",
            constraint=models.CheckConstraint(
                condition=models.Q(("carton_width_cm__isnull", True), ("carton_width_cm__gt", 0), _connector="OR"),
                name="catalog_product_carton_width_cm_positive",
                violation_error_message="The carton's width is above zero.",
            ),
        ),
        migrations.AddConstraint(
            model_name="product",
            constraint=models.CheckConstraint(
                condition=models.Q(("carton_height_cm__isnull", True), ("carton_height_cm__gt", 0), _connector="OR"),
                name="catalog_product_carton_height_cm_positive",
                violation_error_message="The carton's height is above zero.",
            ),
        ),
        migrations.AddConstraint(
            model_name="product",
            constraint=models.CheckConstraint(
                condition=models.Q(("gross_kg__isnull", True), ("gross_kg__gt", 0), _connector="OR"),
                name="catalog_product_gross_kg_positive",
                violation_error_message="The gross weight is above zero.",
            ),
        ),
        migrations.AddConstraint(
            model_name="product",
            constraint=models.CheckConstraint(
                condition=models.Q(("net_kg__isnull", True), ("net_kg__gt", 0), _connector="OR"),
                name="catalog_product_net_kg_positive",
                violation_error_message="The net weight is above zero.",
            ),
        ),
        migrations.AddConstraint(
            model_name="product",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("net_kg__isnull", True),
                    ("gross_kg__isnull", True),
                    ("net_kg__lte", models.F("gross_kg")),
                    _connector="OR",
                ),
                name="catalog_product_net_within_gross",
                violation_error_code="net_within_gross",
                violation_error_message="The net weight is not above the gross weight.",
            ),
        ),
        migrations.AddConstraint(
            model_name="product",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("sample_price__isnull", True), models.Q(("sample_currency", ""), _negated=True), _connector="OR"
                ),
                name="catalog_product_sample_currency",
                violation_error_code="sample_currency",
                violation_error_message="The price of the sample needs its currency.",
            ),
        ),
        migrations.AddConstraint(
            model_name="product",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("hs6__isnull", True),
                    django.db.models.lookups.GreaterThan(django.db.models.functions.text.Length(models.F("hs6")), 5),
                    _connector="OR",
                ),
                name="catalog_product_hs6_has_six_digits",
                violation_error_code="hs6",
                violation_error_message="The HS code has 6 digits.",
            ),
        ),
        migrations.AddConstraint(
            model_name="product",
            constraint=models.CheckConstraint(
                condition=models.Q(("business_models__contained_by", ["brand", "oem", "odm"])),
                name="catalog_product_business_models",
                violation_error_message="Choose among own brand, OEM and ODM.",
            ),
        ),
        migrations.AddConstraint(
            model_name="product",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state", "unpublished"),
                    models.Q(("published_at__isnull", False), ("slug__isnull", False)),
                    _connector="OR",
                ),
                name="catalog_product_public_has_slug",
            ),
        ),
    ]

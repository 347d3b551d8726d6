"""Markets, missions, listings, market rules and collections."""

import django.contrib.postgres.fields
import django.db.models.constraints
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import kit.contacts
import kit.fields
import kit.text


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("catalog", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Market",
            fields=[
                (
                    "iso2",
                    models.CharField(
                        help_text="ISO 3166-1 alpha-2",
                        max_length=2,
                        primary_key=True,
                        serialize=False,
                        verbose_name="code",
                    ),
                ),
                ("name", kit.fields.TranslatedField(blank=True, default=dict, max_length=80, verbose_name="name")),
                (
                    "subregion",
                    models.CharField(blank=True, help_text="UN M49", max_length=40, verbose_name="subregion"),
                ),
                (
                    "languages",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=3),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="languages",
                    ),
                ),
                ("currency", models.CharField(help_text="ISO 4217", max_length=3, verbose_name="currency")),
                (
                    "priority",
                    models.PositiveSmallIntegerField(default=3, help_text="1 comes first", verbose_name="priority"),
                ),
                (
                    "demand_sectors",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.SlugField(max_length=40),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="sectors in demand",
                    ),
                ),
                (
                    "trade_blocs",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="trade blocs",
                    ),
                ),
                ("label_language", models.CharField(blank=True, max_length=20, verbose_name="language of labels")),
                ("agreement", models.CharField(blank=True, max_length=120, verbose_name="agreement with Indonesia")),
                (
                    "agreement_status",
                    models.CharField(
                        choices=[
                            ("in_force", "in force"),
                            ("signed", "signed"),
                            ("negotiating", "being negotiated"),
                            ("none", "none known"),
                        ],
                        default="none",
                        max_length=12,
                        verbose_name="status of the agreement",
                    ),
                ),
                ("note", models.TextField(blank=True, verbose_name="note")),
                ("source", models.TextField(blank=True, verbose_name="source")),
                ("checked_on", models.DateField(blank=True, null=True, verbose_name="checked on")),
            ],
            options={
                "verbose_name": "market",
                "verbose_name_plural": "markets",
                "ordering": ["priority", "iso2"],
            },
        ),
        migrations.CreateModel(
            name="Accreditation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("is_resident", models.BooleanField(default=False, verbose_name="resident")),
                ("since", models.DateField(blank=True, null=True, verbose_name="since")),
                ("until", models.DateField(blank=True, null=True, verbose_name="until")),
                ("verified_as_of", models.CharField(blank=True, max_length=10, verbose_name="source of the year")),
                ("source", models.TextField(blank=True, verbose_name="source")),
                (
                    "market",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="accreditations",
                        to="markets.market",
                        verbose_name="market",
                    ),
                ),
            ],
            options={
                "verbose_name": "accreditation",
                "verbose_name_plural": "accreditations",
                "ordering": ["mission", "market", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Mission",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=12, unique=True, verbose_name="code")),
                (
                    "type",
                    models.CharField(
                        choices=[
                            ("embassy", "embassy"),
                            ("consulate", "consulate"),
                            ("honorary", "honorary consulate"),
                            ("itpc", "trade promotion centre (ITPC)"),
                        ],
                        max_length=10,
                        verbose_name="type",
                    ),
                ),
                ("city", models.CharField(max_length=80, verbose_name="city")),
                ("country", models.CharField(help_text="ISO 3166-1 alpha-2", max_length=2, verbose_name="country")),
                (
                    "address",
                    models.TextField(
                        blank=True,
                        help_text="As on a letter. Empty: not known yet, and shown so.",
                        max_length=300,
                        verbose_name="address",
                    ),
                ),
                (
                    "opening_hours",
                    kit.fields.TranslatedField(blank=True, default=dict, max_length=160, verbose_name="opening hours"),
                ),
                (
                    "languages",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=3),
                        blank=True,
                        default=list,
                        help_text="In which it answers: ISO 639-1, separated by commas.",
                        size=None,
                        verbose_name="languages",
                    ),
                ),
                ("is_verified", models.BooleanField(default=False, verbose_name="verified")),
                ("source", models.TextField(blank=True, verbose_name="source")),
                ("note", models.TextField(blank=True, verbose_name="note")),
                (
                    "markets",
                    models.ManyToManyField(
                        related_name="missions", through="markets.Accreditation", to="markets.market"
                    ),
                ),
            ],
            options={
                "verbose_name": "mission",
                "verbose_name_plural": "missions",
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="Collection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "slug",
                    models.SlugField(editable=False, max_length=100, unique=True, verbose_name="address on the site"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "draft"), ("published", "published"), ("archived", "archived")],
                        default="draft",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "version",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="version of the content"),
                ),
                ("title", kit.fields.TranslatedField(blank=True, default=dict, max_length=120, verbose_name="title")),
                (
                    "introduction",
                    kit.fields.TranslatedField(blank=True, default=dict, max_length=600, verbose_name="introduction"),
                ),
                (
                    "own_cover_key",
                    models.UUIDField(blank=True, editable=False, null=True, verbose_name="uploaded cover"),
                ),
                (
                    "own_cover_bytes",
                    models.PositiveIntegerField(default=0, editable=False, help_text="Of all its sizes together"),
                ),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="shown from")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="shown until")),
                (
                    "published_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="first published"),
                ),
                ("changed_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                ("preview_nonce", models.CharField(blank=True, editable=False, max_length=22)),
                (
                    "preview_until",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="preview link valid until"
                    ),
                ),
                (
                    "changed_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="changed by",
                    ),
                ),
                (
                    "cover",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="catalog.photo",
                        verbose_name="cover photo",
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
                    "market",
                    models.ForeignKey(
                        blank=True,
                        help_text="None: for all markets",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="collections",
                        to="markets.market",
                        verbose_name="market",
                    ),
                ),
                (
                    "mission",
                    models.ForeignKey(
                        blank=True,
                        help_text="None: the ministry",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="collections",
                        to="markets.mission",
                        verbose_name="curated by",
                    ),
                ),
            ],
            options={
                "verbose_name": "collection",
                "verbose_name_plural": "collections",
                "ordering": ["-pk"],
                "permissions": [("curate_collection", "Can curate collections in own markets")],
            },
        ),
        migrations.AddField(
            model_name="accreditation",
            name="mission",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="accreditations",
                to="markets.mission",
                verbose_name="mission",
            ),
        ),
        migrations.CreateModel(
            name="MissionNote",
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
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mission_notes",
                        to="catalog.product",
                        verbose_name="product",
                    ),
                ),
            ],
            options={
                "verbose_name": "note of a mission",
                "verbose_name_plural": "notes of missions",
                "ordering": ["-pk"],
                "permissions": [
                    ("write_note", "Can read and write notes of own missions"),
                    ("hand_over_work", "Can hand over the work of a colleague"),
                ],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="MissionStaff",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "mission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="staff",
                        to="markets.mission",
                        verbose_name="mission",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mission_posts",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
            ],
            options={
                "verbose_name": "mission staff member",
                "verbose_name_plural": "mission staff",
                "ordering": ["mission", "user"],
            },
        ),
        migrations.CreateModel(
            name="CollectionItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                ("note", kit.fields.TranslatedField(blank=True, default=dict, max_length=240, verbose_name="note")),
                (
                    "collection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="items",
                        to="markets.collection",
                        verbose_name="collection",
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="collection_items",
                        to="catalog.product",
                        verbose_name="product",
                    ),
                ),
            ],
            options={
                "verbose_name": "product of a collection",
                "verbose_name_plural": "products of collections",
                "ordering": ["collection", "position"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("collection", "product"),
                        name="markets_collectionitem_once",
                        violation_error_message="This product is already in the collection.",
                    ),
                    models.UniqueConstraint(
                        deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                        fields=("collection", "position"),
                        name="markets_collectionitem_place",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("position__gt", 0)), name="markets_collectionitem_position_positive"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MarketListing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("requested", "requested"),
                            ("listed", "listed"),
                            ("declined", "declined"),
                            ("withdrawn", "withdrawn"),
                            ("proposed", "proposed to the producer"),
                        ],
                        default="requested",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("pitch", kit.fields.TranslatedField(blank=True, default=dict, max_length=400, verbose_name="pitch")),
                ("rank", models.PositiveIntegerField(default=1000, help_text="1 comes first", verbose_name="rank")),
                ("promoted_until", models.DateField(blank=True, null=True, verbose_name="promoted until")),
                (
                    "decline_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("no_demand", "no demand now"),
                            ("not_allowed", "not allowed in this market"),
                            ("price", "price not competitive"),
                            ("label", "label not ready"),
                            ("certificate", "certificate missing"),
                            ("capacity", "capacity too small"),
                            ("other", "other"),
                            ("producer", "refused by the producer"),
                        ],
                        max_length=12,
                        verbose_name="reason",
                    ),
                ),
                ("decline_note", models.TextField(blank=True, max_length=500, verbose_name="note to the producer")),
                ("decided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="decided")),
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
                    "market",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="listings",
                        to="markets.market",
                        verbose_name="market",
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="listings",
                        to="catalog.product",
                        verbose_name="product",
                    ),
                ),
            ],
            options={
                "verbose_name": "market listing",
                "verbose_name_plural": "market listings",
                "ordering": ["market", "rank", "pk"],
                "permissions": [
                    ("decide_listing", "Can decide listings in own markets"),
                    ("review_everywhere", "Can review and decide in every market"),
                ],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "listed")),
                        fields=["market", "rank", "product"],
                        name="markets_listing_page",
                    ),
                    models.Index(
                        condition=models.Q(("promoted_until__isnull", False), ("state", "listed")),
                        fields=["promoted_until"],
                        name="markets_listing_promoted",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("product", "market"), name="markets_listing_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "declined"), _negated=True),
                            models.Q(("decline_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="markets_listing_declined_has_reason",
                        violation_error_message="Declining needs a reason.",
                    ),
                    models.CheckConstraint(condition=models.Q(("rank__gt", 0)), name="markets_listing_rank_positive"),
                ],
            },
        ),
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
        migrations.AddIndex(
            model_name="collection",
            index=models.Index(
                condition=models.Q(("state", "published")),
                fields=["market", "-published_at"],
                name="markets_collection_page",
            ),
        ),
        migrations.AddConstraint(
            model_name="collection",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "published"), _negated=True), ("published_at__isnull", False), _connector="OR"
                ),
                name="markets_collection_published_at",
            ),
        ),
        migrations.AddConstraint(
            model_name="collection",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "published"), _negated=True),
                    models.Q(("introduction__has_key", "en"), ("title__has_key", "en")),
                    _connector="OR",
                ),
                name="markets_collection_public_english",
                violation_error_message="A public collection needs its title and introduction in English.",
            ),
        ),
        migrations.AddConstraint(
            model_name="collection",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("starts_on__isnull", True),
                    ("ends_on__isnull", True),
                    ("ends_on__gte", models.F("starts_on")),
                    _connector="OR",
                ),
                name="markets_collection_period",
                violation_error_message="The last day cannot be before the first.",
            ),
        ),
        migrations.AddConstraint(
            model_name="collection",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("own_cover_bytes", 0), ("own_cover_key__isnull", True)),
                    models.Q(("own_cover_bytes__gt", 0), ("own_cover_key__isnull", False)),
                    _connector="OR",
                ),
                name="markets_collection_own_cover_counted",
            ),
        ),
        migrations.AddConstraint(
            model_name="accreditation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("until__isnull", True)),
                fields=("mission", "market"),
                name="markets_accreditation_once",
                violation_error_message="This mission already covers this market.",
            ),
        ),
        migrations.AddIndex(
            model_name="missionnote",
            index=models.Index(fields=["mission", "product"], name="markets_missionnote_page"),
        ),
        migrations.AddConstraint(
            model_name="missionstaff",
            constraint=models.UniqueConstraint(fields=("user", "mission"), name="markets_missionstaff_once"),
        ),
    ]

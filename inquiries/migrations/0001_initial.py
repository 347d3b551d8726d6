"""Importers, baskets, enquiries with their threads and quotations, and buying requests."""

import datetime
from decimal import Decimal

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import inquiries.models.asked_terms
import kit.contacts
import kit.countries
import kit.fields
import kit.text


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("catalog", "0001_initial"),
        ("exporters", "0001_initial"),
        ("markets", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ProducerAnswers",
            fields=[
                (
                    "producer",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="answers",
                        serialize=False,
                        to="exporters.producer",
                        verbose_name="producer",
                    ),
                ),
                ("asked", models.PositiveIntegerField(default=0)),
                ("answered", models.PositiveIntegerField(default=0)),
                ("median", models.DurationField(null=True)),
                ("counted_at", models.DateTimeField(auto_now=True)),
            ],
            options={
                "verbose_name": "answers of a producer",
                "verbose_name_plural": "answers of producers",
            },
        ),
        migrations.CreateModel(
            name="Basket",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key_hash", models.CharField(blank=True, editable=False, max_length=64, null=True, unique=True)),
                (
                    "destination_country",
                    models.CharField(
                        blank=True,
                        max_length=2,
                        validators=[kit.countries.validate_country],
                        verbose_name="country of destination",
                    ),
                ),
                (
                    "destination_port",
                    models.CharField(
                        blank=True,
                        max_length=80,
                        validators=[kit.text.validate_text],
                        verbose_name="port or city of destination",
                    ),
                ),
                (
                    "place",
                    models.CharField(
                        blank=True, max_length=80, validators=[kit.text.validate_text], verbose_name="named place"
                    ),
                ),
                ("wanted_on", models.DateField(blank=True, null=True, verbose_name="wanted by")),
                (
                    "certificates",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            max_length=20, validators=[django.core.validators.RegexValidator("^[-a-zA-Z0-9_]+\\Z")]
                        ),
                        blank=True,
                        default=list,
                        size=20,
                        validators=[inquiries.models.asked_terms.validate_certificate_codes],
                        verbose_name="wanted certificates",
                    ),
                ),
                (
                    "needs",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("quotation", "a quotation"),
                                ("samples", "samples"),
                                ("own_brand", "our own brand on it"),
                            ],
                            max_length=12,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="what is needed",
                    ),
                ),
                (
                    "message",
                    models.TextField(
                        blank=True,
                        max_length=3000,
                        validators=[kit.text.validate_text, django.core.validators.MaxLengthValidator(3000)],
                        verbose_name="message",
                    ),
                ),
                (
                    "request_draft",
                    models.JSONField(
                        blank=True,
                        db_default={},
                        default=dict,
                        editable=False,
                        verbose_name="draft of a buying request",
                    ),
                ),
                (
                    "campaigns",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=6),
                        blank=True,
                        default=list,
                        editable=False,
                        size=None,
                        verbose_name="campaigns that led here",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                (
                    "changed_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="changed"),
                ),
                (
                    "awaits",
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
                    "incoterm",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalog.incoterm",
                        verbose_name="Incoterm",
                    ),
                ),
                (
                    "user",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="basket",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
            ],
            options={
                "verbose_name": "enquiry basket",
                "verbose_name_plural": "enquiry baskets",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="BasketLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "target_price",
                    models.DecimalField(
                        blank=True,
                        decimal_places=4,
                        max_digits=14,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(Decimal("0.0001"))],
                        verbose_name="target price per unit",
                    ),
                ),
                (
                    "currency",
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
                        verbose_name="currency",
                    ),
                ),
                (
                    "place",
                    models.CharField(
                        blank=True, max_length=80, validators=[kit.text.validate_text], verbose_name="named place"
                    ),
                ),
                (
                    "destination_port",
                    models.CharField(
                        blank=True,
                        max_length=80,
                        validators=[kit.text.validate_text],
                        verbose_name="port or city of destination",
                    ),
                ),
                (
                    "quantity",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=12,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(Decimal("0.01"))],
                        verbose_name="quantity",
                    ),
                ),
                (
                    "certificates",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            max_length=20, validators=[django.core.validators.RegexValidator("^[-a-zA-Z0-9_]+\\Z")]
                        ),
                        blank=True,
                        default=list,
                        size=20,
                        validators=[inquiries.models.asked_terms.validate_certificate_codes],
                        verbose_name="wanted certificates",
                    ),
                ),
                (
                    "samples",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(999),
                        ],
                        verbose_name="samples",
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True,
                        max_length=1000,
                        validators=[kit.text.validate_text, django.core.validators.MaxLengthValidator(1000)],
                        verbose_name="note",
                    ),
                ),
                ("removed_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="taken out")),
                (
                    "basket",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="lines", to="inquiries.basket"
                    ),
                ),
                (
                    "incoterm",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalog.incoterm",
                        verbose_name="Incoterm",
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="catalog.product",
                        verbose_name="product",
                    ),
                ),
            ],
            options={
                "verbose_name": "product in a basket",
                "verbose_name_plural": "products in baskets",
                "ordering": ["pk"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="BuyingRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "target_price",
                    models.DecimalField(
                        blank=True,
                        decimal_places=4,
                        max_digits=14,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(Decimal("0.0001"))],
                        verbose_name="target price per unit",
                    ),
                ),
                (
                    "currency",
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
                        verbose_name="currency",
                    ),
                ),
                (
                    "place",
                    models.CharField(
                        blank=True, max_length=80, validators=[kit.text.validate_text], verbose_name="named place"
                    ),
                ),
                (
                    "destination_port",
                    models.CharField(
                        blank=True,
                        max_length=80,
                        validators=[kit.text.validate_text],
                        verbose_name="port or city of destination",
                    ),
                ),
                (
                    "title",
                    models.CharField(
                        max_length=120, validators=[kit.text.validate_name], verbose_name="what is wanted"
                    ),
                ),
                (
                    "quantity",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=12,
                        validators=[django.core.validators.MinValueValidator(Decimal("0.01"))],
                        verbose_name="quantity",
                    ),
                ),
                (
                    "frequency",
                    models.CharField(
                        choices=[("once", "once"), ("month", "every month"), ("year", "every year")],
                        default="once",
                        max_length=5,
                        verbose_name="how often",
                    ),
                ),
                (
                    "specification",
                    models.TextField(
                        blank=True,
                        max_length=3000,
                        validators=[kit.text.validate_text, django.core.validators.MaxLengthValidator(3000)],
                        verbose_name="specification",
                    ),
                ),
                (
                    "certificates",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            max_length=20, validators=[django.core.validators.RegexValidator("^[-a-zA-Z0-9_]+\\Z")]
                        ),
                        blank=True,
                        default=list,
                        size=20,
                        verbose_name="wanted certificates",
                    ),
                ),
                (
                    "country",
                    models.CharField(
                        help_text="ISO 3166-1 alpha-2",
                        max_length=2,
                        validators=[kit.countries.validate_country],
                        verbose_name="destination",
                    ),
                ),
                ("deadline", models.DateField(help_text="Last day (UTC)", verbose_name="deadline")),
                (
                    "language",
                    models.CharField(
                        choices=[("id", "Indonesian"), ("en", "English"), ("es", "Spanish"), ("pt", "Portuguese")],
                        max_length=2,
                        verbose_name="language of the texts",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("submitted", "waiting for approval"),
                            ("open", "open"),
                            ("rejected", "not approved"),
                            ("withdrawn", "withdrawn"),
                            ("closed", "closed"),
                            ("expired", "expired"),
                        ],
                        default="submitted",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("picture_key", models.UUIDField(blank=True, editable=False, null=True, unique=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False, help_text="Grows with each change")),
                ("submitted_at", models.DateTimeField(auto_now_add=True, verbose_name="handed in")),
                ("decided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="decided")),
                (
                    "reject_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("unclear", "it is not clear what is wanted"),
                            ("not_from_indonesia", "Indonesia does not export this"),
                            ("not_allowed", "the goods may not be traded"),
                            ("small", "the quantity is too small to export"),
                            ("duplicate", "the same was asked before"),
                            ("company", "the company could not be confirmed"),
                            ("other", "another reason"),
                        ],
                        max_length=20,
                        verbose_name="reason",
                    ),
                ),
                ("decision_note", models.TextField(blank=True, max_length=500, verbose_name="note to the importer")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("ordered", "ordered from an offer"),
                            ("elsewhere", "quoted by somebody else"),
                            ("not_found", "nothing suitable was found"),
                            ("not_needed", "no longer needed"),
                        ],
                        max_length=10,
                        verbose_name="outcome",
                    ),
                ),
                ("ended_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="ended")),
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
                    "incoterm",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalog.incoterm",
                        verbose_name="Incoterm",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalog.unit",
                        verbose_name="unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "buying request",
                "verbose_name_plural": "buying requests",
                "ordering": ["-pk"],
                "permissions": [("decide_request", "Can decide about buying requests of own markets")],
            },
        ),
        migrations.CreateModel(
            name="Enquiry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "refusal_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("capacity", "our capacity is taken"),
                            ("not_made", "we do not make it like this"),
                            ("quantity", "the quantity is too small for us"),
                            ("price", "the price asked for is too low"),
                            ("certificate", "we lack a certificate that is asked for"),
                            ("destination", "we do not ship there"),
                            ("other", "another reason"),
                        ],
                        max_length=12,
                        verbose_name="reason",
                    ),
                ),
                (
                    "decline_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("price", "the price is too high"),
                            ("terms", "the terms of payment or delivery do not fit"),
                            ("lead_time", "the lead time is too long"),
                            ("certificate", "a certificate is missing"),
                            ("quantity", "the quantity does not fit"),
                            ("supplier", "we chose another supplier"),
                            ("not_needed", "we do not need it any more"),
                            ("other", "another reason"),
                        ],
                        max_length=12,
                        verbose_name="reason",
                    ),
                ),
                ("closing_note", models.CharField(blank=True, max_length=500, verbose_name="note")),
                ("closed_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="closed")),
                (
                    "waiting_since",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="waits since"),
                ),
                (
                    "turn",
                    models.CharField(
                        choices=[("producer", "the producer"), ("importer", "the importer"), ("nobody", "nobody")],
                        default="nobody",
                        editable=False,
                        max_length=8,
                        verbose_name="whose turn",
                    ),
                ),
                (
                    "turn_since",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="since"),
                ),
                ("clock_used", models.DurationField(default=datetime.timedelta(0), editable=False)),
                (
                    "stage",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (0, "nothing yet"),
                            (3, "the producer was reminded"),
                            (5, "the mission was told"),
                            (7, "the ministry was told"),
                            (10, "the importer got alternatives"),
                        ],
                        default=0,
                        editable=False,
                        verbose_name="clock",
                    ),
                ),
                ("next_stage_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("due_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="answer by")),
                ("expires_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="expires")),
                (
                    "first_answered_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="first answered"),
                ),
                (
                    "answer_time",
                    models.DurationField(
                        blank=True, editable=False, null=True, verbose_name="working time to the first answer"
                    ),
                ),
                (
                    "last_message_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="last message"
                    ),
                ),
                ("importer_seen_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("producer_seen_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("held", "held for the mission's look"),
                            ("sent", "waiting for an answer"),
                            ("answered", "answered"),
                            ("quoted", "quoted"),
                            ("accepted", "quotation accepted"),
                            ("declined", "quotation declined"),
                            ("refused", "the producer cannot supply"),
                            ("withdrawn", "withdrawn by the importer"),
                            ("expired", "expired without an answer"),
                            ("discarded", "not passed on"),
                        ],
                        default="sent",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[("id", "Indonesian"), ("en", "English"), ("es", "Spanish"), ("pt", "Portuguese")],
                        default="en",
                        max_length=2,
                        verbose_name="language",
                    ),
                ),
                (
                    "held_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("links", "its text has many links"),
                            ("repeated", "the same text went to several producers"),
                            ("reported", "the sender was reported"),
                        ],
                        max_length=10,
                        verbose_name="held because",
                    ),
                ),
                (
                    "sent_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="sent"),
                ),
                (
                    "buying_request",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="offers",
                        to="inquiries.buyingrequest",
                        verbose_name="buying request",
                    ),
                ),
                (
                    "market",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="enquiries",
                        to="markets.market",
                        verbose_name="market",
                    ),
                ),
                (
                    "producer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="enquiries",
                        to="exporters.producer",
                        verbose_name="producer",
                    ),
                ),
            ],
            options={
                "verbose_name": "enquiry",
                "verbose_name_plural": "enquiries",
                "ordering": ["-pk"],
                "permissions": [("oversee_enquiry", "Can read enquiries from own markets and step in")],
            },
        ),
        migrations.CreateModel(
            name="EnquiryLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "target_price",
                    models.DecimalField(
                        blank=True,
                        decimal_places=4,
                        max_digits=14,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(Decimal("0.0001"))],
                        verbose_name="target price per unit",
                    ),
                ),
                (
                    "currency",
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
                        verbose_name="currency",
                    ),
                ),
                (
                    "place",
                    models.CharField(
                        blank=True, max_length=80, validators=[kit.text.validate_text], verbose_name="named place"
                    ),
                ),
                (
                    "destination_port",
                    models.CharField(
                        blank=True,
                        max_length=80,
                        validators=[kit.text.validate_text],
                        verbose_name="port or city of destination",
                    ),
                ),
                (
                    "quantity",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=12,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(Decimal("0.01"))],
                        verbose_name="quantity",
                    ),
                ),
                (
                    "certificates",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            max_length=20, validators=[django.core.validators.RegexValidator("^[-a-zA-Z0-9_]+\\Z")]
                        ),
                        blank=True,
                        default=list,
                        size=20,
                        validators=[inquiries.models.asked_terms.validate_certificate_codes],
                        verbose_name="wanted certificates",
                    ),
                ),
                (
                    "samples",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(999),
                        ],
                        verbose_name="samples",
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True,
                        max_length=1000,
                        validators=[kit.text.validate_text, django.core.validators.MaxLengthValidator(1000)],
                        verbose_name="note",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                ("title", kit.fields.TranslatedField(blank=True, default=dict, max_length=120, verbose_name="title")),
                (
                    "enquiry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="inquiries.enquiry",
                        verbose_name="enquiry",
                    ),
                ),
                (
                    "incoterm",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalog.incoterm",
                        verbose_name="Incoterm",
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="enquiry_lines",
                        to="catalog.product",
                        verbose_name="product",
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
                "verbose_name": "line of an enquiry",
                "verbose_name_plural": "lines of enquiries",
                "ordering": ["enquiry", "position", "pk"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="EnquiryMessage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "side",
                    models.CharField(
                        choices=[("importer", "importer"), ("producer", "producer"), ("mission", "Indonesian mission")],
                        max_length=8,
                        verbose_name="written by",
                    ),
                ),
                (
                    "reader",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "everybody"),
                            ("importer", "importer"),
                            ("producer", "producer"),
                            ("mission", "Indonesian mission"),
                        ],
                        default="",
                        max_length=8,
                        verbose_name="read by",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("text", "Message"),
                            ("ask_quantity", "Which quantity do you need?"),
                            ("ask_details", "Please tell us more about what you need."),
                            ("sample_terms", "Terms for samples"),
                            ("cannot_supply", "We cannot supply this."),
                            ("quotation", "Quotation"),
                        ],
                        default="text",
                        max_length=16,
                        verbose_name="kind",
                    ),
                ),
                (
                    "text",
                    models.TextField(
                        blank=True,
                        max_length=4000,
                        validators=[kit.text.validate_text, django.core.validators.MaxLengthValidator(4000)],
                        verbose_name="text",
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[("id", "Indonesian"), ("en", "English"), ("es", "Spanish"), ("pt", "Portuguese")],
                        default="en",
                        max_length=2,
                        verbose_name="language",
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("capacity", "our capacity is taken"),
                            ("not_made", "we do not make it like this"),
                            ("quantity", "the quantity is too small for us"),
                            ("price", "the price asked for is too low"),
                            ("certificate", "we lack a certificate that is asked for"),
                            ("destination", "we do not ship there"),
                            ("other", "another reason"),
                        ],
                        max_length=12,
                        verbose_name="reason",
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
                        verbose_name="price of the samples",
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
                        verbose_name="currency",
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
                        verbose_name="days until the samples are sent",
                    ),
                ),
                ("written_at", models.DateTimeField(auto_now_add=True, verbose_name="written")),
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
                    "enquiry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="messages",
                        to="inquiries.enquiry",
                        verbose_name="enquiry",
                    ),
                ),
            ],
            options={
                "verbose_name": "message",
                "verbose_name_plural": "messages",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="EnquiryAttachment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("file_path", models.CharField(editable=False, max_length=120, verbose_name="file")),
                (
                    "file_kind",
                    models.CharField(choices=[("pdf", "PDF"), ("picture", "picture")], editable=False, max_length=8),
                ),
                ("file_bytes", models.PositiveIntegerField(default=0, editable=False, verbose_name="bytes")),
                (
                    "message",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attachments",
                        to="inquiries.enquirymessage",
                        verbose_name="message",
                    ),
                ),
            ],
            options={
                "verbose_name": "attachment",
                "verbose_name_plural": "attachments",
                "ordering": ["message", "pk"],
            },
        ),
        migrations.CreateModel(
            name="EnquiryReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "side",
                    models.CharField(
                        choices=[("importer", "importer"), ("producer", "producer"), ("mission", "Indonesian mission")],
                        max_length=8,
                        verbose_name="reported by",
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("spam", "advertising or spam"),
                            ("fraud", "suspicion of fraud"),
                            ("insult", "insults or threats"),
                            ("other", "another reason"),
                        ],
                        max_length=8,
                        verbose_name="reason",
                    ),
                ),
                (
                    "note",
                    models.CharField(
                        blank=True, max_length=500, validators=[kit.text.validate_text], verbose_name="note"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "open"), ("upheld", "upheld"), ("dismissed", "dismissed")],
                        default="open",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("reported_at", models.DateTimeField(auto_now_add=True, verbose_name="reported")),
                ("decided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="decided")),
                (
                    "enquiry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reports",
                        to="inquiries.enquiry",
                        verbose_name="enquiry",
                    ),
                ),
                (
                    "reported_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="reported by",
                    ),
                ),
            ],
            options={
                "verbose_name": "report of abuse",
                "verbose_name_plural": "reports of abuse",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="EnquiryRound",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "destination_country",
                    models.CharField(
                        choices=kit.countries.country_choices, max_length=2, verbose_name="country of destination"
                    ),
                ),
                (
                    "text",
                    models.TextField(
                        blank=True,
                        max_length=4000,
                        validators=[kit.text.validate_text, django.core.validators.MaxLengthValidator(4000)],
                        verbose_name="message",
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[("id", "Indonesian"), ("en", "English"), ("es", "Spanish"), ("pt", "Portuguese")],
                        default="en",
                        max_length=2,
                        verbose_name="language",
                    ),
                ),
                ("wanted_on", models.DateField(blank=True, null=True, verbose_name="wanted by")),
                (
                    "needs",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("quotation", "a quotation"),
                                ("samples", "samples"),
                                ("own_brand", "our own brand on it"),
                            ],
                            max_length=12,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="wanted",
                    ),
                ),
                (
                    "sent_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="sent"),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="sent by",
                    ),
                ),
            ],
            options={
                "verbose_name": "enquiries sent together",
                "verbose_name_plural": "enquiries sent together",
                "ordering": ["-pk"],
            },
        ),
        migrations.AddField(
            model_name="enquiry",
            name="round",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="enquiries",
                to="inquiries.enquiryround",
                verbose_name="sent together",
            ),
        ),
        migrations.CreateModel(
            name="Importer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "company",
                    models.CharField(max_length=160, validators=[kit.text.validate_name], verbose_name="company"),
                ),
                ("country", models.CharField(help_text="ISO 3166-1 alpha-2", max_length=2, verbose_name="country")),
                (
                    "tax_number",
                    models.CharField(
                        blank=True, max_length=40, validators=[kit.text.validate_text], verbose_name="tax number"
                    ),
                ),
                (
                    "website",
                    models.URLField(blank=True, validators=[kit.contacts.validate_public_url], verbose_name="website"),
                ),
                (
                    "buys_categories",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.SlugField(max_length=60),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="categories that it buys",
                    ),
                ),
                (
                    "buys_hs",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=6),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="HS codes that it buys",
                    ),
                ),
                (
                    "languages",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[("id", "Indonesian"), ("en", "English"), ("es", "Spanish"), ("pt", "Portuguese")],
                            max_length=2,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="languages",
                    ),
                ),
                ("verified_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="verified")),
                (
                    "verify_note",
                    models.TextField(
                        blank=True, editable=False, max_length=500, verbose_name="note on the verification"
                    ),
                ),
                ("version", models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="importer",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
                (
                    "verified_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="verified by",
                    ),
                ),
                (
                    "verified_mission",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="markets.mission",
                        verbose_name="verified by the mission",
                    ),
                ),
            ],
            options={
                "verbose_name": "importer",
                "verbose_name_plural": "importers",
                "ordering": ["company", "pk"],
                "permissions": [("verify_importer", "Can verify importers of own markets")],
            },
        ),
        migrations.AddField(
            model_name="enquiryround",
            name="importer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="rounds",
                to="inquiries.importer",
                verbose_name="importer",
            ),
        ),
        migrations.AddField(
            model_name="enquiry",
            name="importer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="enquiries",
                to="inquiries.importer",
                verbose_name="importer",
            ),
        ),
        migrations.AddField(
            model_name="buyingrequest",
            name="importer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="buying_requests",
                to="inquiries.importer",
                verbose_name="importer",
            ),
        ),
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
                    "importer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mission_notes",
                        to="inquiries.importer",
                        verbose_name="importer",
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
            ],
            options={
                "verbose_name": "note on an importer",
                "verbose_name_plural": "notes on importers",
                "ordering": ["-pk"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Match",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "may fit"),
                            ("invited", "invited to offer"),
                            ("offered", "offer made"),
                            ("passed", "no offer"),
                        ],
                        default="proposed",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                ("score", models.PositiveSmallIntegerField(default=0, verbose_name="score")),
                ("reasons", models.JSONField(blank=True, default=list, verbose_name="what speaks for it")),
                ("lacking", models.JSONField(blank=True, default=list, verbose_name="what is missing")),
                ("proposed_at", models.DateTimeField(auto_now_add=True, verbose_name="proposed")),
                ("invited_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="invited")),
                ("answered_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="answered")),
                (
                    "pass_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("capacity", "the quantity is too large for us"),
                            ("quantity", "the quantity is too small for us"),
                            ("price", "the price is too low"),
                            ("time", "there is not enough time"),
                            ("certificate", "we do not hold the certificate"),
                            ("other_goods", "we do not make this"),
                            ("market", "we do not sell to this country"),
                            ("other", "another reason"),
                        ],
                        max_length=12,
                        verbose_name="reason",
                    ),
                ),
                ("pass_note", models.TextField(blank=True, max_length=500, verbose_name="note")),
                (
                    "invited_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="invited by",
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="matches",
                        to="catalog.product",
                        verbose_name="product",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="matches",
                        to="inquiries.buyingrequest",
                        verbose_name="buying request",
                    ),
                ),
            ],
            options={
                "verbose_name": "match",
                "verbose_name_plural": "matches",
                "ordering": ["request", "-score", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ProductViews",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "market_code",
                    models.CharField(blank=True, help_text="ISO 3166-1 alpha-2", max_length=2, verbose_name="market"),
                ),
                ("day", models.DateField(verbose_name="day")),
                ("views", models.PositiveIntegerField(default=0, verbose_name="views")),
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="views",
                        to="catalog.product",
                        verbose_name="product",
                    ),
                ),
            ],
            options={
                "verbose_name": "views of a product",
                "verbose_name_plural": "views of products",
                "ordering": ["product", "-day", "market_code"],
            },
        ),
        migrations.CreateModel(
            name="Quotation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveSmallIntegerField(default=1, editable=False, verbose_name="version")),
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
                ("valid_until", models.DateField(verbose_name="valid until")),
                (
                    "lead_time_days",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(730),
                        ],
                        verbose_name="lead time (days)",
                    ),
                ),
                (
                    "payment_terms",
                    models.CharField(
                        choices=[
                            ("tt_advance", "T/T in advance"),
                            ("tt_deposit", "T/T, a deposit and the rest before shipment"),
                            ("tt_documents", "T/T, a deposit and the rest against copies of documents"),
                            ("lc_sight", "L/C at sight, irrevocable"),
                            ("lc_usance", "L/C with a term, irrevocable"),
                            ("dp", "documents against payment (D/P)"),
                            ("open_account", "open account"),
                            ("agreed", "to be agreed"),
                        ],
                        max_length=14,
                        verbose_name="payment",
                    ),
                ),
                (
                    "deposit_percent",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="deposit (%)",
                    ),
                ),
                (
                    "payment_days",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(365),
                        ],
                        verbose_name="term of payment (days)",
                    ),
                ),
                (
                    "packing_note",
                    models.CharField(
                        blank=True, max_length=300, validators=[kit.text.validate_text], verbose_name="packing"
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True,
                        max_length=2000,
                        validators=[kit.text.validate_text, django.core.validators.MaxLengthValidator(2000)],
                        verbose_name="note",
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[("id", "Indonesian"), ("en", "English"), ("es", "Spanish"), ("pt", "Portuguese")],
                        default="id",
                        max_length=2,
                        verbose_name="language of the notes",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="quoted")),
                (
                    "created_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="quoted by",
                    ),
                ),
                (
                    "enquiry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="quotations",
                        to="inquiries.enquiry",
                        verbose_name="enquiry",
                    ),
                ),
                (
                    "incoterm",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalog.incoterm",
                        verbose_name="Incoterm",
                    ),
                ),
            ],
            options={
                "verbose_name": "quotation",
                "verbose_name_plural": "quotations",
                "ordering": ["enquiry", "-version"],
            },
        ),
        migrations.AddField(
            model_name="enquirymessage",
            name="quotation",
            field=models.OneToOneField(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="message",
                to="inquiries.quotation",
            ),
        ),
        migrations.CreateModel(
            name="QuotationLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                ("title", kit.fields.TranslatedField(blank=True, default=dict, max_length=120, verbose_name="title")),
                (
                    "quantity",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=12,
                        validators=[django.core.validators.MinValueValidator(Decimal("0.01"))],
                        verbose_name="quantity",
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
                    "units_per_carton",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        editable=False,
                        max_digits=10,
                        null=True,
                        verbose_name="units per carton",
                    ),
                ),
                (
                    "carton_cbm",
                    models.DecimalField(
                        blank=True,
                        decimal_places=3,
                        editable=False,
                        max_digits=8,
                        null=True,
                        verbose_name="volume of a carton (m³)",
                    ),
                ),
                (
                    "carton_gross_kg",
                    models.DecimalField(
                        blank=True,
                        decimal_places=3,
                        editable=False,
                        max_digits=8,
                        null=True,
                        verbose_name="gross weight of a carton (kg)",
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="quotation_lines",
                        to="catalog.product",
                        verbose_name="product",
                    ),
                ),
                (
                    "quotation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="inquiries.quotation",
                        verbose_name="quotation",
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
                "verbose_name": "line of a quotation",
                "verbose_name_plural": "lines of quotations",
                "ordering": ["quotation", "position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="SavedProduct",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("saved_at", models.DateTimeField(auto_now_add=True, verbose_name="saved")),
                (
                    "importer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="saved_products",
                        to="inquiries.importer",
                        verbose_name="importer",
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="catalog.product",
                        verbose_name="product",
                    ),
                ),
            ],
            options={
                "verbose_name": "saved product",
                "verbose_name_plural": "saved products",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="SavedSearch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80, validators=[kit.text.validate_name], verbose_name="name")),
                ("query", models.TextField(max_length=2000, verbose_name="search")),
                (
                    "frequency",
                    models.CharField(
                        choices=[("daily", "every day"), ("weekly", "every week"), ("off", "no mail")],
                        db_default="weekly",
                        default="weekly",
                        max_length=6,
                        verbose_name="letters",
                    ),
                ),
                (
                    "seen_until",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="told until"),
                ),
                (
                    "known",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), editable=False, null=True, size=None
                    ),
                ),
                ("next_on", models.DateField(editable=False, verbose_name="next look")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="saved")),
                (
                    "importer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="saved_searches",
                        to="inquiries.importer",
                        verbose_name="importer",
                    ),
                ),
            ],
            options={
                "verbose_name": "saved search",
                "verbose_name_plural": "saved searches",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="SenderBlock",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "why",
                    models.CharField(
                        blank=True, max_length=500, validators=[kit.text.validate_text], verbose_name="reason"
                    ),
                ),
                ("blocked_at", models.DateTimeField(auto_now_add=True, verbose_name="blocked")),
                ("lifted_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="lifted")),
                (
                    "blocked_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="blocked by",
                    ),
                ),
                (
                    "importer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="blocks",
                        to="inquiries.importer",
                        verbose_name="importer",
                    ),
                ),
                (
                    "producer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="blocks",
                        to="exporters.producer",
                        verbose_name="producer",
                    ),
                ),
            ],
            options={
                "verbose_name": "blocked importer",
                "verbose_name_plural": "blocked importers",
                "ordering": ["-pk"],
            },
        ),
        migrations.AddIndex(
            model_name="basket",
            index=models.Index(
                condition=models.Q(("user", None)), fields=["changed_at"], name="inquiries_basket_visitors"
            ),
        ),
        migrations.AddConstraint(
            model_name="basket",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("key_hash__isnull", True), ("user__isnull", False)),
                    models.Q(("key_hash__isnull", False), ("user__isnull", True)),
                    _connector="OR",
                ),
                name="inquiries_basket_one_holder",
            ),
        ),
        migrations.AddConstraint(
            model_name="basket",
            constraint=models.CheckConstraint(
                condition=models.Q(("needs__contained_by", ["quotation", "samples", "own_brand"])),
                name="inquiries_basket_needs",
            ),
        ),
        migrations.AddConstraint(
            model_name="basketline",
            constraint=models.CheckConstraint(
                condition=models.Q(("quantity__isnull", True), ("quantity__gt", 0), _connector="OR"),
                name="inquiries_basketline_quantity_positive",
                violation_error_message="The quantity is above zero.",
            ),
        ),
        migrations.AddConstraint(
            model_name="basketline",
            constraint=models.CheckConstraint(
                condition=models.Q(("target_price__isnull", True), ("target_price__gt", 0), _connector="OR"),
                name="inquiries_basketline_target_price_positive",
                violation_error_message="The target price is above zero.",
            ),
        ),
        migrations.AddConstraint(
            model_name="basketline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("target_price__isnull", True), models.Q(("currency", ""), _negated=True), _connector="OR"
                ),
                name="inquiries_basketline_price_has_currency",
                violation_error_code="price_currency",
                violation_error_message="The target price needs its currency.",
            ),
        ),
        migrations.AddConstraint(
            model_name="basketline",
            constraint=models.UniqueConstraint(fields=("basket", "product"), name="inquiries_basketline_once"),
        ),
        migrations.AddConstraint(
            model_name="enquiryline",
            constraint=models.CheckConstraint(
                condition=models.Q(("quantity__isnull", True), ("quantity__gt", 0), _connector="OR"),
                name="inquiries_enquiryline_quantity_positive",
                violation_error_message="The quantity is above zero.",
            ),
        ),
        migrations.AddConstraint(
            model_name="enquiryline",
            constraint=models.CheckConstraint(
                condition=models.Q(("target_price__isnull", True), ("target_price__gt", 0), _connector="OR"),
                name="inquiries_enquiryline_target_price_positive",
                violation_error_message="The target price is above zero.",
            ),
        ),
        migrations.AddConstraint(
            model_name="enquiryline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("target_price__isnull", True), models.Q(("currency", ""), _negated=True), _connector="OR"
                ),
                name="inquiries_enquiryline_price_has_currency",
                violation_error_code="price_currency",
                violation_error_message="The target price needs its currency.",
            ),
        ),
        migrations.AddConstraint(
            model_name="enquiryline",
            constraint=models.UniqueConstraint(
                fields=("enquiry", "position"), name="inquiries_enquiryline_position_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="enquiryline",
            constraint=models.UniqueConstraint(
                condition=models.Q(("product__isnull", False)),
                fields=("enquiry", "product"),
                name="inquiries_enquiryline_product_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="enquiryreport",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "open")),
                fields=("enquiry", "side"),
                name="inquiries_report_one_open",
                violation_error_code="reported_already",
            ),
        ),
        migrations.AddConstraint(
            model_name="importer",
            constraint=models.CheckConstraint(
                condition=models.Q(("verified_at__isnull", False), ("verify_note", ""), _connector="OR"),
                name="inquiries_importer_note_of_verified",
                violation_error_message="Only a verified company has a note on its verification.",
            ),
        ),
        migrations.AddIndex(
            model_name="enquiry",
            index=models.Index(fields=["producer", "state", "-id"], name="inquiries_enquiry_producer"),
        ),
        migrations.AddIndex(
            model_name="enquiry",
            index=models.Index(fields=["importer", "-id"], name="inquiries_enquiry_importer"),
        ),
        migrations.AddIndex(
            model_name="enquiry",
            index=models.Index(fields=["market", "state", "due_at"], name="inquiries_enquiry_market"),
        ),
        migrations.AddIndex(
            model_name="enquiry",
            index=models.Index(
                condition=models.Q(("next_stage_at__isnull", False)),
                fields=["next_stage_at"],
                name="inquiries_enquiry_clock",
            ),
        ),
        migrations.AddIndex(
            model_name="enquiry",
            index=models.Index(
                condition=models.Q(("state", "sent")), fields=["expires_at"], name="inquiries_enquiry_expiry"
            ),
        ),
        migrations.AddIndex(
            model_name="enquiry",
            index=models.Index(
                condition=models.Q(("turn", "producer")), fields=["due_at", "id"], name="inquiries_enquiry_due"
            ),
        ),
        migrations.AddConstraint(
            model_name="enquiry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("due_at__isnull", False), ("turn", "producer")),
                    models.Q(models.Q(("turn", "producer"), _negated=True), ("due_at__isnull", True)),
                    _connector="OR",
                ),
                name="inquiries_enquiry_due_in_producers_turn",
            ),
        ),
        migrations.AddConstraint(
            model_name="enquiry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "declined"), _negated=True),
                    models.Q(("decline_reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="inquiries_enquiry_declined_has_reason",
                violation_error_message="Declining needs a reason.",
            ),
        ),
        migrations.AddConstraint(
            model_name="enquiry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "refused"), _negated=True),
                    models.Q(("refusal_reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="inquiries_enquiry_refused_has_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="enquiry",
            constraint=models.UniqueConstraint(fields=("round", "producer"), name="inquiries_enquiry_once_a_round"),
        ),
        migrations.AddConstraint(
            model_name="enquiry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "held"), _negated=True),
                    models.Q(("held_reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="inquiries_enquiry_held_has_reason",
            ),
        ),
        migrations.AddIndex(
            model_name="buyingrequest",
            index=models.Index(fields=["state", "submitted_at", "id"], name="inquiries_request_queue"),
        ),
        migrations.AddIndex(
            model_name="buyingrequest",
            index=models.Index(fields=["importer", "-id"], name="inquiries_request_own"),
        ),
        migrations.AddIndex(
            model_name="buyingrequest",
            index=models.Index(
                condition=models.Q(("state__in", ("submitted", "open"))),
                fields=["deadline"],
                name="inquiries_request_deadline",
            ),
        ),
        migrations.AddConstraint(
            model_name="buyingrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(("quantity__gt", 0)),
                name="inquiries_request_quantity_positive",
                violation_error_message="The quantity is above zero.",
            ),
        ),
        migrations.AddConstraint(
            model_name="buyingrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("target_price__isnull", True),
                    models.Q(("target_price__gt", 0), models.Q(("currency", ""), _negated=True)),
                    _connector="OR",
                ),
                name="inquiries_request_price_has_currency",
                violation_error_code="price_currency",
                violation_error_message="The target price is above zero and needs its currency.",
            ),
        ),
        migrations.AddConstraint(
            model_name="buyingrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "rejected"), _negated=True),
                    models.Q(("reject_reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="inquiries_request_rejected_has_reason",
                violation_error_message="Rejecting needs a reason.",
            ),
        ),
        migrations.AddConstraint(
            model_name="buyingrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "closed"), _negated=True),
                    models.Q(("outcome", ""), _negated=True),
                    _connector="OR",
                ),
                name="inquiries_request_closed_has_outcome",
                violation_error_message="Closing needs an outcome.",
            ),
        ),
        migrations.AddIndex(
            model_name="importernote",
            index=models.Index(fields=["mission", "importer"], name="inquiries_importernote_page"),
        ),
        migrations.AddIndex(
            model_name="match",
            index=models.Index(fields=["product", "state", "-id"], name="inquiries_match_of_product"),
        ),
        migrations.AddConstraint(
            model_name="match",
            constraint=models.UniqueConstraint(fields=("request", "product"), name="inquiries_match_once"),
        ),
        migrations.AddConstraint(
            model_name="match",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "passed"), _negated=True),
                    models.Q(("pass_reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="inquiries_match_passed_has_reason",
                violation_error_message="Say why you make no offer.",
            ),
        ),
        migrations.AddConstraint(
            model_name="productviews",
            constraint=models.UniqueConstraint(
                fields=("product", "day", "market_code"), name="inquiries_productviews_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="quotation",
            constraint=models.UniqueConstraint(fields=("enquiry", "version"), name="inquiries_quotation_version_once"),
        ),
        migrations.AddIndex(
            model_name="enquirymessage",
            index=models.Index(fields=["enquiry", "id"], name="inquiries_message_thread"),
        ),
        migrations.AddConstraint(
            model_name="enquirymessage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "text"), _negated=True), models.Q(("text", ""), _negated=True), _connector="OR"
                ),
                name="inquiries_message_says_something",
                violation_error_message="Please write your message.",
            ),
        ),
        migrations.AddConstraint(
            model_name="enquirymessage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("sample_price__isnull", True), models.Q(("sample_currency", ""), _negated=True), _connector="OR"
                ),
                name="inquiries_message_sample_currency",
                violation_error_message="The price of the samples needs its currency.",
            ),
        ),
        migrations.AddConstraint(
            model_name="enquirymessage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "cannot_supply"), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="inquiries_message_refusal_reason",
                violation_error_message="Please say why.",
            ),
        ),
        migrations.AddConstraint(
            model_name="quotationline",
            constraint=models.UniqueConstraint(
                fields=("quotation", "position"), name="inquiries_quotationline_position_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="quotationline",
            constraint=models.CheckConstraint(
                condition=models.Q(("quantity__gt", 0), ("unit_price__gt", 0)),
                name="inquiries_quotationline_above_zero",
                violation_error_message="Quantity and price are above zero.",
            ),
        ),
        migrations.AddConstraint(
            model_name="savedproduct",
            constraint=models.UniqueConstraint(fields=("importer", "product"), name="inquiries_savedproduct_once"),
        ),
        migrations.AddIndex(
            model_name="savedsearch",
            index=models.Index(
                condition=models.Q(("frequency", "off"), _negated=True),
                fields=["importer", "next_on"],
                name="inquiries_savedsearch_due",
            ),
        ),
        migrations.AddConstraint(
            model_name="savedsearch",
            constraint=models.UniqueConstraint(
                models.F("importer"),
                django.db.models.functions.text.MD5("query"),
                name="inquiries_savedsearch_once",
                violation_error_message="You have saved this search already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="senderblock",
            constraint=models.UniqueConstraint(
                condition=models.Q(("lifted_at__isnull", True)),
                fields=("importer", "producer"),
                name="inquiries_block_one_in_force",
                nulls_distinct=False,
            ),
        ),
    ]

"""Producers with their members, certificates and places."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.contrib.postgres.operations import CreateExtension
from django.db import migrations, models

import exporters.models.certificate_type
import exporters.models.producer
import kit.contacts
import kit.fields
import kit.text


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateExtension("pg_trgm"),
        CreateExtension("fuzzystrmatch"),
        migrations.CreateModel(
            name="CertificateType",
            fields=[
                ("code", models.CharField(max_length=20, primary_key=True, serialize=False, verbose_name="code")),
                ("name", kit.fields.TranslatedField(blank=True, default=dict, max_length=120, verbose_name="name")),
                ("issuer", models.CharField(blank=True, max_length=160, verbose_name="issuer")),
                ("proves", models.TextField(blank=True, verbose_name="what it proves")),
                ("has_expiry", models.BooleanField(default=True, verbose_name="expires")),
                (
                    "number_pattern",
                    models.CharField(
                        blank=True,
                        help_text="A regular expression. A number that does not match is a warning, unless the pattern is certain.",
                        max_length=200,
                        validators=[exporters.models.certificate_type.validate_pattern],
                        verbose_name="pattern of the number",
                    ),
                ),
                (
                    "pattern_is_certain",
                    models.BooleanField(
                        default=False,
                        help_text="A number that does not match is refused. Only where a rule leaves no other form.",
                        verbose_name="the pattern is certain",
                    ),
                ),
                (
                    "category_slugs",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=50),
                        blank=True,
                        default=list,
                        help_text="Empty: any category.",
                        size=None,
                        verbose_name="categories",
                    ),
                ),
                ("gives_badge", models.BooleanField(default=True, verbose_name="gives a badge")),
                ("note", models.TextField(blank=True, verbose_name="note")),
            ],
            options={
                "verbose_name": "certificate type",
                "verbose_name_plural": "certificate types",
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="Province",
            fields=[
                ("code", models.CharField(max_length=2, primary_key=True, serialize=False, verbose_name="code")),
                ("name", models.CharField(max_length=80, verbose_name="name")),
            ],
            options={
                "verbose_name": "province",
                "verbose_name_plural": "provinces",
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[("owner", "owner"), ("editor", "editor")],
                        default="editor",
                        max_length=6,
                        verbose_name="role",
                    ),
                ),
                (
                    "since",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="since"),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
            ],
            options={
                "verbose_name": "membership",
                "verbose_name_plural": "memberships",
                "ordering": ["producer", "role", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Producer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "draft"), ("listed", "listed"), ("suspended", "suspended")],
                        default="draft",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "slug",
                    models.SlugField(
                        blank=True,
                        editable=False,
                        max_length=80,
                        null=True,
                        unique=True,
                        verbose_name="address on the site",
                    ),
                ),
                (
                    "trade_name",
                    models.CharField(max_length=120, validators=[kit.text.validate_name], verbose_name="trade name"),
                ),
                (
                    "legal_name",
                    models.CharField(
                        blank=True, max_length=160, validators=[kit.text.validate_name], verbose_name="legal name"
                    ),
                ),
                ("trade_name_skeleton", models.CharField(db_default="", default="", editable=False, max_length=160)),
                ("legal_name_skeleton", models.CharField(db_default="", default="", editable=False, max_length=160)),
                (
                    "nib",
                    models.CharField(
                        blank=True,
                        max_length=13,
                        validators=[
                            django.core.validators.RegexValidator("^\\d{13}\\Z", "The NIB has 13 digits.", code="nib")
                        ],
                        verbose_name="business number (NIB)",
                    ),
                ),
                (
                    "npwp",
                    models.CharField(
                        blank=True,
                        max_length=22,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^(\\d{15}|\\d{16}|\\d{22})\\Z",
                                "The NPWP has 15 or 16 digits, 22 with the branch.",
                                code="npwp",
                            )
                        ],
                        verbose_name="tax number (NPWP)",
                    ),
                ),
                (
                    "address",
                    models.TextField(
                        blank=True, max_length=300, validators=[kit.text.validate_text], verbose_name="street address"
                    ),
                ),
                ("story", kit.fields.TranslatedField(blank=True, default=dict, max_length=3000, verbose_name="story")),
                (
                    "founded",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1800),
                            exporters.models.producer.validate_founded,
                        ],
                        verbose_name="founded in",
                    ),
                ),
                (
                    "employees",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(100000)],
                        verbose_name="employees",
                    ),
                ),
                (
                    "export_experience",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("none", "not yet"),
                            ("indirect", "through a trader"),
                            ("occasional", "now and then"),
                            ("regular", "regularly"),
                        ],
                        max_length=12,
                        verbose_name="export experience",
                    ),
                ),
                (
                    "exports_to",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=2),
                        blank=True,
                        default=list,
                        help_text="ISO 3166-1 alpha-2 codes",
                        size=None,
                        verbose_name="exports to",
                    ),
                ),
                (
                    "languages_spoken",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=3),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="languages spoken",
                    ),
                ),
                (
                    "contact_name",
                    models.CharField(
                        blank=True, max_length=120, validators=[kit.text.validate_name], verbose_name="contact person"
                    ),
                ),
                (
                    "contact_phone",
                    models.CharField(
                        blank=True, help_text="With country code, e.g. +62812…", max_length=16, verbose_name="phone"
                    ),
                ),
                ("contact_email", models.EmailField(blank=True, max_length=254, verbose_name="contact e-mail")),
                (
                    "website",
                    models.URLField(blank=True, validators=[kit.contacts.validate_public_url], verbose_name="website"),
                ),
                ("logo_key", models.UUIDField(blank=True, editable=False, null=True, verbose_name="logo")),
                (
                    "logo_bytes",
                    models.PositiveIntegerField(default=0, editable=False, help_text="Of all its sizes together"),
                ),
                ("cover_key", models.UUIDField(blank=True, editable=False, null=True, verbose_name="cover picture")),
                (
                    "cover_bytes",
                    models.PositiveIntegerField(default=0, editable=False, help_text="Of all its sizes together"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("listed_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="listed since")),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="created by",
                    ),
                ),
                (
                    "members",
                    models.ManyToManyField(
                        related_name="producers",
                        through="exporters.Membership",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="members",
                    ),
                ),
            ],
            options={
                "verbose_name": "producer",
                "verbose_name_plural": "producers",
                "ordering": ["trade_name", "pk"],
                "permissions": [
                    ("onboard_producer", "Can onboard producers of assigned regencies"),
                    ("suspend_producer", "Can suspend and restore producers"),
                ],
            },
        ),
        migrations.AddField(
            model_name="membership",
            name="producer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="memberships",
                to="exporters.producer",
                verbose_name="producer",
            ),
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("email", models.EmailField(max_length=254, verbose_name="e-mail")),
                (
                    "role",
                    models.CharField(
                        choices=[("owner", "owner"), ("editor", "editor")],
                        default="editor",
                        max_length=6,
                        verbose_name="role",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="sent")),
                ("expires_at", models.DateTimeField(verbose_name="valid until")),
                ("accepted_at", models.DateTimeField(blank=True, null=True, verbose_name="accepted")),
                ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="revoked")),
                (
                    "accepted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="accepted by",
                    ),
                ),
                (
                    "invited_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="invited by",
                    ),
                ),
                (
                    "producer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="invitations",
                        to="exporters.producer",
                        verbose_name="producer",
                    ),
                ),
            ],
            options={
                "verbose_name": "invitation",
                "verbose_name_plural": "invitations",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="Certificate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=80, validators=[kit.text.validate_text], verbose_name="number")),
                (
                    "issuer",
                    models.CharField(max_length=160, validators=[kit.text.validate_text], verbose_name="issuer"),
                ),
                ("issued_on", models.DateField(verbose_name="issued on")),
                ("expires_on", models.DateField(blank=True, null=True, verbose_name="expires on")),
                ("file_path", models.CharField(editable=False, max_length=120, verbose_name="file")),
                (
                    "file_kind",
                    models.CharField(choices=[("pdf", "PDF"), ("picture", "picture")], editable=False, max_length=8),
                ),
                ("file_bytes", models.PositiveIntegerField(default=0, editable=False)),
                ("first_page_path", models.CharField(blank=True, editable=False, max_length=120)),
                ("first_page_tries", models.PositiveSmallIntegerField(default=0, editable=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("submitted", "waiting for verification"),
                            ("verified", "verified"),
                            ("rejected", "rejected"),
                        ],
                        default="submitted",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("submitted_at", models.DateTimeField(auto_now_add=True, verbose_name="submitted")),
                ("decided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="decided")),
                ("verified_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="verified")),
                ("rejection", models.TextField(blank=True, max_length=500, verbose_name="reason of the rejection")),
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
                    "renews",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="renewals",
                        to="exporters.certificate",
                        verbose_name="renews",
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="submitted by",
                    ),
                ),
                (
                    "type",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="certificates",
                        to="exporters.certificatetype",
                        verbose_name="type",
                    ),
                ),
                (
                    "producer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="certificates",
                        to="exporters.producer",
                        verbose_name="producer",
                    ),
                ),
            ],
            options={
                "verbose_name": "certificate",
                "verbose_name_plural": "certificates",
                "ordering": ["-pk"],
                "permissions": [("verify_certificate", "Can verify or reject certificates")],
            },
        ),
        migrations.CreateModel(
            name="Regency",
            fields=[
                ("code", models.CharField(max_length=5, primary_key=True, serialize=False, verbose_name="code")),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                (
                    "province",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="regencies",
                        to="exporters.province",
                        verbose_name="province",
                    ),
                ),
            ],
            options={
                "verbose_name": "regency",
                "verbose_name_plural": "regencies",
                "ordering": ["name", "code"],
            },
        ),
        migrations.AddField(
            model_name="producer",
            name="regency",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="producers",
                to="exporters.regency",
                verbose_name="regency",
            ),
        ),
        migrations.CreateModel(
            name="OfficerScope",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="officer_scopes",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="local officer",
                    ),
                ),
                (
                    "regency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="officers",
                        to="exporters.regency",
                        verbose_name="regency",
                    ),
                ),
            ],
            options={
                "verbose_name": "officer's regency",
                "verbose_name_plural": "officers' regencies",
                "ordering": ["user", "regency"],
            },
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.UniqueConstraint(
                fields=("user", "producer"),
                name="exporters_membership_once",
                violation_error_message="This person already belongs to the producer.",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("accepted_at__isnull", True), ("revoked_at__isnull", True)),
                fields=("producer", "email"),
                name="exporters_invitation_one_open",
                violation_error_message="This address already has an open invitation.",
            ),
        ),
        migrations.AddIndex(
            model_name="certificate",
            index=models.Index(fields=["expires_on"], name="exporters_certificate_expiry"),
        ),
        migrations.AddConstraint(
            model_name="certificate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("expires_on__isnull", True), ("expires_on__gt", models.F("issued_on")), _connector="OR"
                ),
                name="exporters_certificate_dates",
                violation_error_code="certificate_dates",
                violation_error_message="A certificate expires after it was issued.",
            ),
        ),
        migrations.AddConstraint(
            model_name="certificate",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "rejected"), _negated=True),
                fields=("renews",),
                name="exporters_certificate_one_renewal",
                violation_error_code="renewed_already",
                violation_error_message="This certificate is renewed already.",
            ),
        ),
        migrations.AddIndex(
            model_name="producer",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["trade_name"], name="exporters_producer_name", opclasses=["gin_trgm_ops"]
            ),
        ),
        migrations.AddIndex(
            model_name="producer",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["trade_name_skeleton"], name="exporters_producer_looks", opclasses=["gin_trgm_ops"]
            ),
        ),
        migrations.AddIndex(
            model_name="producer",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["legal_name_skeleton"], name="exporters_producer_legal_looks", opclasses=["gin_trgm_ops"]
            ),
        ),
        migrations.AddConstraint(
            model_name="producer",
            constraint=models.CheckConstraint(
                condition=models.Q(("nib", ""), ("nib__regex", "^\\d{13}$"), _connector="OR"),
                name="exporters_producer_nib",
                violation_error_message="The NIB has 13 digits.",
            ),
        ),
        migrations.AddConstraint(
            model_name="producer",
            constraint=models.CheckConstraint(
                condition=models.Q(("npwp", ""), ("npwp__regex", "^(\\d{15}|\\d{16}|\\d{22})$"), _connector="OR"),
                name="exporters_producer_npwp",
                violation_error_message="The NPWP has 15 or 16 digits, 22 with the branch.",
            ),
        ),
        migrations.AddConstraint(
            model_name="producer",
            constraint=models.CheckConstraint(
                condition=models.Q(("slug__isnull", False), ("state__in", ["draft", "suspended"]), _connector="OR"),
                name="exporters_producer_listed_has_slug",
                violation_error_message="A listed producer has an address on the site.",
            ),
        ),
        migrations.AddConstraint(
            model_name="officerscope",
            constraint=models.UniqueConstraint(fields=("user", "regency"), name="exporters_officerscope_once"),
        ),
    ]

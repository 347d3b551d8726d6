"""People, their second factors, letters and the audit trail."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.text
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import accounts.models.user
import kit.text


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.CreateModel(
            name="User",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                ("email", models.EmailField(max_length=254, unique=True, verbose_name="e-mail")),
                ("name", models.CharField(max_length=120, validators=[kit.text.validate_name], verbose_name="name")),
                (
                    "language",
                    models.CharField(
                        choices=[("id", "Indonesian"), ("en", "English"), ("es", "Spanish"), ("pt-br", "Portuguese")],
                        default="id",
                        max_length=5,
                        verbose_name="language",
                    ),
                ),
                (
                    "time_zone",
                    models.CharField(
                        default="Asia/Jakarta",
                        help_text="Times are shown in this zone; WIB is Asia/Jakarta.",
                        max_length=50,
                        validators=[accounts.models.user.validate_time_zone],
                        verbose_name="time zone",
                    ),
                ),
                ("is_staff", models.BooleanField(default=False, verbose_name="may open the embassy desk")),
                ("is_active", models.BooleanField(default=True, verbose_name="active")),
                ("session_round", models.PositiveIntegerField(db_default=0, default=0, editable=False)),
                (
                    "joined_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="joined"),
                ),
                ("erased_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="erased")),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
            ],
            options={
                "verbose_name": "user",
                "verbose_name_plural": "users",
                "ordering": ["email"],
                "permissions": [
                    ("guard_user", "Can shut a person out, end their sessions and reset a lost second factor"),
                    ("erase_user", "Can erase a person's account"),
                ],
            },
        ),
        migrations.CreateModel(
            name="AuditEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="time")),
                ("verb", models.CharField(max_length=40, verbose_name="verb")),
                ("object_type", models.CharField(help_text="app.model", max_length=60, verbose_name="kind of object")),
                ("object_id", models.CharField(max_length=40, verbose_name="object")),
                ("from_state", models.TextField(blank=True, verbose_name="from")),
                ("to_state", models.TextField(blank=True, verbose_name="to")),
                ("why", models.TextField(blank=True, verbose_name="why")),
                ("as_superuser", models.BooleanField(default=False, verbose_name="as superuser")),
                ("request_id", models.CharField(blank=True, max_length=36, verbose_name="request")),
                (
                    "address",
                    models.CharField(
                        blank=True, help_text="Shortened: /24 or /48.", max_length=43, verbose_name="network"
                    ),
                ),
                (
                    "transaction",
                    models.BigIntegerField(
                        db_default=django.db.models.functions.comparison.Cast(
                            django.db.models.functions.comparison.Cast(
                                models.Func(function="pg_current_xact_id", output_field=models.TextField()),
                                models.TextField(),
                            ),
                            models.BigIntegerField(),
                        ),
                        editable=False,
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
            ],
            options={
                "verbose_name": "audit entry",
                "verbose_name_plural": "audit trail",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="Holiday",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(verbose_name="day")),
                (
                    "country",
                    models.CharField(
                        default="ID", help_text="ISO 3166-1 alpha-2", max_length=2, verbose_name="country"
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="name")),
            ],
            options={
                "verbose_name": "holiday",
                "verbose_name_plural": "holidays",
                "ordering": ["day", "country"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("day", "country"),
                        name="accounts_holiday_once",
                        violation_error_message="This day is already a holiday there.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Letter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("event", models.CharField(max_length=120, verbose_name="event")),
                ("address", models.EmailField(max_length=254, verbose_name="e-mail")),
                (
                    "language",
                    models.CharField(
                        choices=[("id", "Indonesian"), ("en", "English"), ("es", "Spanish"), ("pt-br", "Portuguese")],
                        max_length=5,
                        verbose_name="language",
                    ),
                ),
                ("subject", models.CharField(max_length=200, verbose_name="subject")),
                ("body", models.TextField(blank=True, verbose_name="text")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("account", "Account and security"),
                            ("reviews", "Reviews of products"),
                            ("certificates", "Certificates"),
                            ("listings", "Offers in markets"),
                            ("enquiries", "Enquiries and quotations"),
                            ("saved_searches", "Saved searches"),
                            ("digests", "Summaries"),
                            ("daily", "Letter of the day"),
                        ],
                        db_default="account",
                        default="account",
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "thread",
                    models.CharField(blank=True, db_default="", default="", max_length=80, verbose_name="thread"),
                ),
                ("page", models.CharField(blank=True, db_default="", default="", max_length=300, verbose_name="page")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting"),
                            ("sent", "sent"),
                            ("failed", "failed for good"),
                            ("held", "waits for the letter of the day"),
                            ("gathered", "sent in a letter of the day"),
                            ("unwanted", "not sent: not wanted"),
                            ("stopped", "not sent: letters come back"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("tries", models.PositiveSmallIntegerField(default=0, verbose_name="tries")),
                ("next_try_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="next try")),
                ("last_error", models.CharField(blank=True, max_length=200, verbose_name="last error")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="written")),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="sent")),
                (
                    "is_parting",
                    models.BooleanField(
                        db_default=False, default=False, verbose_name="last letter to an erased account"
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="letters",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="recipient",
                    ),
                ),
            ],
            options={
                "verbose_name": "letter",
                "verbose_name_plural": "letters",
                "ordering": ["-pk"],
                "permissions": [("retry_letter", "Can send letters again that failed")],
            },
        ),
        migrations.CreateModel(
            name="Bounce",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("address", models.EmailField(max_length=254, verbose_name="e-mail")),
                ("is_permanent", models.BooleanField(verbose_name="for good")),
                ("status", models.CharField(help_text="RFC 3463, such as 5.1.1", max_length=16, verbose_name="status")),
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
            },
        ),
        migrations.CreateModel(
            name="LetterChoice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("account", "Account and security"),
                            ("reviews", "Reviews of products"),
                            ("certificates", "Certificates"),
                            ("listings", "Offers in markets"),
                            ("enquiries", "Enquiries and quotations"),
                            ("saved_searches", "Saved searches"),
                            ("digests", "Summaries"),
                            ("daily", "Letter of the day"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "how_often",
                    models.CharField(
                        choices=[("at_once", "At once"), ("daily", "Together, once a day"), ("never", "Not at all")],
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
            },
        ),
        migrations.CreateModel(
            name="RateLimit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("scope", models.CharField(max_length=20)),
                ("key_hash", models.CharField(max_length=64)),
                ("tries", models.PositiveIntegerField()),
                ("ends_at", models.DateTimeField(db_index=True)),
            ],
            options={
                "verbose_name": "rate limit",
                "verbose_name_plural": "rate limits",
                "constraints": [models.UniqueConstraint(fields=("scope", "key_hash"), name="accounts_ratelimit_once")],
            },
        ),
        migrations.CreateModel(
            name="SubmissionKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("action", models.CharField(help_text="URL name", max_length=80)),
                ("key", models.CharField(max_length=64)),
                ("body_hash", models.CharField(max_length=64)),
                ("answer_status", models.PositiveSmallIntegerField(null=True)),
                ("answer", models.JSONField(default=dict)),
                ("created_at", models.DateTimeField(auto_now_add=True, db_index=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "submission key",
                "verbose_name_plural": "submission keys",
            },
        ),
        migrations.CreateModel(
            name="Token",
            fields=[
                ("digest", models.CharField(max_length=128, primary_key=True, serialize=False)),
                ("token_key", models.CharField(db_index=True, max_length=25)),
                ("created", models.DateTimeField(auto_now_add=True)),
                ("expiry", models.DateTimeField(blank=True, null=True)),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                (
                    "scopes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("catalogue:read", "read the catalogue"),
                                ("desk:write", "work on own products"),
                                ("review:write", "review products"),
                                ("markets:write", "decide listings"),
                                ("certificates:write", "verify certificates"),
                                ("inquiries:write", "ask, answer and keep what importers keep"),
                                ("tokens:write", "see and revoke own tokens"),
                            ],
                            max_length=30,
                        ),
                        default=list,
                        size=None,
                        verbose_name="scopes",
                    ),
                ),
                ("last_used_at", models.DateTimeField(blank=True, null=True, verbose_name="last used")),
                (
                    "with_factor",
                    models.BooleanField(db_default=False, default=False, verbose_name="given out for a second factor"),
                ),
                ("mark", models.CharField(default="", editable=False, max_length=16)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="auth_token_set",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "API token",
                "verbose_name_plural": "API tokens",
                "ordering": ["-created"],
            },
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.UniqueConstraint(
                django.db.models.functions.text.Lower("email"),
                name="accounts_user_email",
                violation_error_message="This e-mail address is already in use.",
            ),
        ),
        migrations.AddIndex(
            model_name="auditentry",
            index=models.Index(fields=["object_type", "object_id", "-id"], name="accounts_audit_object"),
        ),
        migrations.AddIndex(
            model_name="auditentry",
            index=models.Index(fields=["by", "-id"], name="accounts_audit_by"),
        ),
        migrations.AddIndex(
            model_name="auditentry",
            index=models.Index(fields=["verb", "-id"], name="accounts_audit_verb"),
        ),
        migrations.AddIndex(
            model_name="auditentry",
            index=django.contrib.postgres.indexes.BrinIndex(
                fields=["at"], name="accounts_audit_at", pages_per_range=32
            ),
        ),
        migrations.AddIndex(
            model_name="auditentry",
            index=django.contrib.postgres.indexes.BrinIndex(
                fields=["transaction"], name="accounts_audit_transaction", pages_per_range=32
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="auditentry",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="f78d7546cae6abefbfed448b788eab0e8a36f6bf",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_e6c89",
                    table="accounts_auditentry",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="auditentry",
            trigger=pgtrigger.compiler.Trigger(
                name="no_truncate",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'the audit trail is append-only';",
                    hash="f9a076a025cbad3bfa89cd82209f65879571801c",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_no_truncate_74803",
                    table="accounts_auditentry",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="letter",
            index=models.Index(
                condition=models.Q(("state", "waiting")), fields=["next_try_at"], name="accounts_letter_due"
            ),
        ),
        migrations.AddIndex(
            model_name="letter",
            index=models.Index(
                condition=models.Q(("state", "held")), fields=["recipient"], name="accounts_letter_held"
            ),
        ),
        migrations.AddIndex(
            model_name="letter",
            index=models.Index(
                condition=models.Q(("thread", ""), _negated=True), fields=["thread"], name="accounts_letter_thread"
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.UniqueConstraint(fields=("event", "address"), name="accounts_letter_event_address"),
        ),
        migrations.AddIndex(
            model_name="bounce",
            index=models.Index(fields=["address"], name="accounts_bounce_address"),
        ),
        migrations.AddConstraint(
            model_name="bounce",
            constraint=models.UniqueConstraint(fields=("letter", "is_permanent"), name="accounts_bounce_once"),
        ),
        migrations.AddConstraint(
            model_name="letterchoice",
            constraint=models.UniqueConstraint(fields=("user", "kind"), name="accounts_letterchoice_once"),
        ),
        migrations.AddConstraint(
            model_name="submissionkey",
            constraint=models.UniqueConstraint(fields=("user", "action", "key"), name="accounts_submissionkey_once"),
        ),
    ]

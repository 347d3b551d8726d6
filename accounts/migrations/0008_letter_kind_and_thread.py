"""Letters know what they are about, and which of them belong together."""

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
STATES = [
    ("waiting", "waiting"),
    ("sent", "sent"),
    ("failed", "failed for good"),
    ("held", "waits for the letter of the day"),
    ("gathered", "sent in a letter of the day"),
    ("unwanted", "not sent: not wanted"),
    ("stopped", "not sent: letters come back"),
]


class Migration(migrations.Migration):
    dependencies = [("accounts", "0007_audit_transaction")]

    operations = [
        migrations.AddField(
            model_name="letter",
            name="kind",
            field=models.CharField(
                choices=KINDS, db_default="account", default="account", max_length=20, verbose_name="kind"
            ),
        ),
        migrations.AddField(
            model_name="letter",
            name="thread",
            field=models.CharField(blank=True, db_default="", default="", max_length=80, verbose_name="thread"),
        ),
        migrations.AddField(
            model_name="letter",
            name="page",
            field=models.CharField(blank=True, db_default="", default="", max_length=300, verbose_name="page"),
        ),
        migrations.AlterField(
            model_name="letter",
            name="state",
            field=models.CharField(choices=STATES, default="waiting", max_length=10, verbose_name="state"),
        ),
    ]

"""The last letter to an erased account leaves nothing in the outbox."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_user_erased")]

    operations = [
        migrations.AddField(
            model_name="letter",
            name="is_parting",
            field=models.BooleanField(db_default=False, default=False, verbose_name="last letter to an erased account"),
        ),
    ]

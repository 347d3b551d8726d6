"""Sessions and tokens end by their round; a token knows whether a second factor stood behind it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_rate_limit")]

    operations = [
        migrations.AlterModelOptions(
            name="user",
            options={
                "ordering": ["email"],
                "permissions": [
                    ("guard_user", "Can shut a person out, end their sessions and reset a lost second factor")
                ],
                "verbose_name": "user",
                "verbose_name_plural": "users",
            },
        ),
        migrations.AddField(
            model_name="user",
            name="session_round",
            field=models.PositiveIntegerField(db_default=0, default=0, editable=False),
        ),
        migrations.AddField(
            model_name="token",
            name="with_factor",
            field=models.BooleanField(db_default=False, default=False, verbose_name="given out for a second factor"),
        ),
    ]

"""A mission may be an honorary consulate, which is no consulate general. Changes no table."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("markets", "0009_collection_own_cover")]

    operations = [
        migrations.AlterField(
            model_name="mission",
            name="type",
            field=models.CharField(
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
    ]

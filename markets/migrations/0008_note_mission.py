"""Notes on several kinds of things share one rule: none has a name on the mission. Changes no table."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("markets", "0007_mission_note")]

    operations = [
        migrations.AlterField(
            model_name="missionnote",
            name="mission",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="markets.mission",
                verbose_name="mission",
            ),
        ),
    ]

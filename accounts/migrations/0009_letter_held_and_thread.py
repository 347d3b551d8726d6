"""What waits for a letter of the day, and what belongs to a thread, is found quickly."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("accounts", "0008_letter_kind_and_thread")]

    operations = [
        AddIndexConcurrently(
            model_name="letter",
            index=models.Index(condition=models.Q(state="held"), fields=["recipient"], name="accounts_letter_held"),
        ),
        AddIndexConcurrently(
            model_name="letter",
            index=models.Index(condition=~models.Q(thread=""), fields=["thread"], name="accounts_letter_thread"),
        ),
    ]

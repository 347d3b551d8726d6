"""The powers of promotion, for the groups that are there already."""

from django.db import migrations


def make_roles(apps, schema_editor):
    from accounts.roles import ensure_roles

    ensure_roles(using=schema_editor.connection.alias)


class Migration(migrations.Migration):
    dependencies = [("promotion", "0001_initial"), ("inaaccess", "0004_new_powers")]
    # Going back leaves the groups with what they may; the powers of models that are gone go with them.
    operations = [migrations.RunPython(make_roles, migrations.RunPython.noop)]

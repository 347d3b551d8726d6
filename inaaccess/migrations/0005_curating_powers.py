"""The power to curate collections, for the groups that are there already."""

from django.db import migrations


def make_roles(apps, schema_editor):
    from accounts.roles import ensure_roles

    ensure_roles(using=schema_editor.connection.alias)


class Migration(migrations.Migration):
    dependencies = [("inaaccess", "0004_new_powers"), ("markets", "0030_collection")]
    # Going back leaves the groups with what they may; the power goes with its model.
    operations = [migrations.RunPython(make_roles, migrations.RunPython.noop)]

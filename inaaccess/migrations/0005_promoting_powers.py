"""The powers that came with rules, collections, notes, campaigns, documents and webhooks, for the groups that exist."""

from django.db import migrations


def make_roles(apps, schema_editor):
    from accounts.roles import ensure_roles

    ensure_roles(using=schema_editor.connection.alias)


class Migration(migrations.Migration):
    dependencies = [
        ("inaaccess", "0004_new_powers"),
        ("markets", "0007_mission_note"),
        ("promotion", "0001_initial"),
        ("webhooks", "0001_initial"),
    ]
    # Going back leaves the groups with what they may; the powers of models that are gone go with them.
    operations = [migrations.RunPython(make_roles, migrations.RunPython.noop)]

"""The groups of ministry, missions and officers with their powers."""

from django.db import migrations


def make_roles(apps, schema_editor):
    from accounts.roles import ensure_roles

    ensure_roles(using=schema_editor.connection.alias)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("catalog", "0002_initial"),
        ("exporters", "0001_initial"),
        ("inquiries", "0001_initial"),
        ("markets", "0001_initial"),
    ]
    # Going back leaves the groups: people may have been added to them.
    operations = [migrations.RunPython(make_roles, migrations.RunPython.noop)]

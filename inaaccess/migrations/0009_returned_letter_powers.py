"""The power to see which letters came back, for the groups that exist."""

from django.db import migrations


def make_roles(apps, schema_editor):
    from accounts.roles import ensure_roles

    ensure_roles(using=schema_editor.connection.alias)


class Migration(migrations.Migration):
    dependencies = [
        ("inaaccess", "0007_enquiry_powers"),
        ("accounts", "0011_bounce"),
    ]
    # Going back leaves the groups with what they may; the powers of models that are gone go with them.
    operations = [migrations.RunPython(make_roles, migrations.RunPython.noop)]

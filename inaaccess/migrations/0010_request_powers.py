"""The power that came with buying requests, for the groups that exist."""

from django.db import migrations


def make_roles(apps, schema_editor):
    from accounts.roles import ensure_roles

    ensure_roles(using=schema_editor.connection.alias)


class Migration(migrations.Migration):
    dependencies = [
        ("inaaccess", "0009_returned_letter_powers"),
        ("inquiries", "0031_match"),
    ]
    # Going back leaves the groups with what they may; the powers of models that are gone go with them.
    operations = [migrations.RunPython(make_roles, migrations.RunPython.noop)]

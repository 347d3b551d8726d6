"""The powers that came with the review desk, the vault and the second factor, for the groups that are there already."""

from django.db import migrations


def make_roles(apps, schema_editor):
    from accounts.roles import ensure_roles

    ensure_roles(using=schema_editor.connection.alias)


class Migration(migrations.Migration):
    dependencies = [
        ("inaaccess", "0003_track_powers"),
        ("accounts", "0005_user_erased"),
        ("catalog", "0017_required_certificates"),
    ]
    # Going back leaves the groups with what they may; the powers of models that are gone go with them.
    operations = [migrations.RunPython(make_roles, migrations.RunPython.noop)]

"""The power to keep webhooks, for the groups that are there already."""

from django.db import migrations


def make_roles(apps, schema_editor):
    from accounts.roles import ensure_roles

    ensure_roles(using=schema_editor.connection.alias)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_audit_transaction"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("webhooks", "0001_initial"),
    ]
    # Going back leaves the groups with what they may; the powers of models that are gone go with them.
    operations = [migrations.RunPython(make_roles, migrations.RunPython.noop)]

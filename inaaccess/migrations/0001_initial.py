"""The table of the cache that all processes share; the groups of ministry, missions and officers with their powers."""

from django.core.management import call_command
from django.db import migrations


def make_cache_table(apps, schema_editor):
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


def drop_cache_table(apps, schema_editor):
    schema_editor.execute("DROP TABLE IF EXISTS shared_cache")


def make_roles(apps, schema_editor):
    from accounts.roles import ensure_roles

    ensure_roles(using=schema_editor.connection.alias)


class Migration(migrations.Migration):
    initial = True
    dependencies = [
        ("accounts", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("catalog", "0001_initial"),
        ("exporters", "0001_initial"),
        ("inquiries", "0001_initial"),
        ("markets", "0001_initial"),
        ("promotion", "0001_initial"),
        ("webhooks", "0001_initial"),
    ]
    operations = [
        migrations.RunPython(make_cache_table, drop_cache_table),
        # Going back leaves the groups: people may have been added to them.
        migrations.RunPython(make_roles, migrations.RunPython.noop),
    ]

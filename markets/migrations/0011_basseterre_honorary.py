"""The consulate in Basseterre that the reference data brought is an honorary one."""

from django.db import migrations


def make_honorary(apps, schema_editor):
    """Safe to run twice; what staff set since stays."""
    apps.get_model("markets", "Mission").objects.filter(code="HC-SKB", type="consulate").update(type="honorary")


def make_consulate(apps, schema_editor):
    """Back to the type that the earlier code knows."""
    apps.get_model("markets", "Mission").objects.filter(type="honorary").update(type="consulate")


class Migration(migrations.Migration):
    dependencies = [("markets", "0010_honorary_consulate")]

    operations = [migrations.RunPython(make_honorary, make_consulate)]

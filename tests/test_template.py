"""The template of the tests' databases is never older than the files that it was made from."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from tests.template import PREFIX, fingerprint, template_database

FILES = {
    "shop/migrations/0001_initial.py": "import shop.fields\nif True:\n    from shop.roles import X",
    "shop/models/thing.py": "a = 1",
    "shop/fields.py": "a = 1",
    "shop/roles.py": "X = 1",
    "shop/views.py": "a = 1",
    "requirements.txt": "django==5.2",
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


@pytest.mark.parametrize("name", [name for name in FILES if name != "shop/views.py"])
def test_a_change_of_what_makes_the_schema_changes_the_fingerprint(project, name):
    before = fingerprint(project)
    (project / name).write_text(FILES[name] + "\n")
    assert fingerprint(project) != before


def test_a_new_migration_changes_the_fingerprint_and_so_does_one_that_goes(project):
    before = fingerprint(project)
    new = project / "shop/migrations/0002_more.py"
    new.write_text("")
    assert fingerprint(project) != before
    new.unlink()
    assert fingerprint(project) == before


def test_a_change_of_a_view_does_not(project):
    before = fingerprint(project)
    (project / "shop/views.py").write_text("b = 2")
    assert fingerprint(project) == before


@pytest.mark.django_db
def test_the_database_of_this_test_is_a_copy_of_the_template_of_these_files():
    name = PREFIX + fingerprint(settings.BASE_DIR)
    assert connection.settings_dict["TEST"]["TEMPLATE"] == name
    assert template_database() == name, "the second time it is there"
    with connection.cursor() as cursor:
        cursor.execute("SELECT datname, datallowconn FROM pg_database WHERE starts_with(datname, %s)", [PREFIX])
        assert cursor.fetchall() == [(name, False)], "nobody can change it, and no older one is left"

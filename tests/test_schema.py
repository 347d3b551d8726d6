"""The migrations make the schema that is written down in tests/schema.txt: whoever changes it sees all that changes."""

from __future__ import annotations

from difflib import unified_diff

import pytest
from django.db import connection

from tests.schema import LISTING, described

pytestmark = pytest.mark.django_db


def difference() -> str:
    """What the database has otherwise than the listing, as a diff."""
    lines = unified_diff(
        LISTING.read_text().splitlines(), described().splitlines(), LISTING.name, "the migrations", lineterm="", n=0
    )
    return "\n".join(lines)


def test_the_migrations_make_the_schema_of_the_listing(pytestconfig):
    if pytestconfig.getoption("write_schema"):
        LISTING.write_text(described())
    if found := difference():
        pytest.fail(f"{found}\n\nIf this is what the migrations shall do, run `make schema` and commit {LISTING.name}.")


@pytest.mark.parametrize(
    ("change", "seen"),
    [
        ("CREATE EXTENSION citext", "+citext"),
        ("CREATE TABLE x (id int)", "+x: id integer"),
        ("ALTER TABLE catalog_unit ADD COLUMN x int", "+catalog_unit: x integer"),
        ("ALTER TABLE catalog_product ALTER COLUMN slug SET DEFAULT 'x'", "default 'x'"),
        ("ALTER TABLE catalog_product ALTER COLUMN slug SET STORAGE MAIN", 'storage "m"'),
        ("ALTER TABLE catalog_unit ADD CONSTRAINT x CHECK (code <> '')", "+catalog_unit: x CHECK"),
        ("CREATE INDEX x ON catalog_unit (code)", "CREATE INDEX x"),
        ("DROP INDEX catalog_photo_likeness", "INDEX catalog_photo_likeness"),
        ("DROP TRIGGER search_new_terms ON catalog_commodity", "TRIGGER search_new_terms"),
        ("ALTER FUNCTION likeness_parts PARALLEL UNSAFE", "-     IMMUTABLE PARALLEL SAFE STRICT"),
        ("CREATE VIEW x AS SELECT 1 AS one", "+x:"),
        ("ALTER TEXT SEARCH CONFIGURATION cat_es DROP MAPPING FOR email", "-cat_es: email"),
    ],
)
def test_a_change_of_any_kind_is_seen(change, seen):
    with connection.cursor() as cursor:
        cursor.execute(change)
    assert seen in difference()

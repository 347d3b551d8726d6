"""S35: migrations can be taken back, wait for nobody, and do nothing that a full table would have to wait for."""

from __future__ import annotations

from typing import Any

import psycopg2
import pytest
from django.contrib.postgres import operations as postgres
from django.core.management import CommandError, call_command
from django.core.management.commands import migrate
from django.db import connection, migrations, models, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.migration import Migration
from django.db.migrations.state import ProjectState
from django.db.models.functions import Now

from tests.migration_safety import dangers, is_new
from tests.test_architecture import PACKAGES

LETTERS = models.CharField(max_length=10, null=True)
CHECK = models.CheckConstraint(condition=models.Q(number__gt=0), name="x")


@pytest.fixture(scope="module")
def loader() -> MigrationLoader:
    return MigrationLoader(None)


def test_S35_every_migration_can_be_taken_back(loader):
    ours = [migration for (app, _name), migration in loader.disk_migrations.items() if app in PACKAGES]
    assert {migration.app_label for migration in ours} == {*PACKAGES} - {"kit"}
    lasting = [(migration, operation) for migration in ours
               for operation in migration.operations if not operation.reversible]  # fmt: skip
    assert not lasting


@pytest.mark.django_db
def test_S35_no_migration_since_the_last_release_is_unsafe_on_a_full_table(loader):
    found: dict[tuple[str, str], list[str]] = {}
    made: set[tuple[str, str]] = set()
    for key in loader.graph._generate_plan(loader.graph.leaf_nodes(), at_end=True):
        if key[0] in PACKAGES and is_new(*key):
            state = loader.project_state(key, at_end=False)
            if told := dangers(loader.get_migration(*key), state, made):
                found[key] = told
    assert not found


@pytest.mark.django_db
def test_S35_every_migration_that_there_is_can_be_judged(loader):
    state, found = ProjectState(), []
    for key in loader.graph._generate_plan(loader.graph.leaf_nodes(), at_end=True):
        migration = loader.get_migration(*key)
        if key[0] in PACKAGES:
            found += dangers(migration, state, set())
        state = migration.mutate_state(state, preserve=False)
    assert found  # the indexes of the search, made by SQL: they met empty tables, for no release is older than they are
    assert all(": " in told for told in found)


def judged(loader: MigrationLoader, *operations: Any) -> list[str]:
    migration = type("Migration", (Migration,), {"operations": list(operations)})
    return dangers(migration("x", "catalog"), loader.project_state(), set())


@pytest.mark.django_db
@pytest.mark.parametrize(
    "operation",
    [
        migrations.AddField("product", "x", models.IntegerField(default=0)),
        migrations.AddField("product", "x", models.IntegerField(null=True, db_index=True)),
        migrations.AddField("product", "x", models.ForeignKey("catalog.unit", models.CASCADE, null=True)),
        migrations.AlterField("product", "slug", models.IntegerField()),
        migrations.AlterField("product", "slug", models.SlugField(max_length=5, unique=True, null=True)),
        migrations.AlterField("productrevision", "lead_time_days", models.PositiveSmallIntegerField()),
        migrations.AddIndex("product", models.Index(fields=["state"], name="x")),
        migrations.AddConstraint("product", CHECK),
        migrations.AddConstraint("product", models.UniqueConstraint(fields=["state"], name="x")),
        migrations.RemoveField("product", "slug"),
        migrations.RenameField("product", "slug", "word"),
        migrations.RunSQL("CREATE INDEX x ON catalog_product (slug)", "DROP INDEX x"),
        migrations.RunSQL([("ALTER TABLE catalog_product ALTER COLUMN slug SET NOT NULL", None)]),
        migrations.RunSQL("ALTER TABLE catalog_product ADD CONSTRAINT x CHECK (slug <> '')"),
        migrations.SeparateDatabaseAndState([migrations.AddIndex("product", models.Index(fields=["state"], name="x"))]),
    ],
)
def test_S35_what_a_full_table_would_wait_for_is_found(loader, operation):
    assert len(judged(loader, operation)) == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    "operation",
    [
        migrations.AddField("product", "x", LETTERS),
        migrations.AddField("product", "x", models.DateTimeField(db_default=Now())),
        migrations.AlterField("product", "slug", models.SlugField(max_length=300, unique=True, null=True)),
        postgres.AddIndexConcurrently("product", models.Index(fields=["state"], name="x")),
        postgres.AddConstraintNotValid("product", CHECK),
        migrations.CreateModel("new", [("id", models.BigAutoField(primary_key=True)), ("x", models.IntegerField())]),
        migrations.RunSQL("CREATE INDEX CONCURRENTLY x ON catalog_product (slug)"),
        migrations.RunSQL("ALTER TABLE catalog_product ADD CONSTRAINT x CHECK (slug <> '') NOT VALID"),
        migrations.RunPython(migrations.RunPython.noop, migrations.RunPython.noop),
    ],
)
def test_S35_what_a_full_table_does_not_notice_passes(loader, operation):
    assert judged(loader, operation) == []


@pytest.mark.django_db
def test_S35_rows_are_not_filled_where_tables_are_changed(loader):
    fill = migrations.RunPython(migrations.RunPython.noop, migrations.RunPython.noop)
    assert len(judged(loader, migrations.AddField("product", "x", LETTERS), fill)) == 1


@pytest.mark.django_db
def test_S35_a_migration_gives_way_to_whoever_uses_the_table(monkeypatch):
    def alter(*_args: Any, **_options: Any) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("ALTER TABLE markets_market ADD COLUMN x int")

    monkeypatch.setattr(migrate.Command, "handle", alter)
    reader = psycopg2.connect(**{**connection.get_connection_params(), "cursor_factory": None})
    reader.cursor().execute("LOCK TABLE markets_market IN ACCESS SHARE MODE")
    with pytest.raises(CommandError, match="in use for more than 2s"):
        call_command("migrate", verbosity=0)
    reader.close()
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM information_schema.columns WHERE table_name='markets_market' AND column_name='x'")
        assert cursor.fetchone() is None
        cursor.execute("SHOW lock_timeout")
        assert cursor.fetchone() == ("0",)

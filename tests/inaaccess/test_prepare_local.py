from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from exporters.models import Regency


@pytest.fixture(autouse=True)
def _no_demo(monkeypatch: pytest.MonkeyPatch, settings, tmp_path: Path) -> None:
    monkeypatch.setenv("DEMO", "0")
    settings.STATIC_ROOT = str(tmp_path / "static")


def test_tables_that_are_up_to_date_get_the_reference_rows(db):
    call_command("prepare_local")

    assert Regency.objects.filter(pk="35.76").exists()
    assert not User.objects.exists()


@pytest.mark.parametrize(("app", "name"), [("catalog", "0015_ask_once"), ("an_app_that_is_gone", "0001_initial")])
def test_the_data_of_another_version_are_left_alone_and_the_way_out_is_said(db, settings, app, name):
    MigrationRecorder(connection).record_applied(app, name)

    with CaptureQueriesContext(connection) as queries, pytest.raises(CommandError) as refused:
        call_command("prepare_local")

    assert all(query["sql"].strip().startswith("SELECT") for query in queries)
    message = str(refused.value)
    assert f"migration {app}.{name} is not part of this one" in message
    assert f"move {settings.DATA_DIR} away" in message and "run `make run` again" in message
    assert "\n" not in message

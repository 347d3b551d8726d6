from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from inaaccess.local_postgres import running_url, short_temporary_folder, socket_url

pytestmark = pytest.mark.slow
ASK = "import os, psycopg2; psycopg2.connect(os.environ['DATABASE_URL']); print(os.environ['DATABASE_URL'])"


MAKE = "import os, psycopg2; c = psycopg2.connect(os.environ['DATABASE_URL']); c.cursor().execute('{}'); c.commit()"


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "inaaccess.local_postgres", "run", *arguments]
    kept = {name: text for name, text in os.environ.items() if name != "DATABASE_URL"}
    return subprocess.run(
        command, cwd=settings.BASE_DIR, env={**kept, **environment}, capture_output=True, text=True, timeout=120
    )


def test_a_command_finds_a_database_and_nothing_stays_behind(tmp_path):
    ran = run("--", sys.executable, "-c", ASK, TMPDIR=str(tmp_path))

    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.splitlines()[-1].startswith("postgres://postgres@%2F")
    assert not list(tmp_path.iterdir())


def test_the_exit_code_of_the_command_comes_back():
    assert run("--", sys.executable, "-c", "raise SystemExit(7)").returncode == 7


def test_with_a_database_url_no_server_is_started():
    url = "postgres://somebody@db.example/inaaccess"

    ran = run("--", sys.executable, "-c", "import os; print(os.environ['DATABASE_URL'])", DATABASE_URL=url)

    assert ran.stdout == f"{url}\n"


def test_kept_data_are_there_the_next_time(tmp_path):
    first = run("--keep", str(tmp_path / "kept"), "--", sys.executable, "-c", MAKE.format("CREATE TABLE kept ()"))
    second = run("--keep", str(tmp_path / "kept"), "--", sys.executable, "-c", MAKE.format("DROP TABLE kept"))

    assert (first.returncode, second.returncode) == (0, 0), first.stderr + second.stderr
    assert running_url(tmp_path / "kept" / "postgres") is None


def test_a_folder_that_is_in_use_is_refused(tmp_path):
    inner = [sys.executable, "-m", "inaaccess.local_postgres", "run", "--keep", str(tmp_path), "--", "true"]

    ran = run("--keep", str(tmp_path), "--", "env", "-u", "DATABASE_URL", *inner)

    assert ran.returncode == 1
    assert ran.stderr.endswith(f"Another command is using the database in {tmp_path}.\n")


def test_a_reused_folder_serves_the_next_command(tmp_path):
    first = run("--reuse", str(tmp_path / "tests"), "--", sys.executable, "-c", MAKE.format("CREATE TABLE kept ()"))
    second = run("--reuse", str(tmp_path / "tests"), "--", sys.executable, "-c", MAKE.format("DROP TABLE kept"))

    assert (first.returncode, second.returncode) == (0, 0), first.stderr + second.stderr


@pytest.mark.parametrize("state", ["after a crash", "of another version"])
def test_a_reused_folder_that_cannot_be_trusted_is_made_anew(tmp_path, state):
    data = tmp_path / "tests" / "postgres"
    run("--reuse", str(data.parent), "--", sys.executable, "-c", MAKE.format("CREATE TABLE kept ()"))
    if state == "after a crash":
        (data / "postmaster.pid").write_text(f"999999\n{data}\n0\n5432\n\n\n\n")
    else:
        (data / "PG_VERSION").write_text("9.6\n")

    again = run("--reuse", str(data.parent), "--", sys.executable, "-c", MAKE.format("CREATE TABLE kept ()"))

    assert again.returncode == 0, again.stderr


def test_two_commands_that_reuse_one_folder_do_not_meet(tmp_path):
    inner = [sys.executable, "-m", "inaaccess.local_postgres", "run", "--reuse", str(tmp_path), "--"]
    inner += [sys.executable, "-c", ASK]

    outer = run("--reuse", str(tmp_path), "--", "env", "-u", "DATABASE_URL", *inner)

    assert outer.returncode == 0, outer.stderr
    assert running_url(tmp_path / "postgres") is None


def test_the_path_of_a_socket_stays_short(monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", "/tmp/" + "long/" * 30)  # noqa: S108

    assert short_temporary_folder() == "/tmp"  # noqa: S108


def test_a_socket_folder_stands_in_the_address_as_its_host():
    assert socket_url(Path("/run/x")) == "postgres://postgres@%2Frun%2Fx/inaaccess"

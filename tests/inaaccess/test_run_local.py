from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.request import urlopen

import psycopg2
import pytest

from inaaccess.local_postgres import running_url
from inaaccess.postgres_user import system_user
from inaaccess.run_local import LOG_INS, ROOT, left_behind

pytestmark = pytest.mark.slow
PATIENCE = 180


@dataclass
class Place:
    """One data folder and port, and what was started on them."""

    data_dir: Path
    port: int
    started: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def environment(self) -> dict[str, str]:
        keep = {name: text for name, text in os.environ.items() if name not in {"DATABASE_URL", "MAKELEVEL"}}
        return {**keep, "DATA_DIR": str(self.data_dir), "PORT": str(self.port), "DEMO": "0", "PYTHONUNBUFFERED": "1"}

    def start(self) -> subprocess.Popen[bytes]:
        with self.output.open("wb") as output:
            command = [sys.executable, "-m", "inaaccess.run_local"]
            supervisor = subprocess.Popen(command, cwd=ROOT, env=self.environment(), stdout=output, stderr=output)
        self.started.append(supervisor)
        wait_until(lambda: "Ctrl-C stops everything" in self.said() or supervisor.poll() is not None)
        assert supervisor.poll() is None, self.said()
        return supervisor

    def second_start(self, **other: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "inaaccess.run_local"]
        environment = {**self.environment(), **other}
        return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=30)

    @property
    def output(self) -> Path:
        return self.data_dir.with_name("output.txt")

    def said(self) -> str:
        return self.output.read_text()

    def query(self, statement: str) -> list[tuple[object, ...]]:
        connection = psycopg2.connect(running_url(self.data_dir / "postgres"))
        try:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute(statement)
                return cursor.fetchall() if cursor.description else []
        finally:
            connection.close()

    def postmaster(self) -> int:
        return int((self.data_dir / "postgres" / "postmaster.pid").read_text().split()[0])

    def is_served(self) -> bool:
        with urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=10) as answer:
            return answer.status == 200


def wait_until(happened: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < deadline, "It did not happen in time."
        time.sleep(0.1)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    return Place(tmp_path_factory.mktemp("run") / "data", free_port())


@pytest.fixture(autouse=True)
def _nothing_stays_running(place: Place) -> Iterator[None]:
    yield
    while place.started:
        supervisor = place.started.pop()
        supervisor.terminate()
        supervisor.wait(60)


def test_everything_runs_and_the_log_ins_are_shown(place):
    place.start()

    assert place.is_served()
    assert f"http://127.0.0.1:{place.port}/" in place.said()
    assert all(address in place.said() for address in LOG_INS)
    assert len(left_behind(place.data_dir)) >= 3  # server, worker and what they started


def test_a_second_start_on_the_same_data_says_so(place):
    place.start()

    second = place.second_start(PORT=str(free_port()))

    assert second.returncode == 1
    assert second.stderr.startswith("INA Access is already running on ") and second.stderr.count("\n") == 1
    assert place.is_served()


def test_a_taken_port_is_named(place, tmp_path):
    place.start()

    second = place.second_start(DATA_DIR=str(tmp_path / "other"))

    assert second.returncode == 1
    assert second.stderr == f"Port {place.port} is in use by another program: try make run PORT=8001.\n"


@pytest.mark.parametrize("port", ["0", "99999", "eight"])
def test_a_port_that_cannot_be_is_refused(place, port):
    second = place.second_start(PORT=port)

    assert second.returncode == 1
    assert second.stderr == f"PORT has to be a number from 1 to 65535, not {port}.\n"


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_stops_everything_and_the_data_stay(place, stop):
    supervisor = place.start()
    place.query("DROP TABLE IF EXISTS kept; CREATE TABLE kept AS SELECT 1 AS number")
    postmaster = place.postmaster()

    supervisor.send_signal(stop)

    assert supervisor.wait(60) == 0
    assert not left_behind(place.data_dir)
    with pytest.raises(ProcessLookupError):
        os.kill(postmaster, 0)
    place.start()
    assert place.query("SELECT number FROM kept") == [(1,)]


def test_after_a_killed_supervisor_the_next_start_recovers(place):
    supervisor = place.start()
    place.query("DROP TABLE IF EXISTS survivor; CREATE TABLE survivor AS SELECT 1 AS number")
    supervisor.kill()
    supervisor.wait(60)

    place.start()

    assert place.is_served() and place.query("SELECT number FROM survivor") == [(1,)]


def test_a_stale_postmaster_file_with_the_number_of_a_stranger_is_dropped(place):
    place.start().kill()
    wait_until(lambda: not left_behind(place.data_dir) and not (place.data_dir / "postgres/postmaster.pid").exists())
    owner = system_user(place.data_dir / "postgres")
    stranger = subprocess.Popen(["sleep", "600"], user=owner.pw_uid if owner else None)
    try:
        stale = f"{stranger.pid}\n{place.data_dir / 'postgres'}\n0\n5432\n\n\n\n"
        (place.data_dir / "postgres/postmaster.pid").write_text(stale)

        place.start()

        assert place.is_served()
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_a_killed_database_is_started_again_with_its_data(place):
    place.start()
    place.query("DROP TABLE IF EXISTS lasting; CREATE TABLE lasting AS SELECT 1 AS number")
    first = place.postmaster()

    os.kill(first, signal.SIGKILL)

    wait_until(lambda: "The database ended; starting it again." in place.said())
    wait_until(lambda: running_url(place.data_dir / "postgres") is not None and place.postmaster() != first)
    assert place.query("SELECT number FROM lasting") == [(1,)]
    wait_until(lambda: answers(place))


@pytest.mark.parametrize(
    ("program", "name"), [("gunicorn", "web server"), ("qcluster", "worker"), ("--watch", "search worker")]
)
def test_a_killed_service_is_started_again(place, program, name):
    place.start()

    for pid in left_behind(place.data_dir):
        if program.encode() in Path(f"/proc/{pid}/cmdline").read_bytes():
            os.kill(pid, signal.SIGKILL)

    wait_until(lambda: f"The {name} ended" in place.said())
    wait_until(lambda: answers(place))


def answers(place: Place) -> bool:
    try:
        return place.is_served()
    except OSError:
        return False


def test_with_a_database_url_that_server_is_used_and_none_is_started(place, tmp_path):
    refused = place.second_start(DATABASE_URL="postgres://nobody@127.0.0.1:1/none", DATA_DIR=str(tmp_path))

    assert refused.returncode == 1
    assert "127.0.0.1" in refused.stderr and not (tmp_path / "postgres").exists()


def test_production_is_not_started_this_way(place):
    refused = place.second_start(PRODUCTION="1")

    assert refused.returncode == 1
    assert refused.stderr == "This is for development: docs/deploy.md says how to serve in production.\n"

"""`make run`: the database, the web server and the queue's worker, started together and ended together.

Runs before the settings can be read, because they need the address of the database that is started here. Everything
is a child process; one that ends by itself is started again, and one that does so again and again ends the whole.
"""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from inaaccess.local_postgres import LocalPostgres
from inaaccess.supervision import (
    CannotStart,
    die_with_parent,
    end,
    end_leftovers,
    processes_where,
    sole_user_of,
    spawn,
    stopping_on_signals,
)

ROOT = Path(__file__).resolve().parent.parent
MARK = "INAACCESS_RUN"  # environment variable of all our children: the data folder they work on
PASSWORD = "demo-inaaccess"  # noqa: S105 (of the demo log-ins, which production refuses to load)
LOG_INS = {
    "producer@demo.test": "producer: owner of a footwear maker in Kota Mojokerto",
    "officer@demo.test": "local officer of Kota Mojokerto",
    "mission@demo.test": "mission staff: the embassy in Santiago",
    "mission-br@demo.test": "mission staff: the embassy in Brasília",
    "ministry@demo.test": "ministry staff: may review everything",
    "importer@demo.test": "importer in Chile",
    "admin@demo.test": "superuser: technical administration",
}


@dataclass
class Service:
    """One child that has to run all the time."""

    name: str
    start: Callable[[], subprocess.Popen[bytes]]
    process: subprocess.Popen[bytes] | None = None
    starts: list[float] = field(default_factory=list)

    def keep_running(self) -> None:
        """Start it if it does not run; CannotStart at the fourth start within a minute."""
        if self.process and self.process.poll() is None:
            return
        if self.process:
            print(f"The {self.name} ended (exit code {self.process.returncode}); starting it again.", flush=True)
            end(self.process)  # what it had started may still be there
        now = time.monotonic()
        self.starts = [*(start for start in self.starts if now - start < 60), now]
        if len(self.starts) > 3:
            raise CannotStart(f"The {self.name} keeps ending; see the messages above.")
        self.process = self.start()


def main() -> int:
    data_dir = Path(os.environ.get("DATA_DIR") or ROOT / ".data").resolve()
    port = os.environ.get("PORT") or "8000"
    if "MAKELEVEL" in os.environ:
        die_with_parent()  # when make is killed, so are we
    try:
        if os.environ.get("PRODUCTION", "").lower() in {"1", "true", "yes", "on"}:
            raise CannotStart("This is for development: docs/deploy.md says how to serve in production.")
        with (
            stopping_on_signals(),
            sole_user_of(
                data_dir,
                otherwise=f"INA Access is already running on {data_dir}: stop it first, or give another DATA_DIR.",
            ),
        ):
            run(data_dir, port)
    except CannotStart as reason:
        print(reason, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped.", flush=True)
    return 0


def run(data_dir: Path, port: str) -> None:
    """Start everything, say where it is, and watch over it until a signal comes."""
    end_leftovers(lambda: left_behind(data_dir), patience=4)
    refuse_taken_port(port)
    with database(data_dir) as (url, postgres):
        environment = {
            "SITE_URL": f"http://127.0.0.1:{port}",
            "RELOAD": "1",
            **os.environ,
            "DATA_DIR": str(data_dir),
            "DATABASE_URL": url,
            "BIND": f"127.0.0.1:{port}",
            MARK: str(data_dir),
        }
        prepare(environment)
        services = [
            Service("web server", lambda: start([sys.executable, "-m", "gunicorn"], environment)),
            Service("worker", lambda: start([sys.executable, "manage.py", "qcluster"], environment)),
            Service("search worker", lambda: start([sys.executable, "manage.py", "reindex", "--watch"], environment)),
        ]
        try:
            for _ in keep_all_running(services, postgres):
                if answers(port):
                    break
            print(welcome(port, data_dir), flush=True)
            for _ in keep_all_running(services, postgres):
                time.sleep(0.5)
        finally:
            print("\nStopping …", flush=True)
            stop_all(services)


def keep_all_running(services: list[Service], postgres: LocalPostgres | None) -> Iterator[None]:
    """Look after everything, again and again, with a pause for the caller's own work."""
    while True:
        if postgres and not postgres.is_running():
            print("The database ended; starting it again.", flush=True)
            postgres.start()
        for service in services:
            service.keep_running()
        time.sleep(0.1)
        yield


def start(command: list[str], environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
    return spawn(command, environment=environment, folder=ROOT)


def stop_all(services: list[Service]) -> None:
    """Ask all at once, then wait for each."""
    for service in services:
        if service.process and service.process.poll() is None:
            service.process.send_signal(signal.SIGTERM)
    for service in services:
        if service.process:
            end(service.process)


@contextmanager
def database(data_dir: Path) -> Iterator[tuple[str, LocalPostgres | None]]:
    """The address of the database: the one of DATABASE_URL, or our own in DATA_DIR, which ends with us."""
    if url := os.environ.get("DATABASE_URL"):
        yield url, None
        return
    os.environ["EMBEDDED_POSTGRES"] = "1"
    postgres = LocalPostgres(data_dir / "postgres")
    try:
        print("Starting the database …", flush=True)
        postgres.start()
        yield postgres.url, postgres
    finally:
        postgres.stop()


def prepare(environment: Mapping[str, str]) -> None:
    """Tables, reference rows and demo, in one process of their own."""
    preparing = start([sys.executable, "manage.py", "prepare_local"], environment)
    try:
        if preparing.wait() != 0:
            raise CannotStart("The database could not be prepared; see the messages above.")
    finally:
        end(preparing)


def refuse_taken_port(port: str) -> None:
    """CannotStart if `port` is no port number or another program has it."""
    if not port.isdecimal() or not 0 < int(port) < 65536:
        raise CannotStart(f"PORT has to be a number from 1 to 65535, not {port}.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(port)))
        except PermissionError:
            raise CannotStart(f"Port {port} is reserved for the system: try make run PORT=8001.") from None
        except OSError:
            raise CannotStart(f"Port {port} is in use by another program: try make run PORT=8001.") from None


def left_behind(data_dir: Path) -> list[int]:
    """Children of a supervisor of this data folder that was killed: they carry its mark in their environment."""
    mark = f"{MARK}={data_dir}".encode()
    return processes_where(lambda entry: mark in (entry / "environ").read_bytes().split(b"\0"))


def answers(port: str) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", int(port), timeout=5)
    with suppress(OSError, http.client.HTTPException):
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    return False


def welcome(port: str, data_dir: Path) -> str:
    width = max(map(len, LOG_INS))
    lines = [f"  {address:<{width}}  {who}" for address, who in LOG_INS.items()]
    return "\n".join(
        [
            "",
            f"INA Access is running: http://127.0.0.1:{port}/",
            "",
            f"Log in as one of these, with the password {PASSWORD}:",
            *lines,
            "",
            f"Mails are printed here and kept in {data_dir / 'mails'}. Ctrl-C stops everything.",
        ]
    )


if __name__ == "__main__":
    sys.exit(main())

"""The production server on a database of the bench: gunicorn with the project's own configuration and settings.

Only this differs from a deployed one: the database, a key for the occasion, the address, and workers that are not
renewed after some thousand requests. TLS ends before gunicorn, as in production: each request says that it came so.
"""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.conf import settings

from inaaccess.supervision import CannotStart, end, spawn

WORKERS: Final = 2
THREADS: Final = 4
NOT_PRODUCTIONS: Final = ("DEBUG", "EMBEDDED_POSTGRES", "RELOAD", "STATIC_ROOT", "MEDIA_ROOT")


@dataclass(frozen=True)
class Server:
    """A running server on 127.0.0.1; `pid` is of gunicorn's master."""

    port: int
    pid: int

    def worker_megabytes(self) -> float:
        """The largest worker's resident memory (RSS), pages that workers share included; Linux only, else 0."""
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children")
        if not children.exists():
            return 0.0
        return max(_resident_megabytes(pid) for pid in children.read_text().split())


def environment(database_url: str, key: str, folder: Path, port: int) -> dict[str, str]:
    """The environment variables of production (README, "Settings") for one server."""
    kept = {name: value for name, value in os.environ.items() if name not in NOT_PRODUCTIONS}
    return kept | {
        "PRODUCTION": "1", "DJANGO_SETTINGS_MODULE": "inaaccess.bench.settings", "SECRET_KEY": key,
        "DATABASE_URL": database_url, "ALLOWED_HOSTS": "127.0.0.1", "SITE_URL": f"https://127.0.0.1:{port}",
        "DATA_DIR": str(folder), "EMAIL_URL": "dummymail://", "LOG_LEVEL": "WARNING", "BIND": f"127.0.0.1:{port}",
        "WEB_CONCURRENCY": str(WORKERS), "WEB_THREADS": str(THREADS), "GUNICORN_CMD_ARGS": "--max-requests 0",
    }  # fmt: skip


def collect_static(database_url: str, key: str, folder: Path) -> None:
    """Join, hash and compress the static files into `folder`, as a deployment does."""
    command = [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity", "0"]
    subprocess.run(command, check=True, cwd=settings.BASE_DIR, env=environment(database_url, key, folder, 0))


@contextmanager
def serving(database_url: str, key: str, folder: Path) -> Iterator[Server]:
    """A server that answers, until the block ends. Raises CannotStart with the end of its log."""
    port = _free_port()
    with tempfile.TemporaryFile() as log:
        process = spawn(
            [sys.executable, "-m", "gunicorn"],
            environment=environment(database_url, key, folder, port),
            folder=Path(settings.BASE_DIR),
            output=log,
        )
        try:
            _wait_until_ready(port, process)
            yield Server(port, process.pid)
        except CannotStart as reason:
            log.seek(0)
            raise CannotStart(f"{reason}\n{log.read()[-3000:].decode(errors='replace')}") from None
        finally:
            end(process)


def _wait_until_ready(port: int, process: subprocess.Popen[bytes], patience: float = 60) -> None:
    deadline = time.monotonic() + patience
    while process.poll() is None and time.monotonic() < deadline:
        try:
            asked = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            asked.request("GET", "/healthz")
            if asked.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise CannotStart("The server of the bench did not start.")


def _free_port() -> int:
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return int(tried.getsockname()[1])


def _resident_megabytes(pid: str) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) / 1024

"""A whole site for tests: a PostgreSQL of its own, migrated, and the processes that run on it."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg2
from django.conf import settings

from inaaccess.local_postgres import LocalPostgres
from inaaccess.supervision import spawn


class Site:
    """A database of its own, migrated, and what runs on it."""

    def __init__(self, server: LocalPostgres, folder: Path) -> None:
        self.server, self.folder = server, folder
        self.environment = {
            **{name: value for name, value in os.environ.items() if name not in ("PRODUCTION", "RELOAD")},
            "DATABASE_URL": server.url,
            "DATA_DIR": str(folder),
            "WEB_CONCURRENCY": "1",
            "SECRET_KEY": "tests-" + "x7" * 30,
        }

    def manage(self, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "manage.py", *arguments]
        return subprocess.run(
            command, cwd=settings.BASE_DIR, env=self.environment | more, capture_output=True, text=True, check=False
        )

    @contextmanager
    def running(self, *command: str, **more: str) -> Iterator[subprocess.Popen[bytes]]:
        process = spawn([sys.executable, *command], environment=self.environment | more, folder=settings.BASE_DIR)
        try:
            yield process
        finally:
            kill_all(process)

    def ask(self, sql: str) -> Any:
        connection = psycopg2.connect(self.server.url)
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(sql)
            rows = cursor.fetchall() if cursor.description else None
        connection.close()
        return rows


def kill_all(process: subprocess.Popen[bytes]) -> None:
    """kill -9 for a process and all that it started."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    process.wait()


def free_port() -> int:
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return int(tried.getsockname()[1])


def until(is_so: Callable[[], object], patience: float = 90) -> None:
    deadline = time.monotonic() + patience
    while not is_so():
        assert time.monotonic() < deadline, "it did not come about"
        time.sleep(0.1)


def get(port: int, path: str, **headers: str) -> tuple[int, str]:
    try:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    except OSError:
        return 0, ""

"""Whole processes: the database restarted in mid-request, the worker killed while it sends, the server in an upload.

On a PostgreSQL of its own, because it is stopped; that the letter and the job are offered again is not waited for:
their times are moved instead.
"""

from __future__ import annotations

import http.client
import os
import signal
import socket
import socketserver
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg2
import pytest
from django.conf import settings

from inaaccess.local_postgres import LocalPostgres, throw_away
from inaaccess.supervision import end, spawn
from tests.webhooks.receiving import receiving

pytestmark = pytest.mark.slow


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


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with throw_away() as server:
        site = Site(server, tmp_path_factory.mktemp("site"))
        migrated = site.manage("migrate", "--verbosity", "0")
        assert migrated.returncode == 0, migrated.stderr
        yield site


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


class MailServer(socketserver.ThreadingTCPServer):
    """Takes letters; while it `hangs` it never says that it has one."""

    daemon_threads, allow_reuse_address = True, True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Mail)
        self.hangs, self.asked, self.taken = True, 0, []  # type: ignore[var-annotated]
        threading.Thread(target=self.serve_forever, daemon=True).start()


class _Mail(socketserver.StreamRequestHandler):
    server: MailServer

    def handle(self) -> None:
        self.wfile.write(b"220 here\r\n")
        while line := self.rfile.readline():
            if line.upper().startswith(b"DATA"):
                self.wfile.write(b"354 go on\r\n")
                text = b""
                while not text.endswith(b"\r\n.\r\n"):
                    text += self.rfile.readline() or b"\r\n.\r\n"
                self.server.asked += 1
                if self.server.hangs:
                    while self.server.hangs:
                        time.sleep(0.05)
                    return  # it never said that it has the letter
                self.server.taken.append(text)
            self.wfile.write(b"221 bye\r\n" if line.upper().startswith(b"QUIT") else b"250 fine\r\n")


def test_S33_a_database_restart_shows_try_again_and_is_recovered_from_by_itself(site):
    port = free_port()
    with site.running("-m", "gunicorn", BIND=f"127.0.0.1:{port}") as process:
        until(lambda: get(port, "/es/products/")[0] == 200)
        assert site.server.process is not None
        end(site.server.process, signal.SIGINT)
        status, page = get(port, "/es/products/")
        assert status == 503 and 'lang="es"' in page
        assert get(port, "/healthz")[0] == 200 and get(port, "/readyz")[0] == 503
        assert get(port, "/api/v1/products/")[0] == 503
        site.server.start()
        statuses = [get(port, "/es/products/")[0] for _time in range(8)]
        assert statuses == [200] * 8 and process.poll() is None


def test_S32_a_worker_killed_while_it_sends_loses_no_letter_and_sends_none_twice(site):
    server = MailServer()
    mail = {"EMAIL_URL": f"smtp://127.0.0.1:{server.server_address[1]}"}
    post = "letters.post('siti@example.test', subject='Hi', body='x', event='killed', language='en')"
    write = f"from accounts import letters; {post}"
    assert site.manage("shell", "-c", write, **mail).returncode == 0
    with site.running("manage.py", "qcluster", **mail):
        until(lambda: server.asked == 1)
    state = "SELECT state, tries, next_try_at > now() FROM accounts_letter WHERE event = 'killed'"
    assert site.ask(state) == [("waiting", 1, True)]
    assert site.ask("SELECT count(*) FROM django_q_ormq")[0][0] == 1
    server.hangs, server.taken = False, []
    site.ask("UPDATE accounts_letter SET next_try_at = now()")
    site.ask("UPDATE django_q_ormq SET lock = now() - interval '1 second'")
    with site.running("manage.py", "qcluster", **mail):
        until(lambda: site.ask(state)[0][0] == "sent")
        until(lambda: site.ask("SELECT count(*) FROM django_q_ormq")[0][0] == 0)
    assert len(server.taken) == 1 and b"Message-ID: <letter-" in server.taken[0]
    server.shutdown()


TELL = """
from accounts import audit
from django_q.tasks import async_task
from tests.factories import ProductFactory, WebhookFactory
from webhooks.reading import read_trail
read_trail()
WebhookFactory(active=True, address="{address}")
product = ProductFactory(published=True)
audit.record("publish", product, by=None, to_state="published")
async_task("webhooks.reading.read_trail")
"""


def test_S32_a_worker_killed_while_it_tells_a_webhook_tells_it_again_with_the_same_number(site):
    with receiving() as receiver:
        receiver.drip = 1
        told = site.manage("shell", "-c", TELL.format(address=receiver.address))
        assert told.returncode == 0, told.stderr
        with site.running("manage.py", "qcluster"):
            until(lambda: receiver.got)
        state = "SELECT state, tries, next_try_at > now() FROM webhooks_delivery"
        assert site.ask(state) == [("waiting", 1, True)]
        receiver.drip = 0
        site.ask("UPDATE webhooks_delivery SET next_try_at = now()")
        site.ask("UPDATE django_q_ormq SET lock = now() - interval '1 second'")
        with site.running("manage.py", "qcluster"):
            until(lambda: site.ask(state)[0][0] == "delivered")
        first, second = receiver.got
        assert first.headers["webhook-id"] == second.headers["webhook-id"] and first.body == second.body


UPLOAD = """
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from catalog import photos
from tests.factories import RevisionFactory
from tests.kit import picture_corpus as corpus
settings.STORAGES["default"] = {"BACKEND": "tests.faults.storages.DyingProcess"}
revision = RevisionFactory.create()
photos.add_photo(revision, SimpleUploadedFile("a.jpg", corpus.jpeg()), by=revision.created_by)
"""


@pytest.mark.parametrize("files", [1, 3, 5])
def test_S32_a_server_killed_in_an_upload_leaves_no_row_and_its_files_are_found(site, files):
    died = site.manage("shell", "-c", UPLOAD, DIES_AFTER=str(files))
    assert died.returncode == -signal.SIGKILL, died.stderr
    assert site.ask("SELECT count(*) FROM catalog_photo") == [(0,)]
    left = [path for path in (site.folder / "uploads").rglob("*") if path.is_file()]
    assert len(left) == files
    for path in left:
        os.utime(path, (0, 0))
    told = site.manage("orphan_files", "--remove")
    assert f"{files} files removed" in told.stdout, told.stderr
    assert not [path for path in (site.folder / "uploads").rglob("*") if path.is_file()]


def test_S32_a_server_killed_while_an_upload_arrives_leaves_nothing(site, tmp_path):
    port = free_port()
    with site.running("-m", "gunicorn", BIND=f"127.0.0.1:{port}", TMPDIR=str(tmp_path)):
        until(lambda: get(port, "/healthz")[0] == 200)
        head = b'--b\r\nContent-Disposition: form-data; name="photos"; filename="a.jpg"\r\n\r\n'
        with socket.create_connection(("127.0.0.1", port)) as half:
            half.sendall(b"POST /en/account/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 9000000\r\n")
            half.sendall(b"Content-Type: multipart/form-data; boundary=b\r\n\r\n" + head + b"x" * 4_000_000)
            time.sleep(1)
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]

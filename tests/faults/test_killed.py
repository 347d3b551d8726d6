"""Whole processes: the worker killed while it sends, the server in an upload.

That the letter and the job are offered again is not waited for: their times are moved instead.
"""

from __future__ import annotations

import os
import signal
import socket
import socketserver
import threading
import time
from pathlib import Path

import pytest

from tests.faults.sites import Site, free_port, get, until
from tests.webhooks.receiving import receiving

pytestmark = pytest.mark.slow


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


def uploads(site: Site) -> set[Path]:
    return {path for path in (site.folder / "uploads").rglob("*") if path.is_file()}


@pytest.mark.parametrize("files", [1, 3, 5])
def test_S32_a_server_killed_in_an_upload_leaves_no_row_and_its_files_are_found(site, files):
    rows, before = site.ask("SELECT count(*) FROM catalog_photo"), uploads(site)
    died = site.manage("shell", "-c", UPLOAD, DIES_AFTER=str(files))
    assert died.returncode == -signal.SIGKILL, died.stderr
    assert site.ask("SELECT count(*) FROM catalog_photo") == rows
    left = uploads(site) - before
    assert len(left) == files
    for path in left:
        os.utime(path, (0, 0))
    told = site.manage("orphan_files", "--remove")
    assert f"{files} files removed" in told.stdout, told.stderr
    assert uploads(site) == before


def is_arriving(folder: Path) -> bool:
    """Does a process hold a file without a name there?"""
    for held in Path("/proc").glob("[0-9]*/fd/*"):
        try:
            name = os.readlink(held)
        except OSError:  # closed meanwhile, or not ours
            continue
        if name.startswith(f"{folder}/") and name.endswith("(deleted)") and "wgunicorn" not in name:
            return True
    return False


def test_S32_a_server_killed_while_an_upload_arrives_leaves_nothing(site, tmp_path):
    port, token = free_port(), "t" * 32
    with socket.socket() as half, site.running("-m", "gunicorn", BIND=f"127.0.0.1:{port}", TMPDIR=str(tmp_path)):
        until(lambda: get(port, "/healthz")[0] == 200)
        half.connect(("127.0.0.1", port))
        head = b'--b\r\nContent-Disposition: form-data; name="photos"; filename="a.jpg"\r\n\r\n'
        half.sendall(b"POST /en/inquiries/requests/new/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 9000000\r\n")
        half.sendall(f"Cookie: csrftoken={token}\r\n".encode())  # who has none is refused unread
        half.sendall(b"Content-Type: multipart/form-data; boundary=b\r\n\r\n" + head + b"x" * 4_000_000)
        until(lambda: is_arriving(tmp_path))
    assert not is_arriving(tmp_path)
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]

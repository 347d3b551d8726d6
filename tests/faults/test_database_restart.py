"""The database restarts under a running server: for a moment pages say try again, and nothing acknowledged is lost."""

from __future__ import annotations

import http.client
import json
import signal
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from inaaccess.supervision import end
from tests.faults.sites import Site, free_port, get, until

pytestmark = pytest.mark.slow

USERS = 20
MAKE_USERS = f"""
import json
from accounts.models import Scope, Token
from tests import factories as make
for number in range({USERS}):
    member = make.MembershipFactory.create()
    draft = make.RevisionFactory.create(product__producer=member.producer)
    token, words = Token.objects.issue(member.user, name="restart", scopes=Scope.values)
    print(json.dumps([draft.pk, words]))
"""


@dataclass
class Writer:
    """A person who saves their draft again and again by the API, and remembers what the server said it had kept."""

    port: int
    revision: int
    words: str
    version: int = 0
    kept: str = ""
    tried: list[str] = field(default_factory=list)
    writes: int = 0
    statuses: Counter[int] = field(default_factory=Counter)
    last_fault: float = 0

    def write_until(self, over: threading.Event) -> None:
        while not over.is_set():
            self._write()

    def _write(self) -> None:
        if not self.version:
            status, told = self._ask("GET")
            if status == 200:
                self.version = told["version"]
            return
        self.writes += 1
        self.tried.append(f"Brand {self.writes}")
        status, told = self._ask("PATCH", {"version": self.version, "brand": self.tried[-1]})
        self.version = told["version"] if status == 200 else 0
        if status == 200:
            self.kept, self.tried = self.tried[-1], []

    def _ask(self, method: str, body: object = None) -> tuple[int, dict[str, int]]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {"Authorization": f"Bearer {self.words}", "Content-Type": "application/json"}
        connection.request(method, f"/api/v1/my/revisions/{self.revision}/", json.dumps(body), headers)
        answer = connection.getresponse()
        said = answer.read()
        connection.close()
        self.statuses[answer.status] += 1
        if answer.status != 200:
            self.last_fault = time.monotonic()
            time.sleep(0.1)
        return answer.status, json.loads(said)


@pytest.fixture
def served(site: Site) -> Iterator[int]:
    """The port of a server that must be the same process at the end."""
    port = free_port()
    with site.running("-m", "gunicorn", BIND=f"127.0.0.1:{port}", WEB_CONCURRENCY="2") as process:
        until(lambda: get(port, "/es/products/")[0] == 200)
        workers = children_of(process.pid)
        yield port
        assert process.poll() is None and children_of(process.pid) == workers


def children_of(pid: int) -> str:
    with open(f"/proc/{pid}/task/{pid}/children") as listed:
        return listed.read()


def test_S33_a_database_restart_shows_try_again_and_is_recovered_from_by_itself(site, served):
    assert site.server.process is not None
    end(site.server.process, signal.SIGINT)
    status, page = get(served, "/es/products/")
    assert status == 503 and 'lang="es"' in page
    assert get(served, "/healthz")[0] == 200 and get(served, "/readyz")[0] == 503
    assert get(served, "/api/v1/products/")[0] == 503
    site.server.start()
    assert [get(served, "/es/products/")[0] for _time in range(8)] == [200] * 8


def test_S33_of_20_who_write_through_a_restart_nobody_loses_what_was_acknowledged(site, served):
    made = site.manage("shell", "-v", "0", "-c", MAKE_USERS)
    assert made.returncode == 0, made.stderr
    writers = [Writer(served, *json.loads(line)) for line in made.stdout.splitlines()]
    over = threading.Event()
    threads = [threading.Thread(target=writer.write_until, args=(over,)) for writer in writers]
    for thread in threads:
        thread.start()
    until(lambda: all(writer.kept for writer in writers))
    end(site.server.process, signal.SIGINT)
    site.server.start()
    answers_again, already = time.monotonic(), [writer.kept for writer in writers]
    until(lambda: all(writer.kept != before for writer, before in zip(writers, already, strict=True)))
    over.set()
    for thread in threads:
        thread.join()

    statuses = sum((writer.statuses for writer in writers), Counter())
    assert set(statuses) == {200, 503}, statuses
    assert max(writer.last_fault for writer in writers) < answers_again + 5
    stored = dict(site.ask("SELECT id, brand FROM catalog_productrevision"))
    for writer in writers:  # what was tried last may stand there although its answer was lost, never anything older
        assert stored[writer.revision] in (writer.kept, *writer.tried)

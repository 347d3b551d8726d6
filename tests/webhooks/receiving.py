"""A program that receives webhooks: a real HTTP server on 127.0.0.1."""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple


class Got(NamedTuple):
    """One request, as it came."""

    path: str
    headers: dict[str, str]
    body: bytes


class Receiver(ThreadingHTTPServer):
    """Takes what comes and answers with `status`; `drip`: seconds between the bytes of its answer."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Taking)
        self.got: list[Got] = []
        self.status = 200
        self.headers: dict[str, str] = {}
        self.answer = b"thank you"
        self.drip = 0.0
        self.scheme = "http"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A sender that goes away is what some tests are about."""

    @property
    def address(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self.server_port}/hooks?for=ina"


class _Taking(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.got.append(Got(self.path, {k.lower(): v for k, v in self.headers.items()}, body))
        if self.server.drip:
            for _byte in range(200):
                time.sleep(self.server.drip)
                self.wfile.write(b"H")
        self.send_response(self.server.status)
        for name, value in self.server.headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(self.server.answer)

    def log_message(self, *_told: Any) -> None:
        pass


@contextmanager
def receiving(tls: ssl.SSLContext | None = None) -> Iterator[Receiver]:
    """A receiver while the block runs."""
    receiver = Receiver()
    if tls is not None:
        receiver.socket = tls.wrap_socket(receiver.socket, server_side=True)
        receiver.scheme = "https"
    thread = threading.Thread(target=receiver.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield receiver
    finally:
        receiver.shutdown()
        receiver.server_close()
        thread.join()

"""Clients that ask one address after the other and take the time: little of their own, so that the server's is seen."""

from __future__ import annotations

import re
import socket
import time
from types import TracebackType
from typing import Final, NamedTuple

LENGTH: Final = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)
END_OF_HEADERS: Final = b"\r\n\r\n"


class Answer(NamedTuple):
    """What came back, and how long it took from the first byte sent to the last byte received."""

    status: int
    headers: bytes
    body: bytes
    seconds: float


class WrongAnswer(Exception):
    """A page that should be measured did not come."""


class Client:
    """One browser's connection, kept open as long as the server keeps it."""

    def __init__(self, port: int, language: str = "en") -> None:
        self.port = port
        self.connection: socket.socket | None = None
        self.headers = (
            f"Host: 127.0.0.1:{port}\r\nX-Forwarded-Proto: https\r\nUser-Agent: bench\r\n"
            f"Accept: text/html,application/json\r\nAccept-Language: {language}\r\nAccept-Encoding: gzip\r\n\r\n"
        )

    def get(self, address: str) -> Answer:
        """Ask for a page. Raises WrongAnswer unless it comes with status 200."""
        if self.connection is None:
            self.connection = socket.create_connection(("127.0.0.1", self.port), timeout=60)
            self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        asked = f"GET {address} HTTP/1.1\r\n{self.headers}".encode()
        began = time.perf_counter()
        self.connection.sendall(asked)
        headers, body = self._receive(self.connection)
        seconds = time.perf_counter() - began
        status = int(headers[9:12])
        if status != 200:
            raise WrongAnswer(f"{address} answered {status}:\n{headers.decode(errors='replace')}")
        if b"connection: close" in headers.lower():
            self.close()
        return Answer(status, headers, body, seconds)

    def close(self) -> None:
        """Hang up."""
        if self.connection is not None:
            self.connection.close()
            self.connection = None

    def __enter__(self) -> Client:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def _receive(self, connection: socket.socket) -> tuple[bytes, bytes]:
        received = bytearray()
        while (end := received.find(END_OF_HEADERS)) < 0:
            received += _next_part(connection)
        headers, body = bytes(received[:end]), received[end + len(END_OF_HEADERS) :]
        length = LENGTH.search(headers)
        if length is None:
            raise WrongAnswer(f"An answer without its length:\n{headers.decode(errors='replace')}")
        while len(body) < int(length[1]):
            body += _next_part(connection)
        return headers, bytes(body)


def _next_part(connection: socket.socket) -> bytes:
    part = connection.recv(262_144)
    if not part:
        raise WrongAnswer("The server hung up.")
    return part

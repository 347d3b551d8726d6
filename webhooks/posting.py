"""One request to another program: to the address that was looked up and no other, quickly, and without redirects.

Of the answer only its first line is read, and at most so many bytes of it: what a receiver says is never shown.
"""

from __future__ import annotations

import http.client
import re
import socket
import ssl
import time
from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

from django.utils.encoding import iri_to_uri

from webhooks.addresses import port_of, resolve

SECONDS: Final = 10.0
"""For connecting, and again for asking and being answered."""
LONGEST_FIRST_LINE: Final = 1_024
_STATUS: Final = re.compile(rb"HTTP/1\.[01] ([1-5][0-9]{2})(?: |\r|$)")


class NoAnswer(OSError):
    """The receiver did not speak HTTP, or not in time."""


def post(address: str, body: bytes, headers: Mapping[str, str], *, seconds: float = SECONDS) -> int:
    """Send the body; the status of the answer. Raises OSError: NotPublic, NoAnswer, ssl.SSLError, timeouts."""
    parts = urlsplit(iri_to_uri(address))
    host, port = (parts.hostname or "").encode("idna").decode(), port_of(parts)
    sock: socket.socket = socket.create_connection((resolve(host, port), port), timeout=seconds)
    try:
        if parts.scheme == "https":
            sock = ssl.create_default_context().wrap_socket(sock, server_hostname=host)
        ends = time.monotonic() + seconds
        connection = http.client.HTTPConnection(host, port, timeout=seconds)
        connection.sock = sock
        connection.putrequest("POST", f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}", skip_host=True)
        named = f"{host}:{port}" if parts.port else host
        for name, value in {"Host": named, **headers, "Content-Length": str(len(body))}.items():
            connection.putheader(name, value)
        connection.endheaders(body)
        return _status(sock, ends)
    except http.client.HTTPException as error:
        raise NoAnswer(type(error).__name__) from error
    finally:
        sock.close()


def _status(sock: socket.socket, ends: float) -> int:
    """The status in the first line that comes before the time is over, however slowly it drips."""
    line = b""
    while b"\n" not in line and len(line) < LONGEST_FIRST_LINE:
        left = ends - time.monotonic()
        if left <= 0:
            raise NoAnswer("no answer in time")
        sock.settimeout(left)
        part = sock.recv(LONGEST_FIRST_LINE - len(line))
        if not part:
            break
        line += part
    found = _STATUS.match(line)
    if found is None:
        raise NoAnswer("the answer is not HTTP")
    return int(found[1])

"""curl for machines that have none: the few options that docs/api.md uses. Ends with 22 when the answer is an error."""

from __future__ import annotations

import http.client
import sys
from pathlib import Path
from urllib.parse import urlsplit

TAKES_A_VALUE = {"-X": "method", "-H": "header", "-d": "data", "-F": "part"}
BOUNDARY = "between-the-parts-of-a-form"


def main(arguments: list[str]) -> int:
    method, data, headers, address, parts = "", None, {}, "", []
    words = iter(arguments)
    for word in words:
        kind = TAKES_A_VALUE.get(word)
        if kind == "method":
            method = next(words)
        elif kind == "header":
            name, _colon, value = next(words).partition(":")
            headers[name] = value.strip()
        elif kind == "data":
            data = next(words).encode()
        elif kind == "part":
            parts.append(part(next(words)))
        elif word.startswith("-"):
            assert word in ("-s", "--fail-with-body"), f"add {word} to this file"
        else:
            address = word
    if parts:
        data = b"".join([*parts, f"--{BOUNDARY}--\r\n".encode()])
        headers["Content-Type"] = f"multipart/form-data; boundary={BOUNDARY}"
    where = urlsplit(address)
    connection = http.client.HTTPConnection(where.netloc, timeout=30)
    path = where.path + (f"?{where.query}" if where.query else "")
    connection.request(method or ("POST" if data is not None else "GET"), path, data, headers)
    answer = connection.getresponse()
    sys.stdout.buffer.write(answer.read())
    return 22 if answer.status >= 400 else 0


def part(word: str) -> bytes:
    """A part of a form: name=value, or name=@file."""
    name, _sign, value = word.partition("=")
    file, content = "", value.encode()
    if value.startswith("@"):
        path = Path(value[1:])
        file, content = f'; filename="{path.name}"', path.read_bytes()
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"{file}\r\n\r\n'
    return head.encode() + content + b"\r\n"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

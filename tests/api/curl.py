"""curl for machines that have none: the few options that docs/api.md uses. Ends with 22 when the answer is an error."""

from __future__ import annotations

import http.client
import sys
from urllib.parse import urlsplit

TAKES_A_VALUE = {"-X": "method", "-H": "header", "-d": "data"}


def main(arguments: list[str]) -> int:
    method, data, headers, address = "", None, {}, ""
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
        elif word.startswith("-"):
            assert word in ("-s", "--fail-with-body"), f"add {word} to this file"
        else:
            address = word
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.netloc, timeout=30)
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    connection.request(method or ("POST" if data is not None else "GET"), path, data, headers)
    answer = connection.getresponse()
    sys.stdout.buffer.write(answer.read())
    return 22 if answer.status >= 400 else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

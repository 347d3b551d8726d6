"""What a page is made of: its SQL queries, its compressed size, and what a browser fetches with it."""

from __future__ import annotations

import gzip
import re
from collections import Counter
from dataclasses import dataclass
from typing import Final

from django.test import Client as InProcess

from inaaccess.bench.addresses import Page
from inaaccess.bench.clients import Client
from inaaccess.bench.statements import noted

TAGS: Final = re.compile(r"<(script|link|img)\b([^>]*)>")
OUTSIDE: Final = re.compile(r"""(?:src|href)=["'](?:https?:)?//(?!127\.0\.0\.1)""")
SOURCE: Final = re.compile(r"""(?:src|href)=["']([^"']+)["']""")


@dataclass(frozen=True)
class Contents:
    """Of one page: `queries` and `repeated` SQL queries, `size` in bytes (compressed), `asset_size` of CSS and JS.

    `blocking` counts the requests that the first drawing waits for, `outside` those to another host.
    """

    queries: int
    repeated: int
    size: int
    asset_size: int
    blocking: int
    outside: int


def inspect(page: Page, port: int) -> Contents:
    """Look at every tenth address of a page; the largest value of each kind counts."""
    looked = [_look(address, port) for address in page.addresses[::10]]
    return Contents(*(max(values) for values in zip(*(vars(one).values() for one in looked), strict=True)))


def _look(address: str, port: int) -> Contents:
    queries = _queries(address)
    with Client(port) as client:
        answer = client.get(address)
        body = gzip.decompress(answer.body) if b"content-encoding: gzip" in answer.headers.lower() else answer.body
        html = body.decode() if b"content-type: text/html" in answer.headers.lower() else ""
        tags = TAGS.findall(html)
        assets = {found[1] for _name, rest in tags if _is_asset(_name, rest) and (found := SOURCE.search(rest))}
        return Contents(
            queries=len(queries),
            repeated=sum(count - 1 for count in Counter(queries).values()),
            size=len(gzip.compress(body, 6)),
            asset_size=sum(len(_compressed(client.get(asset).body)) for asset in assets),
            blocking=sum(1 for name, rest in tags if is_blocking(name, rest)),
            outside=sum(1 for name, rest in tags if name != "link" or "stylesheet" in rest if OUTSIDE.search(rest)),
        )


def _queries(address: str) -> list[str]:
    """The SQL, without its values, of a page asked for the second time; two that differ only in values repeat."""
    browser = InProcess(SERVER_NAME="127.0.0.1", headers={"accept-language": "en"})
    browser.get(address)
    with noted() as seen:
        browser.get(address)
    return [normalised(sql) for sql in seen]


def normalised(sql: str) -> str:
    """The statement whatever the number of values in its lists."""
    return re.sub(r"\((?:%s, )*%s\)", "(%s)", sql)


def _is_asset(name: str, rest: str) -> bool:
    return name == "script" or (name == "link" and "stylesheet" in rest)


def is_blocking(name: str, rest: str) -> bool:
    """Does the first drawing wait for this element's file?"""
    if name == "script":
        return "src=" in rest and not any(word in rest for word in ("defer", "async", 'type="module"'))
    return name == "link" and "stylesheet" in rest


def _compressed(body: bytes) -> bytes:
    return body if body.startswith(b"\x1f\x8b") else gzip.compress(body, 6)

"""S19: uploads at a byte a second. The proxy of docs/deploy.md keeps them from gunicorn, whose threads they hold."""

from __future__ import annotations

import re
import socket
import time
from collections.abc import Generator
from contextlib import ExitStack
from pathlib import Path

import pytest
from django.conf import settings

from kit.uploads import MAX_PICTURE_BYTES
from tests.faults.sites import free_port, get, until

HEAD = (
    b"POST /en/account/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 9000000\r\n"
    b"Content-Type: multipart/form-data; boundary=b\r\n\r\n--b\r\n"
)


@pytest.fixture(scope="module")
def proxy() -> str:
    """The server block of the guide that reaches gunicorn."""
    guide = (Path(settings.BASE_DIR) / "docs" / "deploy.md").read_text()
    return guide.partition("```nginx")[2].partition("```")[0].partition("listen 443")[2]


def seconds_or_sizes(directive: str, proxy: str) -> list[int]:
    return [int(number) for number in re.findall(rf"^\s*{directive} (?:\w+ )?(\d+)[sm]?;", proxy, re.MULTILINE)]


def test_S19_the_documented_proxy_takes_whole_bodies_before_gunicorn_hears_of_them(proxy):
    assert proxy.count("proxy_pass http://127.0.0.1:8000;") == len(re.findall(r"^\s*location ", proxy, re.MULTILINE))
    assert not re.search(r"proxy_request_buffering\s+off|proxy_buffering\s+off|proxy_http_version", proxy)
    assert "proxy_request_buffering on;" in proxy


def test_S19_the_documented_proxy_lets_nobody_dawdle_or_hold_many_connections(proxy):
    for directive in ("client_header_timeout", "client_body_timeout", "send_timeout"):
        assert [limit for limit in seconds_or_sizes(directive, proxy) if 0 < limit <= 15], directive
    assert [limit for limit in seconds_or_sizes("limit_conn", proxy) if 0 < limit < 50]
    assert min(seconds_or_sizes("client_max_body_size", proxy)) * 1024 * 1024 > MAX_PICTURE_BYTES


def test_S19_gunicorn_is_reached_by_the_proxy_only():
    assert '"BIND", "127.0.0.1:' in (Path(settings.BASE_DIR) / "gunicorn.conf.py").read_text()


def dawdling(port: int) -> Generator[None]:
    """An upload that sends its first bytes and then one a second."""
    with socket.create_connection(("127.0.0.1", port)) as slow:
        slow.sendall(HEAD)
        while True:
            yield
            slow.sendall(b"x")


@pytest.mark.slow
def test_S19_without_a_proxy_each_slow_upload_holds_one_thread_and_no_other(site):
    port = free_port()
    with site.running("-m", "gunicorn", BIND=f"127.0.0.1:{port}", WEB_THREADS="4"), ExitStack() as ending:
        until(lambda: get(port, "/es/products/")[0] == 200)
        uploads = [dawdling(port) for _number in range(3)]
        for upload in uploads:
            ending.callback(upload.close)
        for _second in range(3):
            for upload in uploads:
                next(upload)
            assert [get(port, "/es/products/")[0] for _time in range(4)] == [200] * 4
            time.sleep(0.5)

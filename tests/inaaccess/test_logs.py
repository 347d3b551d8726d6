"""S39: a line is one JSON object, whatever stands in it; what nobody may read there does not."""

from __future__ import annotations

import json
import logging
import sys

import pytest

from inaaccess.logs import JsonFormatter, without_secrets
from kit.tracing import RequestFacts, current_request


def line(message: str, *args: object, error: bool = False) -> str:
    record = logging.LogRecord("test", logging.WARNING, "", 0, message, args, sys.exc_info() if error else None)
    return JsonFormatter().format(record)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\x85", "\u2028", "\u2029", "\x0b", "\x0c", "\x1c"])
def test_S39_no_line_ends_within_a_line(end):
    written = line("GET /x%s", f'{end}{{"level": "INFO", "message": "forged"}}')
    assert len(written.splitlines()) == 1
    assert end in json.loads(written)["message"]


def test_S39_a_line_names_its_request():
    token = current_request.set(RequestFacts("r-9"))
    try:
        assert json.loads(line("hello"))["request_id"] == "r-9"
    finally:
        current_request.reset(token)
    assert set(json.loads(line("hello"))) == {"at", "level", "logger", "message", "request_id"}


@pytest.mark.parametrize(
    "told",
    [
        "Authorization: Bearer 0123456789abcdef0123456789abcdef",
        "password=demo-inaaccess",
        "{'password': 'demo-inaaccess', 'otp': '123456'}",
        '{"token": "0123456789abcdef"}',
        "Not Found: /en/account/password/reset/5-cxyz12-0123456789abcdef/",
        "Not Found: /id/account/confirm/MTA:1abcde:0123456789abcdef/",
        "Gone: /en/collections/preview/WzEsImEiXQ:0123456789abcdef/",
        "Cookie: sessionid=0123456789abcdef",
        "Key (email)=(siti@example.test) already exists.",
        "nib 1234567890123 npwp 1234567890123456",
        "could not connect to postgres://inaaccess:demo-inaaccess@db.example:5432/x",
    ],
)
def test_S39_secrets_addresses_and_id_numbers_are_hidden(told):
    hidden = without_secrets(told)
    for secret in ("0123456789abcdef", "demo-inaaccess", "siti@", "1234567890123", "123456"):
        assert secret not in hidden
    assert "[hidden]" in hidden


@pytest.mark.parametrize(
    "told",
    ["Not Found: /en/products/sandal-kulit/", "Forbidden (Permission denied): /admin/", "claim catalog.x 5 by 7"],
)
def test_what_helps_is_left(told):
    assert without_secrets(told) == told


def test_S39_an_error_hides_them_too():
    try:
        raise ValueError("Key (email)=(siti@example.test)")
    except ValueError:
        written = line("oops", error=True)
    assert "siti@" not in written and "ValueError" in json.loads(written)["error"]

"""S39: a line is one JSON object, whatever stands in it; what nobody may read there does not."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from inaaccess.logs import JsonFormatter, without_secrets
from kit.tracing import RequestFacts, current_request
from tests.factories import MembershipFactory, UserFactory
from tests.security.second_factors import PASSWORD, with_password


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


class Lines(logging.Handler):
    """Everything that is logged, as it would stand in the journal."""

    def __init__(self) -> None:
        super().__init__()
        self.setFormatter(JsonFormatter())
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))

    def said(self) -> list[str]:
        """The messages alone."""
        return [json.loads(one)["message"] for one in self.lines]


@pytest.fixture
def journal() -> Iterator[Lines]:
    kept, level = Lines(), logging.getLogger().level
    logging.getLogger().addHandler(kept)
    logging.getLogger().setLevel(logging.INFO)
    yield kept
    logging.getLogger().removeHandler(kept)
    logging.getLogger().setLevel(level)


def signed_in(person: User) -> Client:
    with_password(person)
    client = Client()
    assert client.post("/en/account/login/", {"login": person.email, "password": PASSWORD}).status_code == 302
    return client


@pytest.mark.django_db
def test_S39_who_signs_in_is_refused_or_takes_something_out_stands_in_the_log(world, journal):
    boss, reviewer = world.people["ministry"], world.people["mission_own"]
    desk = signed_in(boss)
    Client().post("/en/account/login/", {"login": boss.email, "password": "wrong"})
    assert signed_in(reviewer).get("/admin/background/").status_code == 403
    for taken in (reverse("admin:certificate_file", args=[world.certificate.pk]), reverse("admin:audit_csv")):
        assert desk.get(taken).getvalue()
    owner, editor = MembershipFactory.create(role="owner"), UserFactory.create()
    MembershipFactory.create(producer=owner.producer, user=editor, role="editor").change_role("owner", by=owner.user)
    said = journal.said()
    for wanted in (
        f"sign_in accounts.user {boss.pk} by {boss.pk}",
        f"download exporters.certificate {world.certificate.pk} by {boss.pk}",
        f"export accounts.user {boss.pk} by {boss.pk}",
        "Forbidden (Permission denied): /admin/background/",
    ):
        assert wanted in said, said
    for begun in ("sign_in_failed from ", "change_role exporters.membership "):
        assert any(one.startswith(begun) for one in said), said


@pytest.mark.django_db
def test_S39_a_whole_visit_leaves_no_secret_in_the_log(world, journal):
    person = world.people["own_producer"]
    client = signed_in(person)
    words = {"email": person.email, "password": PASSWORD, "name": "stock", "scopes": ["desk:write"]}
    token = Client().post("/api/v1/auth/token/", words, "application/json").json()["token"]
    bearer = {"Authorization": f"Bearer {token}"}
    assert Client().get("/api/v1/my/products/", headers=bearer).status_code == 200
    Client().get(f"/en/nothing/?token={token}&email={person.email}", headers=bearer)
    Client().post("/en/account/password/reset/", {"email": person.email})
    Client().post("/en/account/login/", {"login": person.email, "password": PASSWORD + "x"})
    client.post(reverse("revision_what", args=[world.draft.pk]), {"name_id": "Rahasia dagang kami"})
    session = client.session.session_key
    client.get(f"/en/nothing/{world.producer.nib or '1234567890123'}/")
    client.post("/en/account/logout/")
    text = "\n".join(journal.lines)
    assert len(journal.lines) >= 5
    for secret in (
        PASSWORD,
        token,
        token[:20],
        session,
        person.email,
        world.producer.nib or "1234567890123",
        "Rahasia",
    ):
        assert str(secret) not in text

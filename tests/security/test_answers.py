"""S8, S11, S26, S41: what stands at the head of every answer, and how large and odd a request may be."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Any

import pytest
from django.conf import settings
from django.test import Client, override_settings
from django.urls import reverse

from tests.world import World

pytestmark = pytest.mark.django_db
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
PRODUCTION = {
    "PATH": os.environ["PATH"],
    "PRODUCTION": "1",
    "SECRET_KEY": "tests-need-some-key-0123456789-abcdefghijklmnopqrstuvwxyz",
    "ALLOWED_HOSTS": "inaaccess.example",
    "DATABASE_URL": "postgres://inaaccess@db.example/inaaccess",
}
MULTIPART = "multipart/form-data; boundary=x"
PAGES = [
    "/en/",
    "/en/products/",
    "/en/account/login/",
    "/en/nothing/",
    "/admin/",
    "/admin/nothing/",
    "/healthz",
    "/metrics",
    "/api/v1/products/",
    "/api/v1/nothing/",
    "/api/v1/my/products/",
    "/api/v1/docs/",
    "/robots.txt",
    "/.well-known/security.txt",
    "/static/js/app.js",
    "/static/nothing.js",
    "/photos/nothing",
]


def test_S41_every_answer_carries_every_header(client: Client, world: World):
    files = [reverse("photo", kwargs={"key": world.photo.key, "size": "640"})]
    for address in [*PAGES, *files]:
        look_at(client.get(address), address)
    client.force_login(world.people["own_producer"])
    look_at(client.get(reverse("certificate_file", args=[world.certificate.pk])), "certificate")
    look_at(client.post("/en/account/logout/"), "a redirect")


def test_S41_errors_of_all_kinds_carry_the_headers():
    broken = Client(raise_request_exception=False)
    look_at(broken.get("/en/", headers={"host": "elsewhere.example"}), "an unknown host")
    look_at(Client(enforce_csrf_checks=True).post("/en/account/login/", {}), "no CSRF token")
    look_at(broken.post("/en/account/login/", "x" * 3_000_000, content_type="text/plain"), "too large")
    with override_settings(ROOT_URLCONF="tests.security.broken_urls"):
        answer = broken.get("/broken/")
        assert answer.status_code == 500
        look_at(answer, "a fault of ours")


def look_at(answer: Any, what: str) -> None:
    missing = {name for name, value in HEADERS.items() if answer.get(name) != value}
    policy = answer.get("Content-Security-Policy", "")
    assert not missing, (what, answer.status_code, missing)
    assert answer["Permissions-Policy"] and answer["X-Request-Id"], what
    assert "unsafe" not in policy and ("frame-ancestors 'none'" in policy or "sandbox" in policy), (what, policy)


def test_S41_check_deploy_is_clean_under_production_settings():
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    checked = subprocess.run(command, cwd=settings.BASE_DIR, env=PRODUCTION, capture_output=True, text=True)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert "no issues" in checked.stdout + checked.stderr


@pytest.mark.parametrize("address", ["/en/account/login/", "/en/products/", "/admin/login/", "/api/v1/auth/token/"])
@pytest.mark.parametrize(
    "kind", ["application/x-www-form-urlencoded", "application/json", "multipart/form-data; boundary=x"]
)
def test_S26_a_body_above_the_limit_is_refused_unread(client: Client, address: str, kind: str):
    answer = client.generic("POST", address, b"x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1), content_type=kind)
    assert answer.status_code == 413


def test_S26_only_addresses_that_take_files_take_large_bodies(client: Client, world: World):
    client.force_login(world.people["own_producer"])
    large = b"x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)
    kind = MULTIPART
    taken = client.generic("POST", reverse("photo_upload", args=[world.draft.pk]), large, content_type=kind)
    refused = client.generic("POST", reverse("revision_what", args=[world.draft.pk]), large, content_type=kind)
    assert taken.status_code != 413 and refused.status_code == 413


@pytest.mark.parametrize(
    "query",
    [
        "q=%00",
        "q=%ff%fe",
        "q=" + "x" * 5000,
        "&".join(f"a{n}=1" for n in range(3000)),
        "moq_max=" + "9" * 400,
        "price_max=NaN",
        "price_max=Infinity",
        "lead_max=-1",
        "q=%ED%A0%80",
        "after=%00",
        "page_size=1e9",
        "sort=producer__user__password",
    ],
)
def test_S26_odd_queries_are_answered_and_never_by_a_fault(query: str):
    client = Client(raise_request_exception=False)
    for address in ("/en/products/", "/api/v1/products/", "/en/producers/", "/api/v1/producers/"):
        answer = client.get(f"{address}?{query}")
        assert answer.status_code in (200, 400, 404), (address, answer.status_code)


@pytest.mark.parametrize("name", ["fields", "producer__members__password", "is_staff", "ordering", "format"])
def test_S27_an_unknown_parameter_is_a_400_in_the_api(client: Client, name: str):
    for address in ("/api/v1/products/", "/api/v1/producers/", "/api/v1/markets/", "/api/v1/categories/"):
        answer = client.get(address, {name: "x"})
        assert answer.status_code == 400 and name in answer.json()["fields"], address


@pytest.mark.parametrize(
    "address",
    [
        "/en/account/login/",
        "/en/account/logout/",
        "/en/account/password/reset/",
        "/en/account/language/",
        "/en/account/factors/passkeys/login/",
        "/admin/logout/",
    ],
)
def test_S11_every_unsafe_method_needs_its_csrf_token(address: str, world: World):
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.people["ministry"])
    assert client.post(address, {}).status_code == 403


@pytest.mark.parametrize("name", ["home", "product_list", "producer_list", "market_list", "basket"])
def test_S11_who_only_reads_gets_no_cookie(name: str, client: Client, world: World):
    assert not client.get(reverse(name)).cookies


def test_S11_who_only_reads_about_a_product_gets_no_cookie(client: Client, world: World):
    assert not client.get(reverse("product_detail", args=[world.product.slug])).cookies


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "https:evil.example",
        "http://testserver@evil.example/",
    ],
)
def test_S11_no_address_sends_a_reader_elsewhere(target: str, world: World):
    for address, data in (
        ("/en/account/language/", {"language": "es", "next": target}),
        ("/en/account/logout/", {"next": target}),
        ("/admin/login/", {"next": target}),
    ):
        client = Client(headers={"referer": target})
        client.force_login(world.people["ministry"])
        answer = client.post(f"{address}?next={target}", data)
        assert answer.status_code in (302, 403) and "evil" not in answer.get("Location", ""), address

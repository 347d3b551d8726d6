from __future__ import annotations

import pytest
from django.db import OperationalError
from django.test import Client as PlainClient

from tests import factories as make

DEEP = '{"title":' * 1100 + "{}" + "}" * 1100


@pytest.fixture
def desk(client_of):
    make.UnitFactory()
    return client_of(make.MembershipFactory().user)


@pytest.mark.parametrize(
    "body",
    [
        "{", "[1]", '"text"', "null", '{"moq": NaN}', '{"moq": Infinity}', '{"moq": 1e999999}',
        '{"moq": ' + "9" * 5000 + "}", '{"brand": "a\\u0000b"}', '{"brand": "\\ud800"}', '{"\\u0000": 1}', DEEP,
        "[" * 100_000, '{"title": {"en": ["x"]}}', '{"title": "x"}', '{"title": {"de": "x"}}', '{"colour": "red"}',
        '{"offers": {}}', '{"offers": [1]}', '{"attributes": [1]}', '{"business_models": "brand"}',
        '{"producer": 99999999999999999999}', '{"certificates": [9223372036854775808]}',
        '{"photos": [{"photo": "x"}]}', '{"category": {"a": 1}}', '{"category": "nothing"}', '{"hs6": 640399}{}',
        '{"target_markets": ["ZZ"]}', '{"hs6": "000000"}', '{"unit": "no"}', '{"lead_time_days": 1.5}',
    ],
)  # fmt: skip
def test_S26_a_hostile_body_is_a_400_in_the_one_shape(desk, body):
    answer = desk.generic("POST", "/api/v1/my/products/", body, content_type="application/json")
    assert answer.status_code == 400, answer.content
    assert set(answer.json()) == {"code", "detail", "fields"}


def test_a_body_that_is_not_utf8_is_a_400(desk):
    answer = desk.generic("POST", "/api/v1/my/products/", b'{"brand": "\xff"}', content_type="application/json")
    assert answer.status_code == 400


def test_a_body_above_the_limit_is_a_413(desk):
    body = '{"brand": "' + "a" * 2_700_000 + '"}'
    answer = desk.generic("POST", "/api/v1/my/products/", body, content_type="application/json")
    assert answer.status_code == 413 and answer.json()["code"] == "too_large"


def test_a_form_is_not_read_where_json_is(desk):
    answer = desk.post("/api/v1/my/products/", {"a": "b"}, format="multipart")
    assert answer.status_code == 415 and answer.json()["code"] == "unsupported_media_type"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("method", "address", "headers", "status", "code"),
    [
        ("GET", "/api/v1/nothing/", {}, 404, "not_found"),
        ("GET", "/api/v1/products", {}, 404, "not_found"),
        ("GET", "/api/v1/products/%00/", {}, 404, "not_found"),
        ("GET", "/api/v1/my/products/", {}, 401, "not_authenticated"),
        ("POST", "/api/v1/products/", {}, 405, "method_not_allowed"),
        ("GET", "/api/v1/products/", {"HTTP_ACCEPT": "text/html"}, 406, "not_acceptable"),
        ("GET", "/api/v1/auth/token/", {}, 405, "method_not_allowed"),
        ("GET", "/api/v1/reviews/999999999999999999/", {}, 401, "not_authenticated"),
    ],
)
def test_every_error_has_the_one_shape(method, address, headers, status, code):
    answer = PlainClient().generic(method, address, **headers)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert set(answer.json()) == {"code", "detail", "fields"}


@pytest.mark.django_db
def test_an_error_speaks_the_language_of_the_reader(visitor):
    english = visitor.get("/api/v1/nothing/").json()["detail"]
    assert visitor.get("/api/v1/nothing/", HTTP_ACCEPT_LANGUAGE="en-GB,es;q=0.5").json()["detail"] == english
    assert visitor.get("/api/v1/nothing/", HTTP_ACCEPT_LANGUAGE="pt")["Content-Language"] == "pt-br"
    assert visitor.get("/api/v1/nothing/", {"lang": "es"})["Content-Language"] == "es"


@pytest.mark.django_db
def test_S6_beyond_the_limit_comes_a_429_with_its_time(visitor, settings):
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "api": (3, 60)}
    statuses = [visitor.get("/api/v1/categories/").status_code for _ in range(4)]
    assert statuses == [200, 200, 200, 429]
    refused = visitor.get("/api/v1/categories/")
    assert 0 < int(refused["Retry-After"]) <= 60 and refused.json()["code"] == "too_many_tries"


@pytest.mark.django_db
def test_many_parameters_are_a_400():
    address = "/api/v1/products/?" + "&".join(f"a{number}=1" for number in range(1_500))
    assert PlainClient().get(address).status_code == 400


@pytest.mark.django_db
def test_private_answers_are_not_kept(desk):
    assert desk.get("/api/v1/my/products/")["Cache-Control"] == "private, no-store"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("error", "status", "code"), [(ValueError, 500, "server_error"), (OperationalError, 503, "unavailable")]
)
def test_a_fault_of_ours_tells_nothing(monkeypatch, error, status, code):
    def break_down(*_args):
        raise error("secret")

    monkeypatch.setattr("catalog.api.reference.CategoryViewSet.list", break_down)
    answer = PlainClient(raise_request_exception=False).get("/api/v1/categories/")
    assert answer.status_code == status and answer.json()["code"] == code
    assert b"secret" not in answer.content

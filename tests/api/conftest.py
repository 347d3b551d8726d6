"""A client that speaks JSON, signed in by token or not, and the API's own description to hold answers against."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import jsonschema
import pytest
from django.urls import Resolver404, resolve
from rest_framework.test import APIClient

from accounts.models import Scope, Token, User
from inaaccess.api_docs import description_of_api


class Client(APIClient):
    """Asks the API and holds every answer against its description."""

    def request(self, **kwargs: Any) -> Any:
        response = super().request(**kwargs)
        check(kwargs["REQUEST_METHOD"], kwargs["PATH_INFO"], response)
        return response


@pytest.fixture
def visitor() -> Client:
    return Client()


@pytest.fixture
def client_of(db: None) -> Callable[..., Client]:
    """A client with a token of this person, with all scopes unless some are named."""

    def make(user: User, scopes: list[str] | None = None) -> Client:
        _token, words = Token.objects.issue(user, name="test", scopes=Scope.values if scopes is None else scopes)
        client = Client()
        client.credentials(HTTP_AUTHORIZATION=f"Bearer {words}")
        return client

    return make


def check(method: str, path: str, response: Any) -> None:
    """The status is documented and the body is as described; an error has the one shape, whatever was asked."""
    if response.status_code >= 400 and method != "HEAD":
        assert set(response.json()) >= {"code", "detail", "fields"}, response.content
    document = description_of_api("en")
    operation = operation_at(document, method, path)
    if operation is None:
        return
    answer = operation["responses"].get(str(response.status_code))
    assert answer is not None, f"{method} {path} answers {response.status_code}, which is not described"
    content = answer.get("content", {}).get("application/json")
    if content is not None and method != "HEAD":
        schema = {**content["schema"], "components": document["components"]}
        jsonschema.validate(response.json(), _nullable(schema), format_checker=jsonschema.FormatChecker())


def operation_at(document: dict[str, Any], method: str, path: str) -> dict[str, Any] | None:
    try:
        match = resolve(path)
    except Resolver404:
        return None
    template = "/" + re.sub(r"\(\?P<(\w+)>[^/]*\)", r"{\1}", match.route).replace("^", "").replace("$", "")
    template = template.replace("{pk}", "{id}")
    operation: dict[str, Any] | None = document["paths"].get(template, {}).get(method.replace("HEAD", "GET").lower())
    return operation


def _nullable(schema: Any) -> Any:
    """OpenAPI 3.0's `nullable` in the words of JSON Schema."""
    if isinstance(schema, list):
        return [_nullable(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    plain = {key: _nullable(value) for key, value in schema.items() if key != "nullable"}
    return {"anyOf": [plain, {"type": "null"}]} if schema.get("nullable") is True else plain

"""How the API's description is made: OpenAPI 3 with every parameter and status that a view of ours has."""

from __future__ import annotations

import re
from typing import Any, Final

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import Direction, OpenApiParameter

from accounts.repeats import HEADER, KEY_PARAMETER
from kit.api_fields import ErrorSerializer
from kit.api_views import ApiView

STATUSES: Final = {
    "400": "A parameter or value is wrong",
    "401": "A token is missing or not valid",
    "403": "The power, or the scope of the token, is missing",
    "404": "Not there, or not in your reach",
    "406": "Only JSON is spoken here",
    "409": "Refused in the present state; `code` says why",
    "413": "The body is too large",
    "415": "This media type is not read here",
    "422": "The Idempotency-Key came before with another body",
    "429": "Too many requests; Retry-After says when to come back",
    "503": "The data or the storage cannot be reached at the moment; Retry-After says when to try again",
}


class ApiSchema(AutoSchema):
    """Adds to each operation what every view of ours does: `lang`, known parameters, the errors."""

    def get_override_parameters(self) -> list[OpenApiParameter]:  # type: ignore[override]
        if not isinstance(self.view, ApiView):
            return []
        action = getattr(self.view, "action", None) or self.method.lower()
        in_this_path = [one for one in self.view.path_parameters if f"{{{one.name}}}" in self.path]
        takes_key = getattr(getattr(self.view, action, None), "takes_key", False)
        return [*self.view.parameters_of(action), *((KEY_PARAMETER,) if takes_key else ()), *in_this_path]

    def _get_response_bodies(self, direction: Direction = "response") -> dict[str, Any]:
        responses: dict[str, Any] = super()._get_response_bodies(direction)
        if not isinstance(self.view, ApiView):
            return responses
        error = self.resolve_serializer(ErrorSerializer, direction).ref
        for status in self._statuses():
            described = {"description": STATUSES[status], "content": {"application/json": {"schema": error}}}
            responses.setdefault(status, described)
        if self.method == "GET" and self.view.max_age:
            responses["304"] = {"description": "Not changed since the ETag that was sent"}
        for status in ("429", "503"):
            responses[status]["headers"] = {"Retry-After": {"schema": {"type": "integer"}, "description": "Seconds"}}
        return dict(sorted(responses.items()))

    def _statuses(self) -> list[str]:
        found = ["400", "401", "403", "406", "429", "503"]
        if "{" in self.path:
            found.append("404")
        if self.method in ("POST", "PATCH", "DELETE"):
            found.append("409")
        if self.method in ("POST", "PATCH"):
            found += ["413", "415"]
        if any(one.name == HEADER for one in self.get_override_parameters()):
            found.append("422")
        return found


class BearerScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """The token in the header."""

    target_class = "accounts.authentication.BearerAuthentication"
    name = "bearer"
    priority = 1

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer", "description": "From POST /api/v1/auth/token/"}


def only_addresses(endpoints: list[tuple[Any, ...]], **kwargs: Any) -> list[tuple[Any, ...]]:
    """Only what is under /api/v1/ and not the catch-all."""
    return [one for one in endpoints if re.match(r"^/api/v1/.+", one[0])]

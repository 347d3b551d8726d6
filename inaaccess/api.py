"""The API's router and error shape: {"code", "detail", "fields"}."""

from __future__ import annotations

from typing import Any

from rest_framework.response import Response
from rest_framework.views import exception_handler

from accounts.workflow import Refused


def error_response(error: Exception, context: dict[str, Any]) -> Response | None:
    """Every error of the API in one shape; a refused verb is a 409."""
    if isinstance(error, Refused):
        return Response({"code": error.code, "detail": str(error.message), "fields": {}}, status=409)
    return exception_handler(error, context)

"""The one shape of the API's errors: {"code", "detail", "fields"}."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.core.exceptions import ValidationError as DjangoValidationError
from django.core.signals import got_request_exception
from django.http import Http404, HttpRequest
from django.utils.log import log_response
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import exception_handler, set_rollback

from accounts.ratelimit import TooMany
from accounts.workflow import Refused
from catalog.models.revision_state import Incomplete
from inaaccess.faults import RETRY_AFTER, outage_of, outage_sentence
from kit.keyset import BadCursor
from kit.uploads import UploadRefused


def error_response(error: Exception, context: dict[str, Any]) -> Response | None:
    """Every error of the API in one shape; a refused verb is a 409, a fault of ours a 500 that tells nothing."""
    if isinstance(error, Refused):
        return _refusal(error)
    if isinstance(error, TooMany):
        headers = {"Retry-After": str(error.retry_after)}
        return Response(_body(error.code, error.message), status=429, headers=headers)
    if isinstance(error, SuspiciousOperation):
        status = 413 if isinstance(error, RequestDataTooBig) else 400
        return Response(_body("too_large" if status == 413 else "bad_request", _("The request is too large.")), status)
    known = _as_api_error(error)
    response = exception_handler(known, context)
    if response is None:
        return _fault(error, context["request"]._request)
    if isinstance(known, exceptions.ValidationError):
        response.data = _invalid(known.detail)
    elif isinstance(known, exceptions.APIException):
        response.data = _body(_code_of(known), known.detail)
    return response


def _fault(error: Exception, request: HttpRequest) -> Response | None:
    """A database or storage that is away is a 503. While developing, Django's own page tells more."""
    outage = outage_of(error)
    if settings.DEBUG and outage is None:
        return None
    set_rollback()
    got_request_exception.send(sender=None, request=request)
    if outage is not None:
        code = {"database": "unavailable", "storage": "storage_full"}[outage]
        headers = {"Retry-After": RETRY_AFTER[outage]}
        response = Response(_body(code, outage_sentence(outage)), 503, headers=headers)
    else:
        response = Response(_body("server_error", _("Something went wrong on our side. It was noted.")), 500)
    log_response("%s: %s", type(error).__name__, request.path, request=request, response=response, exception=error)
    return response


def _as_api_error(error: Exception) -> Exception:
    """What Django and we raise, as the exceptions of REST framework."""
    if isinstance(error, BadCursor):
        return exceptions.ValidationError({"after": [_("This is not a position of this list.")]})
    if isinstance(error, UploadRefused):
        return exceptions.ValidationError({"file": [error.sentence(_("The file"))]})
    if isinstance(error, DjangoValidationError):
        return exceptions.ValidationError(
            error.message_dict if hasattr(error, "error_dict") else {"non_field_errors": error.messages}
        )
    if isinstance(error, Http404):
        return exceptions.NotFound(_("There is nothing here, or it is not yours to see."))
    if isinstance(error, PermissionDenied):
        return exceptions.PermissionDenied()
    return error


def _refusal(error: Refused) -> Response:
    fields: dict[str, Any] = dict(getattr(error, "fields", {}))
    if isinstance(error, Incomplete):
        for part in error.missing:
            fields.setdefault(part.field, []).append(str(part.message))
    return Response(_body(error.code, error.message, fields), status=error.status)


def _invalid(detail: Any) -> dict[str, Any]:
    """A 400 with the sentences of each field by its path: {"offers.0.unit_price": ["…"]}."""
    fields: dict[str, list[str]] = {}
    for name, sentence in _sentences(detail, ""):
        fields.setdefault(name, []).append(sentence)
    whole = fields.pop("", [])
    return _body("invalid", " ".join(whole) or _("Some values are not right."), fields)


def _sentences(detail: Any, where: str) -> Iterator[tuple[str, str]]:
    if isinstance(detail, Mapping):
        for key, inner in detail.items():
            name = "" if key == "non_field_errors" else str(key)
            yield from _sentences(inner, ".".join(part for part in (where, name) if part))
    elif isinstance(detail, list | tuple):
        for number, inner in enumerate(detail):
            is_plain = not isinstance(inner, Mapping | list | tuple)
            yield from _sentences(inner, where if is_plain else ".".join(part for part in (where, str(number)) if part))
    else:
        yield where, str(detail)


def _code_of(error: exceptions.APIException) -> str:
    codes = error.get_codes()
    return codes if isinstance(codes, str) else error.default_code


def _body(code: str, detail: Any, fields: Mapping[str, Any] | None = None) -> dict[str, Any]:
    return {"code": code, "detail": str(detail), "fields": dict(fields or {})}

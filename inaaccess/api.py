"""The API: its addresses, and the one shape of its errors: {"code", "detail", "fields"}."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, Final

from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.core.exceptions import ValidationError as DjangoValidationError
from django.http import Http404
from django.urls import URLPattern, URLResolver, path, re_path
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import exceptions
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import exception_handler

from accounts.api import CurrentTokenView, TokenObtainView, TokenViewSet
from accounts.permissions import Anybody
from accounts.ratelimit import TooMany
from accounts.workflow import Refused
from catalog.api import CategoryViewSet, CommodityViewSet, HSCodeViewSet, ProducerViewSet, ProductViewSet
from catalog.models.revision import Incomplete
from inaaccess.api_docs import DocsView, SchemaView
from kit.api_views import ApiView, ApiViewSet
from kit.keyset import BadCursor
from kit.uploads import UploadRefused
from markets.api import MarketViewSet, MissionViewSet

# --- errors ----------------------------------------------------------------------------------------


def error_response(error: Exception, context: dict[str, Any]) -> Response | None:
    """Every error of the API in one shape; a refused verb is a 409. None for what is a fault of ours."""
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
        return None
    if isinstance(known, exceptions.ValidationError):
        response.data = _invalid(known.detail)
    elif isinstance(known, exceptions.APIException):
        response.data = _body(_code_of(known), known.detail)
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


class NothingHere(ApiView):
    """The rest of the API's addresses: a 404 in the shape of its errors."""

    permission_classes = [Anybody]
    scope: ClassVar[str | None] = None

    @extend_schema(exclude=True)
    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        raise exceptions.NotFound(_("There is nothing at this address. Addresses of the API end with “/”."))


# --- addresses -------------------------------------------------------------------------------------

app_name: Final = "api"

SLUG: Final = r"(?P<slug>[-a-z0-9_]+)"
ID: Final = r"(?P<pk>[0-9]{1,18})"
ISO2: Final = r"(?P<iso2>[A-Za-z]{2})"
GET: Final[dict[str, Any]] = {"get": "list"}
ONE: Final[dict[str, Any]] = {"get": "retrieve"}


def _read(name: str, views: type[ApiViewSet], key: str, *more: str) -> list[URLPattern]:
    """A list, one thing by its key, and lists under it; "product" gives "product-list", "product-detail", …"""
    kind = f"{name.removesuffix('y')}ies" if name.endswith("y") else f"{name}s"
    return [
        path(f"{kind}/", views.as_view(GET), name=f"{name}-list"),
        re_path(rf"^{kind}/{key}/$", views.as_view(ONE), name=f"{name}-detail"),
        *(re_path(rf"^{kind}/{key}/{sub}/$", views.as_view({"get": sub}), name=f"{name}-{sub}") for sub in more),
    ]


urlpatterns: list[URLPattern | URLResolver] = [
    path("schema/", SchemaView.as_view(), name="schema"),
    path("docs/", DocsView.as_view(), name="docs"),
    path("auth/token/", TokenObtainView.as_view(), name="token-obtain"),
    path("auth/tokens/", TokenViewSet.as_view(GET), name="token-list"),
    path("auth/tokens/current/", CurrentTokenView.as_view(), name="token-current"),
    re_path(r"^auth/tokens/(?P<id>[0-9a-f]{16})/$", TokenViewSet.as_view({"delete": "destroy"}), name="token-detail"),
    *_read("product", ProductViewSet, SLUG),
    *_read("producer", ProducerViewSet, SLUG, "products"),
    *_read("category", CategoryViewSet, SLUG),
    *_read("commodity", CommodityViewSet, SLUG),
    *_read("hs-code", HSCodeViewSet, r"(?P<code>[0-9]{2}|[0-9]{4}|[0-9]{6})"),
    *_read("market", MarketViewSet, ISO2, "products"),
    *_read("mission", MissionViewSet, r"(?P<code>[-A-Za-z0-9_]{1,12})"),
    re_path(r"", NothingHere.as_view(), name="nothing"),
]

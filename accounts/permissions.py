"""Permissions of the API. Every view names its own; the default lets nobody in.

Three questions in this order: who asks (401), has their token the scope of the route and have they the power (403).
Whether the object is in their scope is the queryset's affair (404).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Protocol

from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import MethodNotAllowed, PermissionDenied
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from accounts.models import Token

if TYPE_CHECKING:  # the settings name this module while those views are being imported
    from rest_framework.views import APIView


class Nobody(BasePermission):
    """The default: a view that forgot to name its permission is closed."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        return False


class Scoped(Protocol):
    """A view that says which scope a token needs; None: any token will do."""

    scope: ClassVar[str | None]


class HasScope(BasePermission):
    """For signed-in people; a token must have the scope that the view names. A session has all of them."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        return request.user.is_authenticated and has_scope(request, view)


class PublicRead(HasScope):
    """For everybody, to read; a token that is sent along must have the scope all the same."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        if request.method not in SAFE_METHODS:
            raise MethodNotAllowed(str(request.method))
        return has_scope(request, view)


class Anybody(BasePermission):
    """For everybody: the way in and what is about nobody."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        return True


class HasPower(HasScope):
    """For people with the permission that the view names as `power`, beside its scope."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        power: str = view.power  # type: ignore[attr-defined]
        return super().has_permission(request, view) and request.user.has_perm(power)


def has_scope(request: Request, view: APIView) -> bool:
    """Has the token the view's scope? Raises PermissionDenied (scope_missing), which names it."""
    scope: str | None = view.scope  # type: ignore[attr-defined]
    if scope is None or not isinstance(request.auth, Token) or scope in request.auth.scopes:
        return True
    raise PermissionDenied(_("This token lacks the scope “%(scope)s”.") % {"scope": scope}, code="scope_missing")

"""The limit of the API: so many requests a minute by token, person or address (settings.RATE_LIMITS, "api")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from accounts import ratelimit
from accounts.models import Token

if TYPE_CHECKING:  # the settings name this module while those views are being imported
    from rest_framework.views import APIView


class ApiThrottle(BaseThrottle):
    """Counts before anything is done. Raises ratelimit.TooMany, which the API answers with 429 and Retry-After."""

    def allow_request(self, request: Request, view: APIView) -> bool:
        ratelimit.hit("api", key_of(request))
        return True


def key_of(request: Request) -> str:
    """Who is counted."""
    if isinstance(request.auth, Token):
        return f"token:{request.auth.digest}"
    if request.user.is_authenticated:
        return f"user:{request.user.pk}"
    return f"address:{ratelimit.client_address(request._request)}"

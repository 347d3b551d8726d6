"""What stands between staff and every page: sessions that end, and the second factor."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from accounts import factors, sessions
from accounts.models import User
from accounts.roles import is_official

Next = Callable[[HttpRequest], HttpResponse]
LEAVING: Final = frozenset({"account_logout", "admin:logout", "language_choose", "healthz", "readyz"})
PASSING: Final = LEAVING | {"mfa_reauthenticate", "mfa_reauthenticate_webauthn"}
SETTING_UP: Final = LEAVING | {
    "mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "account_reauthenticate",
}  # fmt: skip


def person_of(request: HttpRequest) -> User | None:
    """Who is signed in; a request without a session cookie is not even asked, so that caches may keep its answer."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return None
    return request.user if isinstance(request.user, User) else None


class StaffSession:
    """Ends the session of staff after STAFF_IDLE_SECONDS without a request, STAFF_SESSION_SECONDS after the log-in."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = person_of(request)
        if user is not None and is_official(user):
            if sessions.is_over_for_staff(request.session):
                logout(request)
                messages.info(request, _("You were signed out because some time went by. Please sign in again."))
            else:
                sessions.note_use(request.session)
        return self.get_response(request)


class StaffFactor:
    """Lets staff without a second factor only set one up, and those who have one only pass it, once a session."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = person_of(request) if settings.STAFF_MFA else None
        if user is None or not factors.is_required(user):
            return self.get_response(request)
        has_one = factors.has_factor(user)
        if has_one and factors.is_passed(request, user):
            return self.get_response(request)
        if _name_of(request) in (PASSING if has_one else SETTING_UP):
            return self.get_response(request)
        return _refusal(request, user, has_one)


def _name_of(request: HttpRequest) -> str:
    try:
        return resolve(request.path_info).view_name
    except Resolver404:
        return ""


def _refusal(request: HttpRequest, user: User, has_one: bool) -> HttpResponse:
    if request.path_info.startswith("/api/"):
        detail = _("Pass your second factor on the site first.")
        return JsonResponse({"code": "second_factor_needed", "detail": detail, "fields": {}}, status=403)
    if not has_one:
        return redirect("mfa_index")
    by_code = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists()
    page = reverse("mfa_reauthenticate" if by_code else "mfa_reauthenticate_webauthn")
    wanted = request.get_full_path() if request.method in ("GET", "HEAD") else reverse("after_login")
    return redirect(f"{page}?{urlencode({'next': wanted})}")

"""Where a person goes after the log-in."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.http import SignedInRequest
from accounts.models import User
from accounts.roles import is_official
from exporters.models import Producer
from inquiries import request_drafts
from inquiries.models import Importer


@never_cache
@require_safe
def after_login(request: SignedInRequest) -> HttpResponse:
    """To the page of one's role, in the language of the account."""
    with override(request.user.language):
        goes_on = request_drafts.goes_on(request) and not is_official(request.user)
        page = "buying_request_create" if goes_on else _page_of(request.user)
        response = redirect(page)
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        request.user.language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        samesite="Lax",
        secure=settings.LANGUAGE_COOKIE_SECURE,
    )
    return response


def _page_of(user: User) -> str:
    """The name of the page: staff their desk, producers and officers theirs, importers theirs."""
    if user.is_staff:
        return "admin:index"
    if user.has_perm("exporters.onboard_producer") or Producer.objects.of_member(user).exists():
        return "desk"
    return "importer_home" if Importer.objects.filter(user=user).exists() else "desk"

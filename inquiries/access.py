"""Who may open the importer's pages: whoever has an importing company, and the way to one for who has none."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from accounts.models import User, Viewer
from inquiries.models import Importer


def importer_of(user: Viewer) -> Importer:
    """The company of `user`. Raises PermissionDenied for who has none."""
    importer = own_importer(user)
    if importer is None:
        raise PermissionDenied
    return importer


def own_importer(user: Viewer) -> Importer | None:
    """The company of `user`; None for a visitor and for an account without one."""
    return Importer.objects.of(user).select_related("verified_mission").first()


def company_first(request: HttpRequest, next_url: str) -> HttpResponse:
    """On to what makes an importer of who asks, and then to `next_url`.

    A visitor registers and signs in (in whatever browser the letter is opened), an account adds its company.
    """
    if isinstance(request.user, User):
        return redirect(_with_next("importer_create", next_url))
    return redirect(_with_next("register_importer", _with_next("account_login", next_url)))


def _with_next(page: str, next_url: str) -> str:
    return f"{reverse(page)}?{urlencode({'next': next_url})}" if next_url else reverse(page)

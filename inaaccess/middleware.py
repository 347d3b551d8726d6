"""What every request needs: an id, the reader's language and zone, and a page for a refused verb."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _

from accounts.ratelimit import TooMany, client_address
from accounts.workflow import Refused
from kit.keyset import BadCursor
from kit.own_addresses import page_before
from kit.tracing import RequestFacts, current_request, network_of
from kit.zones import ReaderZone

Next = Callable[[HttpRequest], HttpResponse]
LOGIN_WAIT = "900"  # seconds
WITHOUT_READER = ("/photos/", "/healthz", "/readyz")  # they say nothing in words: no session is read for them


class RequestIdMiddleware:
    """Gives each request an id and tells the audit trail of it and of the shortened address."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request_id = str(uuid.uuid4())
        who = partial(getattr, request, "user", None)
        facts = RequestFacts(request_id, network_of(client_address(request)), who)
        token = current_request.set(facts)
        try:
            response = self.get_response(request)
        finally:
            current_request.reset(token)
        response["X-Request-Id"] = request_id
        response["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=()"
        return response


class ReaderMiddleware:
    """Shows times in the zone of the signed-in person, and the desk, whose addresses carry no language, in theirs.

    Visitors get UTC's named dates. What a signed-in person reads is kept by no cache, unless its view says otherwise.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith(WITHOUT_READER):
            return self.get_response(request)
        if request.user.is_authenticated:
            timezone.activate(ReaderZone(request.user.time_zone))
            if request.path_info.startswith(reverse("admin:index")):
                translation.activate(request.user.language)
                request.LANGUAGE_CODE = request.user.language
        else:
            timezone.deactivate()
        response = self.get_response(request)
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            patch_cache_control(response, private=True, no_store=True)
        return response


class RefusalAsPage:
    """Answers a verb's refusal with a 409 page that says why, and too many tries with a 429 page.

    A forged or outdated position in a list leads to the start of the list.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 429 and not response.has_header("Retry-After"):
            response["Retry-After"] = LOGIN_WAIT  # allauth's limits do not say it
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A Refused becomes the page templates/409.html, TooMany templates/429.html; BadCursor a way to the start."""
        if isinstance(exception, TooMany):
            response = render(request, "429.html", {"retry_after": exception.retry_after}, status=429)
            response["Retry-After"] = str(exception.retry_after)
            return response
        if isinstance(exception, BadCursor):
            messages.info(request, _("This page of the list is not there; you see the first one."))
            return redirect(_start_of_list(request))
        if not isinstance(exception, Refused):
            return None
        context = {"refused": exception.message, "back_url": page_before(request)}
        return render(request, "409.html", context, status=exception.status)


def _start_of_list(request: HttpRequest) -> str:
    """This address without the position; its filters stay."""
    query = request.GET.copy()
    query.pop("after", None)
    return f"{request.path}?{query.urlencode()}" if query else request.path

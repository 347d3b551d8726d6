"""Buttons without a token on pages that every visitor gets: taken only from a page of this site.

A token against CSRF needs a cookie, here of everybody who only reads. The browser's own word does without: it says
where a form was sent from, and no page can make it say otherwise (Fetch Metadata; Origin, RFC 6454). Who says nothing
of the kind needs the token. Cookies are SameSite besides. For small acts that can be taken back.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt, csrf_protect

SAFE_METHODS: Final = {"GET", "HEAD", "OPTIONS", "TRACE"}


def is_of_own_page(request: HttpRequest) -> bool:
    """Whether the browser says that a page of this site sent it. Browsers name the site or the origin since 2020."""
    if site := request.headers.get("Sec-Fetch-Site"):
        return site == "same-origin"
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"


def from_own_pages(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """In place of the check of a token, where the browser says enough; else that check."""
    with_token = csrf_protect(view)

    @csrf_exempt
    @wraps(view)
    def checked(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if request.method in SAFE_METHODS or is_of_own_page(request):
            return view(request, *args, **kwargs)
        return with_token(request, *args, **kwargs)

    return checked

"""Buttons without a token on pages that every visitor gets: taken only from a page of this site.

A token against CSRF needs a cookie, here of everybody who only reads. The browser's own word does without: it says
where a form was sent from, and no page can make it say otherwise (Fetch Metadata; Origin, RFC 6454). Cookies are
SameSite besides. For small acts that can be taken back; everything else keeps its token.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.views.csrf import csrf_failure
from django.views.decorators.csrf import csrf_exempt

SAFE_METHODS: Final = {"GET", "HEAD", "OPTIONS", "TRACE"}


def is_of_own_page(request: HttpRequest) -> bool:
    """Whether a page of this site, or no page at all, sent it. Browsers name the site or the origin since 2020."""
    if site := request.headers.get("Sec-Fetch-Site"):
        return site in {"same-origin", "none"}
    origin = request.headers.get("Origin")
    return origin is None or origin == f"{request.scheme}://{request.get_host()}"


def from_own_pages(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """In place of the check of a token: what pages of other sites send is answered like a missing one."""

    @csrf_exempt
    @wraps(view)
    def checked(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if request.method not in SAFE_METHODS and not is_of_own_page(request):
            return csrf_failure(request, reason="The form is not of a page of this site.")
        return view(request, *args, **kwargs)

    return checked

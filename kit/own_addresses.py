"""Addresses to go on to that a browser gave: only those of this site are followed."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

LONGEST: Final = 2_000


def own_address(request: HttpRequest, address: str) -> str:
    """The address when it is one of this site; "" for any other, and for a mere word, which would name no page."""
    is_ours = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if is_ours and "/" in address and len(address) <= LONGEST else ""


def page_before(request: HttpRequest) -> str:
    """The page of ours that the form or link was on, as the browser says; "" when it says none."""
    return own_address(request, request.headers.get("Referer", ""))

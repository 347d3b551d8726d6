"""Who reads a page: a person's browser, or a program that is no buyer."""

from __future__ import annotations

import re

from django.http import HttpRequest, HttpResponse

_PROGRAM = re.compile(
    r"bot|crawl|spider|slurp|preview|externalhit|whatsapp|scan|monitor|headless|curl|wget|python|java/|go-http|httpx",
    re.I,
)


def is_program(agent: str) -> bool:
    """Does this User-Agent name a program, or nobody at all?"""
    return not agent or _PROGRAM.search(agent) is not None


def is_prefetch(request: HttpRequest) -> bool:
    """Does a browser fetch the page ahead, before its person asked for it?"""
    purpose = request.headers.get("Sec-Purpose", "") + request.headers.get("Purpose", "")
    return "prefetch" in purpose.lower()


def is_opened_by_person(request: HttpRequest, response: HttpResponse) -> bool:
    """Did a person's browser open an HTML page that is there?"""
    is_page = response.status_code == 200 and response.get("Content-Type", "").startswith("text/html")
    if request.method != "GET" or not is_page:
        return False
    return not is_prefetch(request) and not is_program(request.headers.get("User-Agent", ""))

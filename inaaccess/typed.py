"""What people type into any form of the site is stored as they meant it: composed, without what cannot be seen.

One place for all forms, those of the desk and of libraries too. The API refuses instead (kit/api_json.py): a program
can be told, a person who pasted a text from elsewhere cannot see what is wrong with it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict

from kit.text import clean_text


class TypedText:
    """Cleans the fields of a form before its view reads them. Passwords stay as they were typed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> None:
        """After the check against CSRF, which reads the form as well."""
        if request.method == "POST" and not request.path_info.startswith("/api/") and request.POST:
            request.POST = cleaned(request.POST)  # type: ignore[assignment]
        if request.path_info.startswith("/admin/") and request.GET:
            request.GET = cleaned(request.GET)  # type: ignore[assignment]  # the desk's filters ask the database with it


def cleaned(said: QueryDict) -> QueryDict:
    """The same fields with each text cleaned."""
    copy = QueryDict(mutable=True, encoding=said.encoding)
    for name, texts in said.lists():
        copy.setlist(name, texts if "password" in name else [clean_text(text) for text in texts])
    copy._mutable = False
    return copy

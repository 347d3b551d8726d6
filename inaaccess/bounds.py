"""How large a request may be: 2.5 MB, and more only where files are taken. Asked before anything of it is read."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _


class BodyLimit:
    """Answers 413 to a body that is too large for its address. Without a Content-Length, no body is read at all."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if _length(request) <= settings.DATA_UPLOAD_MAX_MEMORY_SIZE or _length(request) <= _most(request):
            return self.get_response(request)
        sentence = _("The request is too large.")
        if request.path_info.startswith("/api/"):
            return JsonResponse({"code": "too_large", "detail": sentence, "fields": {}}, status=413)
        return HttpResponse(sentence, status=413, content_type="text/plain; charset=utf-8")


def _length(request: HttpRequest) -> int:
    told = str(request.META.get("CONTENT_LENGTH") or "0")
    return int(told) if told.isdecimal() and len(told) < 16 else 0


def _most(request: HttpRequest) -> int:
    """Bytes that this address may get."""
    try:
        takes_files = resolve(request.path_info).view_name in settings.UPLOADS
    except Resolver404:
        takes_files = False
    return settings.UPLOAD_BODY_BYTES if takes_files else settings.DATA_UPLOAD_MAX_MEMORY_SIZE

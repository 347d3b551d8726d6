"""What a person is told when something outside our code fails: the database is away, or the disk is full.

Django calls `server_fault` for every exception that nothing answered, wherever it was raised: in a view, in a
middleware, or while an upload was still arriving. The API answers in its own shape (api_errors.py).
"""

from __future__ import annotations

import errno
import sys
from typing import Final, Literal

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.defaults import server_error

Outage = Literal["database", "storage"]
RETRY_AFTER: Final[dict[Outage, str]] = {"database": "5", "storage": "300"}  # seconds
NO_SPACE: Final = (errno.ENOSPC, errno.EDQUOT, errno.EROFS)


def outage_of(error: BaseException | None) -> Outage | None:
    """Which part is away; None when the fault is ours. A fault that another one caused counts as its cause."""
    while error is not None:
        if isinstance(error, OperationalError | InterfaceError):
            return "database"
        if isinstance(error, OSError) and error.errno in NO_SPACE:
            return "storage"
        error = error.__cause__
    return None


def outage_sentence(outage: Outage) -> str:
    """What to tell the person, in the active language."""
    if outage == "storage":
        return _(
            "There is no room for files at the moment, so nothing was saved. Please try again later; reading works."
        )
    return _("The site cannot reach its data at the moment, so nothing was saved. Please try again in a moment.")


def server_fault(request: HttpRequest) -> HttpResponse:
    """A 503 that says "try again" in the reader's language, or the plain 500 when the fault is ours."""
    outage = outage_of(sys.exc_info()[1])
    if outage is None:
        return server_error(request)
    sentence = outage_sentence(outage)
    response: HttpResponse
    if "application/json" in request.headers.get("Accept", ""):
        response = JsonResponse({"error": sentence, "detail": sentence}, status=503)
    else:
        address = request.get_full_path() if request.method in ("GET", "HEAD") else ""
        response = render(None, "503.html", {"sentence": sentence, "again": address}, status=503)
    response["Retry-After"] = RETRY_AFTER[outage]
    response["Cache-Control"] = "no-store"
    return response

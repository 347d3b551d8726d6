"""The frame of the desk's own pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.template.response import TemplateResponse


def desk_page(request: HttpRequest, name: str, context: Mapping[str, Any], *, status: int = 200) -> TemplateResponse:
    """The page `name` in the frame of the admin."""
    frame = admin.site.each_context(request)
    return TemplateResponse(request, f"admin/{name}.html", {**frame, **context}, status=status)

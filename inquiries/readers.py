"""Who reads a page, as far as an importing company goes."""

from __future__ import annotations

from django.http import HttpRequest


def own_country(request: HttpRequest) -> str:
    """The country (ISO 3166-1 alpha-2) of the importer who reads; "" for everybody else. Known with the session."""
    return getattr(request.user, "importer_country", None) or ""

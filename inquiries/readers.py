"""Who reads a page, as far as an importing company goes."""

from __future__ import annotations

from django.http import HttpRequest

from inquiries.models import Importer

_KNOWN = "_importers_country"


def own_country(request: HttpRequest) -> str:
    """The country (ISO 3166-1 alpha-2) of the importer who reads; "" for everybody else. One query at most."""
    if request.user.is_anonymous:
        return ""
    if not hasattr(request, _KNOWN):
        own = Importer.objects.filter(user=request.user).values_list("country", flat=True)
        setattr(request, _KNOWN, own.first() or "")
    country: str = getattr(request, _KNOWN)
    return country

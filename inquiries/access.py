"""Who may open the importer's pages: whoever has an importing company. Everybody else gets a 403."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.models import Viewer
from inquiries.models import Importer

LONGEST_ADDRESS = 2_000


def importer_of(user: Viewer) -> Importer:
    """The company of `user`. Raises PermissionDenied for who has none."""
    importer = Importer.objects.of(user).select_related("verified_mission").first()
    if importer is None:
        raise PermissionDenied
    return importer


def page_of_ours(request: HttpRequest, address: str) -> str:
    """An address of this site to go on to; "" for any other, and for a mere word."""
    is_ours = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if is_ours and "/" in address and len(address) <= LONGEST_ADDRESS else ""

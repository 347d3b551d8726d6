"""Who may open the importer's pages: whoever has an importing company. Everybody else gets a 403."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied

from accounts.models import Viewer
from inquiries.models import Importer


def importer_of(user: Viewer) -> Importer:
    """The company of `user`. Raises PermissionDenied for who has none."""
    importer = Importer.objects.of(user).select_related("verified_mission").first()
    if importer is None:
        raise PermissionDenied
    return importer

"""Which importers a member of staff looks after. Scope is the second check: the page asks for the power first (403)."""

from __future__ import annotations

from django.db.models import QuerySet

from accounts.models import Viewer
from inquiries.models import Importer
from markets.models import Market
from markets.scope import works_everywhere


def importers_seen_by(user: Viewer) -> QuerySet[Importer]:
    """Importers of the markets that a mission of `user` covers; the ministry sees all, those elsewhere too."""
    rows = Importer.objects.all()
    return rows if works_everywhere(user) else rows.filter(country__in=Market.objects.covered_by(user).values("pk"))

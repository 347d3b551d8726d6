"""Who may ask the API about enquiries at all. Which of them one sees is the querysets' affair (404)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rest_framework.request import Request

from accounts.permissions import HasScope
from inquiries.models import Importer
from inquiries.scope import POWER

if TYPE_CHECKING:
    from rest_framework.views import APIView


class AsksOrOversees(HasScope):
    """For importing companies and for staff who oversee enquiries.

    A view names the actions that only the one (`of_importers`) or only the other (`of_staff`) may call.
    """

    def has_permission(self, request: Request, view: APIView) -> bool:
        if not super().has_permission(request, view):
            return False
        action = getattr(view, "action", None)
        oversees = request.user.has_perm(POWER)
        if action in view.of_staff:  # type: ignore[attr-defined]
            return oversees
        asks = Importer.objects.of(request.user).exists()
        return asks if action in view.of_importers else asks or oversees  # type: ignore[attr-defined]

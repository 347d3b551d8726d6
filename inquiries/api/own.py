"""The importer's side of the API: who has one."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rest_framework.request import Request

from accounts.models import Scope
from accounts.permissions import HasScope
from inquiries.access import importer_of
from inquiries.models import Importer
from kit.api_views import ApiViewSet

if TYPE_CHECKING:
    from rest_framework.views import APIView


class IsImporter(HasScope):
    """For people with an importing company."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        return super().has_permission(request, view) and Importer.objects.of(request.user).exists()


class OwnViewSet(ApiViewSet):
    """What importers do with what is theirs."""

    permission_classes = [IsImporter]
    scope: ClassVar[str | None] = Scope.INQUIRIES_WRITE

    def importer(self, request: Request) -> Importer:
        """The company of who asks."""
        return importer_of(request.user)

"""The history of one's own producers in the API: what stands in the audit trail about them."""

from __future__ import annotations

from typing import Any, ClassVar, Final

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.http import signed_in
from accounts.models import AuditEntry, User
from exporters.api import DeskViewSet
from kit.api_fields import page_of
from kit.api_views import PAGING, page_answer
from kit.keyset import Keyset
from markets.trail_lines import lines

NEWEST_FIRST: Final = Keyset("my history", [("pk", "desc")])


class HistorySerializer(serializers.Serializer[Any]):
    """One entry of the audit trail."""

    id = serializers.IntegerField()
    at = serializers.DateTimeField()
    verb = serializers.CharField(help_text="As the workflow calls it: submit, approve, verify …")
    what = serializers.CharField(help_text="The same in words")
    kind = serializers.CharField(help_text="app.model")
    object = serializers.CharField(help_text="Its number")
    title = serializers.CharField(allow_blank=True, help_text="Empty when it is gone")
    by = serializers.CharField(help_text="A name within one's own producer; of others the office")
    from_state = serializers.CharField(allow_blank=True)
    to_state = serializers.CharField(allow_blank=True)
    why = serializers.CharField(allow_blank=True)


class OwnHistoryViewSet(DeskViewSet):
    """The history of one's producers."""

    parameters: ClassVar = {"list": PAGING}

    @extend_schema(summary="My history", responses=page_of(HistorySerializer))
    def list(self, request: Request) -> Response:
        """What was done to one's producers, products, revisions, certificates and listings; newest first."""
        reader = signed_in(request.user)
        entries = AuditEntry.objects.visible_to(reader)
        return page_answer(request, NEWEST_FIRST, entries, lambda page: _told(page, reader))


def _told(entries: list[AuditEntry], reader: User) -> list[dict[str, Any]]:
    return [
        {
            "id": line.entry.pk,
            "at": line.at,
            "verb": line.entry.verb,
            "what": line.what,
            "kind": line.entry.object_type,
            "object": line.entry.object_id,
            "title": line.thing,
            "by": line.who,
            "from_state": line.entry.from_state,
            "to_state": line.entry.to_state,
            "why": line.entry.why if line.why else "",
        }
        for line in lines(entries, reader)
    ]

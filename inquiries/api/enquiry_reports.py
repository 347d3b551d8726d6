"""Reports of abuse in the API of staff."""

from __future__ import annotations

from typing import Any, ClassVar, Final

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_serializer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.http import signed_in
from accounts.models import Scope
from accounts.permissions import HasPower
from accounts.repeats import KEY_PARAMETER, answer_once
from catalog.api.listed import Told
from inquiries.models import EnquiryReport, ReportReason, ReportState, Side
from inquiries.scope import POWER, enquiries_seen_by
from kit.api_fields import page_of
from kit.api_views import PAGING, ApiViewSet, in_path, one_of, page_answer, query
from kit.keyset import Keyset

NEWEST_FIRST: Final = Keyset("enquiry reports", [("pk", "desc")])


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "It waits for a decision",
            {
                "id": 5, "enquiry": 318, "side": "producer", "reason": "spam", "note": "", "state": "open",
                "reported_at": "2026-11-27T02:10:00Z", "decided_at": None,
            },
            response_only=True,
        )
    ]
)  # fmt: skip
class EnquiryReportSerializer(serializers.Serializer[Any]):
    """A side says that the other one abuses the thread."""

    id = serializers.IntegerField(source="pk")
    enquiry = serializers.IntegerField(source="enquiry_id")
    side = serializers.ChoiceField(choices=Side.choices, help_text="Who reported")
    reason = serializers.ChoiceField(choices=ReportReason.choices)
    note = serializers.CharField(allow_blank=True)
    state = serializers.ChoiceField(choices=ReportState.choices)
    reported_at = serializers.DateTimeField()
    decided_at = serializers.DateTimeField(allow_null=True)


class EnquiryReportViewSet(ApiViewSet):
    """Reports about the enquiries that one oversees."""

    permission_classes = [HasPower]
    power: ClassVar = POWER
    scope: ClassVar[str | None] = Scope.INQUIRIES_WRITE
    path_parameters = (in_path("id", int),)
    parameters: ClassVar = {
        "list": (query("state", str, enum=ReportState.values), *PAGING),
        "uphold": (KEY_PARAMETER,),
        "dismiss": (KEY_PARAMETER,),
    }

    @extend_schema(summary="Reports of abuse", responses=page_of(EnquiryReportSerializer))
    def list(self, request: Request) -> Response:
        """Newest first; `state=open` are those to decide."""
        rows = self._in_scope(request)
        if state := one_of(request, "state", ReportState.values):
            rows = rows.filter(state=state)
        return page_answer(
            request, NEWEST_FIRST, rows, lambda page: list(EnquiryReportSerializer(page, many=True).data)
        )

    @extend_schema(summary="Uphold a report", request=None, responses={200: EnquiryReportSerializer})
    def uphold(self, request: Request, pk: str) -> Response:
        """When the producer reported: what the importer sends from now on is held first."""
        return self._decide(request, pk, "uphold")

    @extend_schema(summary="Dismiss a report", request=None, responses={200: EnquiryReportSerializer})
    def dismiss(self, request: Request, pk: str) -> Response:
        """There is no abuse."""
        return self._decide(request, pk, "dismiss")

    def _decide(self, request: Request, pk: str, verb: str) -> Response:
        report = get_object_or_404(self._in_scope(request), pk=int(pk))

        def decide() -> Told:
            getattr(report, verb)(by=signed_in(request.user))
            return dict(EnquiryReportSerializer(report).data)

        return answer_once(request, decide, status=200)

    def _in_scope(self, request: Request) -> QuerySet[EnquiryReport]:
        return EnquiryReport.objects.filter(enquiry__in=enquiries_seen_by(request.user))

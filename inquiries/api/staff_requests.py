"""Buying requests in the API of the staff: decide, and invite producers."""

from __future__ import annotations

from typing import Any, ClassVar, Final

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_serializer
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import audit
from accounts.http import signed_in
from accounts.models import Scope
from accounts.permissions import HasPower
from accounts.repeats import done_once
from accounts.workflow import Refused
from inquiries.api.request_fields import (
    FOUND,
    OF_ITS_STATE,
    PICTURE,
    WANTED,
    BuyingRequestSerializer,
    CloseSerializer,
    DecisionSerializer,
    InviteSerializer,
    MatchSerializer,
    RejectRequestSerializer,
    match_told,
    told,
)
from inquiries.models import BuyingRequest, Match
from inquiries.models.buying_request_state import STAFF_STATES
from inquiries.models.buying_request_words import BuyingRequestQuerySet
from inquiries.scope import DECIDES_REQUESTS
from kit.api_fields import page_of
from kit.api_views import PAGING, ApiViewSet, in_path, one_of, page_answer, query
from kit.keyset import Keyset
from markets.scope import works_everywhere

OLDEST_FIRST: Final = Keyset("requests", [("submitted_at", "asc"), ("pk", "asc")])
A_MATCH: Final[dict[str, Any]] = {
    "id": 31, "product": {"id": 7, "slug": "leather-sandals-7"}, "state": "proposed", "score": 65,
    **FOUND, "invited_at": None, "answered_at": None, "pass_reason": "",
}  # fmt: skip


@extend_schema_serializer(
    examples=[
        OpenApiExample("An open one", {**OF_ITS_STATE, **WANTED, **PICTURE, "matches": [A_MATCH]}, response_only=True),
    ]
)
class StaffRequestSerializer(BuyingRequestSerializer):
    """A buying request with the products that may fit, the best first."""

    matches = MatchSerializer(many=True)


class StaffRequestViewSet(ApiViewSet):
    """Buying requests for the markets of whoever asks."""

    permission_classes = [HasPower]
    power: ClassVar = DECIDES_REQUESTS
    scope: ClassVar[str | None] = Scope.INQUIRIES_WRITE
    path_parameters = (in_path("id", int),)
    parameters: ClassVar = {
        "list": (query("state", str, enum=[state.value for state in STAFF_STATES]), *PAGING),
    }

    @extend_schema(summary="Buying requests to decide", responses=page_of(BuyingRequestSerializer))
    def list(self, request: Request) -> Response:
        """Oldest first; without `state` all, decided ones too."""
        rows = self._in_scope(request)
        if state := one_of(request, "state", [state.value for state in STAFF_STATES]):
            rows = rows.filter(state=state)
        return page_answer(request, OLDEST_FIRST, rows, lambda page: [told(one) for one in page])

    @extend_schema(summary="One buying request", responses=StaffRequestSerializer)
    def retrieve(self, request: Request, pk: str) -> Response:
        """With what may fit. What the ministry reads is in the audit trail."""
        row = self._get(request, pk)
        if works_everywhere(signed_in(request.user)):
            audit.record("read", row, by=signed_in(request.user))
        return Response(_told(row))

    @extend_schema(
        summary="Approve a buying request",
        request=DecisionSerializer,
        responses={200: StaffRequestSerializer},
        examples=[OpenApiExample("As it was seen", {"seen_version": 1, "note": ""}, request_only=True)],
    )
    @done_once
    def approve(self, request: Request, pk: str) -> Response:
        """It is open from now on, and products that may fit are looked for."""
        row, asked = self._get(request, pk), DecisionSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        row.approve(by=signed_in(request.user), **asked.validated_data)
        return Response(_told(self._get(request, pk)))

    @extend_schema(
        summary="Reject a buying request",
        request=RejectRequestSerializer,
        responses={200: StaffRequestSerializer},
        examples=[OpenApiExample("Too little", {"seen_version": 1, "reason": "small"}, request_only=True)],
    )
    @done_once
    def reject(self, request: Request, pk: str) -> Response:
        """The importer reads the reason in their language, and the note as it is written."""
        row, asked = self._get(request, pk), RejectRequestSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        row.reject(by=signed_in(request.user), **asked.validated_data)
        return Response(_told(self._get(request, pk)))

    @extend_schema(
        summary="Invite producers",
        request=InviteSerializer,
        responses={200: StaffRequestSerializer},
        examples=[OpenApiExample("Two of them", {"matches": [31, 34]}, request_only=True)],
    )
    @done_once
    def invite(self, request: Request, pk: str) -> Response:
        """Each is checked; the first that does not go is said, and those before it are invited."""
        row, asked = self._get(request, pk), InviteSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        keys = list(dict.fromkeys(asked.validated_data["matches"]))
        found = {match.pk: match for match in self._matches(row).filter(pk__in=keys)}
        if missing := [key for key in keys if key not in found]:
            raise ValidationError({"matches": [_("%(number)d is no match of this request.") % {"number": missing[0]}]})
        for key in keys:
            try:
                found[key].invite(by=signed_in(request.user))
            except Refused as refusal:
                raise Refused(f"{found[key].product}: {refusal.message}", code=refusal.code) from refusal
        return Response(_told(row))

    @extend_schema(
        summary="Close a buying request",
        request=CloseSerializer,
        responses={200: StaffRequestSerializer},
        examples=[OpenApiExample("Nothing was found", {"outcome": "not_found"}, request_only=True)],
    )
    @done_once
    def close(self, request: Request, pk: str) -> Response:
        """With what came of it; the importer is told."""
        row, asked = self._get(request, pk), CloseSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        row.close(by=signed_in(request.user), outcome=asked.validated_data["outcome"])
        return Response(_told(self._get(request, pk)))

    def _in_scope(self, request: Request) -> BuyingRequestQuerySet:
        rows = BuyingRequest.objects.decided_by_staff(signed_in(request.user))
        return rows.select_related("importer", "commodity", "category")

    def _get(self, request: Request, pk: str) -> BuyingRequest:
        row: BuyingRequest = get_object_or_404(self._in_scope(request), pk=int(pk))
        return row

    def _matches(self, row: BuyingRequest) -> Any:
        return row.matches.select_related("product__producer", "request__importer")


def _told(row: BuyingRequest) -> dict[str, Any]:
    matches: list[Match] = list(row.matches.select_related("product").best_first())
    return {**told(row), "matches": [match_told(one) for one in matches]}

"""Reviews in the API: the queue, a proposal beside what is public, and the verbs of the reviewer."""

from __future__ import annotations

from typing import Any, ClassVar, Final

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.http import signed_in
from accounts.models import Scope
from accounts.permissions import HasPower
from accounts.repeats import done_once
from catalog.models import ProductRevision, Reason
from catalog.models.request import Asked
from catalog.models.revision_state import WAITING_STATES, RevisionState
from catalog.wording import field_names
from kit.api_fields import TextsField, page_of
from kit.api_views import PAGING, ApiViewSet, in_path, one_of, page_answer, query
from kit.keyset import Keyset
from kit.text import clean_text
from markets.api.narrowing import in_category, in_province
from markets.api.proposals import ReviewListedSerializer, ReviewSerializer, proposal_told, proposals_listed
from markets.models import Market
from markets.scope import SEEN_BY_STAFF, revisions_to_review

ORDERS: Final = {
    "oldest": Keyset("reviews", [("submitted_at", "asc"), ("pk", "asc")]),
    "newest": Keyset("reviews", [("submitted_at", "desc"), ("pk", "desc")]),
}


class TranslationsSerializer(serializers.Serializer[Any]):
    """Texts that are missing, written by the reviewer: part of the same decision, and the producer is told."""

    title = TextsField(max_length=120, required=False)
    summary = TextsField(max_length=300, required=False)
    description = TextsField(max_length=5000, required=False)


class DecisionSerializer(serializers.Serializer[Any]):
    """A decision about the version that was seen."""

    seen_version = serializers.IntegerField(min_value=1)
    translations = TranslationsSerializer(required=False)
    checked = serializers.ListField(
        child=serializers.CharField(max_length=40),
        required=False,
        max_length=100,
        help_text="Codes of ticked items of the checklist; kept in the audit trail",
    )


class ApprovalSerializer(DecisionSerializer):
    """An approval."""

    exception = serializers.CharField(
        max_length=1000,
        required=False,
        allow_blank=True,
        help_text="Why it is approved without certificates that its category requires; kept in the audit trail",
    )

    def validate_exception(self, value: str) -> str:
        return clean_text(value)


class AskedSerializer(serializers.Serializer[Any]):
    """One change to ask for."""

    field = serializers.ChoiceField(choices=[*field_names(), "certificates"])
    reason = serializers.ChoiceField(choices=Reason.choices)
    comment = serializers.CharField(max_length=1000, help_text="In the producer's language")

    def validate_comment(self, value: str) -> str:
        return clean_text(value)


class RequestChangesSerializer(DecisionSerializer):
    """What to change."""

    requests = AskedSerializer(many=True, allow_empty=False)


class RejectSerializer(serializers.Serializer[Any]):
    """Why not."""

    seen_version = serializers.IntegerField(min_value=1)
    checked = serializers.ListField(
        child=serializers.CharField(max_length=40), required=False, max_length=100, help_text="As in an approval"
    )
    why = serializers.CharField(max_length=1000, help_text="In the producer's language")

    def validate_why(self, value: str) -> str:
        return clean_text(value)


class ReviewViewSet(ApiViewSet):
    """What was handed in and is in one's scope."""

    permission_classes = [HasPower]
    power: ClassVar = "catalog.review_revision"
    scope: ClassVar[str | None] = Scope.REVIEW_WRITE
    path_parameters = (in_path("id", int),)
    parameters: ClassVar = {
        "list": (
            query("state", str, enum=SEEN_BY_STAFF, description="Without it, what waits: submitted and in_review."),
            query("claimed", str, enum=["me", "nobody"]),
            query("market", description="Asks for this market: ISO 3166-1 alpha-2"),
            query("category", description="Slug, its children included"),
            query("province", description="Of the producer: two digits, as the home ministry codes it"),
            query("sort", str, enum=list(ORDERS), description="By the day it was handed in; else the oldest first."),
            *PAGING,
        )
    }

    @extend_schema(summary="The review queue", responses=page_of(ReviewListedSerializer))
    def list(self, request: Request) -> Response:
        """What waits, the oldest first, unless asked otherwise."""
        state, claimed = one_of(request, "state", SEEN_BY_STAFF), one_of(request, "claimed", ("me", "nobody"))
        rows = self._in_scope(request).filter(state__in=[state] if state else WAITING_STATES)
        if claimed == "me":
            rows = rows.filter(state=RevisionState.IN_REVIEW, claimed_by=signed_in(request.user))
        elif claimed:
            rows = rows.filter(state=RevisionState.SUBMITTED)
        if market := one_of(request, "market", Market.objects.values_list("pk", flat=True)):
            rows = rows.filter(target_markets__contains=[market])
        rows = in_category(in_province(rows, request, "product__producer__"), request)
        order = ORDERS[one_of(request, "sort", ORDERS) or "oldest"]
        return page_answer(request, order, rows, lambda page: proposals_listed(page, request))

    @extend_schema(summary="One proposal", responses=ReviewSerializer)
    def retrieve(self, request: Request, pk: str) -> Response:
        """Beside what is public, with checks, and with what changed since the last request."""
        rows = self._in_scope(request).with_parts()  # type: ignore[attr-defined]
        return Response(proposal_told(get_object_or_404(rows, pk=int(pk)), request))

    @extend_schema(summary="Claim for two hours", request=None, responses={200: ReviewSerializer})
    @done_once
    def claim(self, request: Request, pk: str) -> Response:
        """Nobody reviews a product of their own producer."""
        self._get(request, pk).claim(by=signed_in(request.user))
        return self.retrieve(request, pk)

    @extend_schema(summary="Give back to the queue", request=None, responses={200: ReviewSerializer})
    @done_once
    def release(self, request: Request, pk: str) -> Response:
        """By who claimed it."""
        self._get(request, pk).release(by=signed_in(request.user))
        return self.retrieve(request, pk)

    @extend_schema(
        summary="Approve",
        request=ApprovalSerializer,
        responses={200: ReviewSerializer},
        examples=[
            OpenApiExample(
                "With a translation",
                {"seen_version": 3, "translations": {"title": {"es": "Sandalias de cuero"}}},
                request_only=True,
            )
        ],
    )
    @done_once
    def approve(self, request: Request, pk: str) -> Response:
        """Makes this content the public one, at once; English is required by then.

        Refused as `certificates_missing` while the category requires others than there are and no `exception` says why.
        """
        asked = _asked(ApprovalSerializer, request)
        self._get(request, pk).approve(by=signed_in(request.user), **asked)
        return self.retrieve(request, pk)

    @extend_schema(
        summary="Request changes",
        request=RequestChangesSerializer,
        responses={200: ReviewSerializer},
        examples=[
            OpenApiExample(
                "A clearer photo",
                {
                    "seen_version": 3,
                    "requests": [{"field": "photos", "reason": "photo_unclear", "comment": "Tolong lebih terang."}],
                },
                request_only=True,
            )
        ],
    )
    @done_once
    def request_changes(self, request: Request, pk: str) -> Response:
        """The producer sees each request beside its field."""
        asked = _asked(RequestChangesSerializer, request)
        asked["requests"] = [Asked(**one) for one in asked["requests"]]
        self._get(request, pk).request_changes(by=signed_in(request.user), **asked)
        return self.retrieve(request, pk)

    @extend_schema(summary="Reject", request=RejectSerializer, responses={200: ReviewSerializer})
    @done_once
    def reject(self, request: Request, pk: str) -> Response:
        """For good; the producer may begin another revision."""
        self._get(request, pk).reject(by=signed_in(request.user), **_asked(RejectSerializer, request))
        return self.retrieve(request, pk)

    def _in_scope(self, request: Request) -> QuerySet[ProductRevision]:
        return revisions_to_review(request.user).select_related("product__producer")

    def _get(self, request: Request, pk: str) -> ProductRevision:
        return get_object_or_404(self._in_scope(request), pk=int(pk))


def _asked(kind: type[serializers.Serializer[Any]], request: Request) -> dict[str, Any]:
    asked = kind(data=request.data)
    asked.is_valid(raise_exception=True)
    return dict(asked.validated_data)

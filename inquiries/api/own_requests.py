"""The producer's side of buying requests in the API: what one is invited to answer."""

from __future__ import annotations

from typing import Any, ClassVar, Final

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_serializer
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.http import signed_in
from accounts.models import Scope
from accounts.repeats import KEY_PARAMETER, answer_once, done_once
from exporters.api import DeskViewSet
from inquiries.api.request_fields import (
    FOUND,
    PICTURE,
    WANTED,
    MatchSerializer,
    PassSerializer,
    WantedSerializer,
    match_told,
)
from inquiries.forms.offers import OfferForm
from inquiries.models import Match, PaymentTerms
from inquiries.models.match import MatchQuerySet, MatchState
from inquiries.models.quotation import LONGEST_NOTE
from kit.api_fields import StrictSerializer, page_of
from kit.api_views import PAGING, one_of, page_answer, query
from kit.keyset import Keyset
from kit.languages import CONTENT_LANGUAGES

NEWEST_FIRST: Final = Keyset("my requests", [("pk", "desc")])
STATES: Final = [MatchState.INVITED.value, MatchState.OFFERED.value, MatchState.PASSED.value]


class AskedSerializer(WantedSerializer):
    """What an importer asks for: the company and its country, never an address."""

    company = serializers.CharField(source="importer.company")
    company_country = serializers.CharField(source="importer.country")
    state = serializers.CharField()


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "An invitation",
            {
                "id": 31, "product": {"id": 7, "slug": "leather-sandals-7"}, "state": "invited", "score": 65, **FOUND,
                "invited_at": "2026-11-27T03:00:00Z", "answered_at": None, "pass_reason": "",
                "request": {
                    **WANTED, **PICTURE, "company": "Calzados Cordillera SpA", "company_country": "CL", "state": "open",
                },
            },
            response_only=True,
        )
    ]
)  # fmt: skip
class InvitationSerializer(MatchSerializer):
    """A buying request that one's product may answer; `invited` waits for an offer or for a no."""

    request = AskedSerializer()


class OfferWriteSerializer(StrictSerializer):
    """A quotation of the product. Prices are per unit of the product."""

    quantity = serializers.DecimalField(max_digits=12, decimal_places=2)
    unit_price = serializers.DecimalField(max_digits=14, decimal_places=4)
    currency = serializers.CharField(max_length=3)
    incoterm = serializers.CharField(max_length=3)
    place = serializers.CharField(max_length=80)
    valid_until = serializers.DateField(help_text="At most 180 days ahead")
    lead_time_days = serializers.IntegerField(min_value=1, max_value=730)
    payment_terms = serializers.ChoiceField(choices=PaymentTerms.choices)
    deposit_percent = serializers.IntegerField(min_value=1, max_value=100, required=False, allow_null=True)
    payment_days = serializers.IntegerField(min_value=1, max_value=365, required=False, allow_null=True)
    packing_note = serializers.CharField(max_length=300, required=False, allow_blank=True, default="")
    note = serializers.CharField(max_length=LONGEST_NOTE, required=False, allow_blank=True, default="")
    language = serializers.ChoiceField(choices=CONTENT_LANGUAGES, default="id", help_text="Of the notes")


class OfferMadeSerializer(serializers.Serializer[Any]):
    """The thread that the offer began; later versions are quoted there."""

    enquiry = serializers.IntegerField()
    waits = serializers.BooleanField(help_text="The importer has five offers before them: this one waits for a place")


class OwnRequestViewSet(DeskViewSet):
    """Buying requests that producers one belongs to were invited to answer; an officer answers none for them."""

    scope: ClassVar[str | None] = Scope.INQUIRIES_WRITE
    parameters: ClassVar = {
        "list": (query("state", str, enum=STATES), *PAGING),
        "offer": (KEY_PARAMETER,),
    }

    @extend_schema(summary="Buying requests to answer", responses=page_of(InvitationSerializer))
    def list(self, request: Request) -> Response:
        """Newest first; `state=invited` are those that wait."""
        rows = self._own(request)
        if state := one_of(request, "state", STATES):
            rows = rows.filter(state=state)
        return page_answer(request, NEWEST_FIRST, rows, lambda page: [_told(one) for one in page])

    @extend_schema(summary="One buying request to answer", responses=InvitationSerializer)
    def retrieve(self, request: Request, pk: str) -> Response:
        """What is asked, and why the product may fit."""
        return Response(_told(self._get(request, pk)))

    @extend_schema(
        summary="Make no offer",
        request=PassSerializer,
        responses={200: InvitationSerializer},
        examples=[OpenApiExample("Too much for us", {"reason": "capacity"}, request_only=True)],
    )
    @done_once
    def pass_on(self, request: Request, pk: str) -> Response:
        """The mission is told why."""
        match, asked = self._get(request, pk), PassSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        match.pass_on(by=signed_in(request.user), **asked.validated_data)
        return self.retrieve(request, pk)

    @extend_schema(
        summary="Make an offer",
        request=OfferWriteSerializer,
        responses={201: OfferMadeSerializer},
        examples=[
            OpenApiExample(
                "FOB Surabaya",
                {
                    "quantity": "3000", "unit_price": "6.80", "currency": "USD", "incoterm": "FOB",
                    "place": "Tanjung Perak, Surabaya", "valid_until": "2027-01-15", "lead_time_days": 35,
                    "payment_terms": "tt_deposit", "deposit_percent": 30, "note": "Contoh bisa dikirim minggu ini.",
                    "language": "id",
                },
                request_only=True,
            )
        ],
    )  # fmt: skip
    def offer(self, request: Request, pk: str) -> Response:
        """It begins a thread with the importer, who sees five offers at a time."""
        match, asked = self._get(request, pk), OfferWriteSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        flat = {name: "" if value is None else value for name, value in asked.validated_data.items()}
        form = OfferForm(flat, match=match)
        if not form.is_valid():
            raise ValidationError({name: [str(one) for one in errors] for name, errors in form.errors.items()})
        amounts = {name: form.cleaned_data[name] for name in ("quantity", "unit_price")}

        def work() -> Any:
            made = match.offer(form.save(commit=False), by=signed_in(request.user), **amounts)
            return {"enquiry": made.pk, "waits": made.is_waiting}

        return answer_once(request, work)

    def _own(self, request: Request) -> MatchQuerySet:
        return Match.objects.answered_by(signed_in(request.user)).select_related(
            "product__producer", "product__unit", "request__importer", "request__commodity", "request__category"
        )

    def _get(self, request: Request, pk: str) -> Match:
        return get_object_or_404(self._own(request), pk=int(pk))


def _told(match: Match) -> dict[str, Any]:
    return {**match_told(match), "request": AskedSerializer(match.request).data}

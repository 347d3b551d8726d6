"""Own products in markets: what missions decided and propose, and the producer's answers."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.http import signed_in
from accounts.repeats import done_once
from catalog.api.content import ProductOfRevisionSerializer
from catalog.api.listed import Told
from exporters.api import DeskViewSet
from kit.api_fields import TextsField, page_of
from kit.api_views import PAGING, one_of, page_answer, query
from kit.keyset import Keyset
from markets.api.listing_fields import STATES, WithdrawSerializer
from markets.models import ListingState, MarketListing

NEWEST_FIRST = Keyset("my listings", [("pk", "desc")])


class OwnListingSerializer(serializers.Serializer[Any]):
    """A product of one's own in a market, as a mission decided; `proposed` waits for an answer."""

    id = serializers.IntegerField()
    market = serializers.CharField(help_text="ISO 3166-1 alpha-2")
    product = ProductOfRevisionSerializer()
    title = TextsField()
    state = serializers.ChoiceField(choices=STATES)
    pitch = TextsField(help_text="What the mission says of it there")
    decline_reason = serializers.CharField(allow_blank=True)
    decline_note = serializers.CharField(allow_blank=True)
    decided_at = serializers.DateTimeField(allow_null=True)


class RefuseSerializer(WithdrawSerializer):
    """Why not there; may be left out."""


class OwnListingViewSet(DeskViewSet):
    """Decisions about the products of producers that one belongs to; an officer answers nothing for them."""

    parameters: ClassVar = {"list": (query("state", str, enum=ListingState.values), *PAGING)}

    @extend_schema(summary="My products in markets", responses=page_of(OwnListingSerializer))
    def list(self, request: Request) -> Response:
        """Newest first; `state=proposed` are those that wait for an answer."""
        rows = self._own(request)
        if state := one_of(request, "state", ListingState.values):
            rows = rows.filter(state=state)
        return page_answer(request, NEWEST_FIRST, rows, lambda page: [_told(one) for one in page])

    @extend_schema(summary="One of my products in a market", responses=OwnListingSerializer)
    def retrieve(self, request: Request, pk: str) -> Response:
        """Once a mission decided or proposed."""
        return Response(_told(self._get(request, pk)))

    @extend_schema(summary="Accept a proposal", request=None, responses={200: OwnListingSerializer})
    @done_once
    def accept(self, request: Request, pk: str) -> Response:
        """The market joins the product's public content, and the product is listed there at once."""
        self._get(request, pk).accept(by=signed_in(request.user))
        return self.retrieve(request, pk)

    @extend_schema(summary="Refuse a proposal", request=RefuseSerializer, responses={200: OwnListingSerializer})
    @done_once
    def refuse(self, request: Request, pk: str) -> Response:
        """The mission is told why."""
        listing = self._get(request, pk)
        asked = RefuseSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        listing.refuse(by=signed_in(request.user), **asked.validated_data)
        return self.retrieve(request, pk)

    def _own(self, request: Request) -> QuerySet[MarketListing]:
        return MarketListing.objects.answerable_by(request.user).select_related("product")

    def _get(self, request: Request, pk: str) -> MarketListing:
        return get_object_or_404(self._own(request), pk=int(pk))


def _told(listing: MarketListing) -> Told:
    product = listing.product
    return {
        "id": listing.pk,
        "market": listing.market_id,
        "product": {"id": product.pk, "slug": product.slug, "state": product.state},
        "title": product.title,
        "state": listing.state,
        "pitch": listing.pitch,
        "decline_reason": listing.decline_reason,
        "decline_note": listing.decline_note,
        "decided_at": listing.decided_at,
    }

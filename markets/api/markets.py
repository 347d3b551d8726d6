"""Markets and missions in the API, to read."""

from __future__ import annotations

from typing import Any, ClassVar

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import Scope
from accounts.permissions import PublicRead
from catalog.api.listed import ListedProductSerializer, listed
from catalog.search import take
from kit.api_fields import TextsField, page_of
from kit.api_views import PAGING, ApiViewSet, in_path, page_answer
from kit.keyset import Keyset
from kit.languages import pick
from markets.models import Accreditation, Market, MarketListing, Mission, MissionType

BY_PRIORITY = Keyset("markets", [("priority", "asc"), ("iso2", "asc")])
BY_CODE = Keyset("missions", [("code", "asc")])


class MarketSerializer(serializers.Serializer[Any]):
    """A country to sell in. A fact that nobody checked has no `checked_on`: it is not checked, not absent."""

    iso2 = serializers.CharField(help_text="ISO 3166-1 alpha-2")
    name = TextsField()
    name_text = serializers.SerializerMethodField(help_text="For the reader")
    subregion = serializers.CharField(allow_blank=True)
    languages = serializers.ListField(child=serializers.CharField())
    currency = serializers.CharField(help_text="ISO 4217")
    priority = serializers.IntegerField(help_text="1 comes first")
    demand_sectors = serializers.ListField(child=serializers.CharField())
    trade_blocs = serializers.ListField(child=serializers.CharField())
    label_language = serializers.CharField(allow_blank=True)
    agreement = serializers.CharField(allow_blank=True)
    agreement_status = serializers.ChoiceField(choices=Market._meta.get_field("agreement_status").choices or [])
    note = serializers.CharField(allow_blank=True)
    source = serializers.CharField(allow_blank=True)  # type: ignore[assignment]
    checked_on = serializers.DateField(allow_null=True)

    def get_name_text(self, row: Market) -> str:
        return pick(row.name).text


class CoverageSerializer(serializers.Serializer[Any]):
    """A mission covers a market."""

    market = serializers.CharField(source="market_id")
    is_resident = serializers.BooleanField()
    since = serializers.DateField(allow_null=True)
    source = serializers.CharField(allow_blank=True)  # type: ignore[assignment]


class MissionSerializer(serializers.Serializer[Any]):
    """An Indonesian mission abroad, with the markets that it covers today."""

    code = serializers.CharField()
    name = serializers.CharField(source="__str__")
    type = serializers.ChoiceField(choices=MissionType.choices)
    city = serializers.CharField()
    country = serializers.CharField(help_text="ISO 3166-1 alpha-2")
    address = serializers.CharField(allow_blank=True, help_text="Empty: not known yet")
    opening_hours = TextsField()
    languages = serializers.ListField(child=serializers.CharField(), help_text="In which it answers, ISO 639-1")
    is_verified = serializers.BooleanField()
    source = serializers.CharField(allow_blank=True)  # type: ignore[assignment]
    markets = CoverageSerializer(many=True, source="covers_now")


class PublicMarketViewSet(ApiViewSet):
    """What everybody may read about markets."""

    permission_classes = [PublicRead]
    scope: ClassVar[str | None] = Scope.CATALOGUE_READ
    max_age = 600


class MarketViewSet(PublicMarketViewSet):
    """The markets that the portal serves."""

    parameters: ClassVar = {"list": PAGING, "products": PAGING}
    path_parameters = (in_path("iso2", description="ISO 3166-1 alpha-2"),)

    @extend_schema(summary="Markets", responses=page_of(MarketSerializer))
    def list(self, request: Request) -> Response:
        """Those of the first priority first."""
        rows = Market.objects.all()
        return page_answer(request, BY_PRIORITY, rows, lambda page: list(MarketSerializer(page, many=True).data))

    @extend_schema(summary="One market", responses=MarketSerializer)
    def retrieve(self, request: Request, iso2: str) -> Response:
        """Its facts with their source."""
        return Response(MarketSerializer(get_object_or_404(Market, iso2=iso2.upper())).data)

    @extend_schema(summary="Products offered in a market", responses=page_of(ListedProductSerializer))
    def products(self, request: Request, iso2: str) -> Response:
        """What its missions list, in their rank."""
        market = get_object_or_404(Market, iso2=iso2.upper())
        order = Keyset(f"products in {market.iso2}", [("rank", "asc"), ("product_id", "asc")])
        rows = MarketListing.objects.public_in(market)
        return page_answer(request, order, rows, lambda page: listed(take([one.product_id for one in page])))


class MissionViewSet(PublicMarketViewSet):
    """Indonesian missions."""

    parameters: ClassVar = {"list": PAGING}
    path_parameters = (in_path("code"),)

    @extend_schema(summary="Missions", responses=page_of(MissionSerializer))
    def list(self, request: Request) -> Response:
        """With the markets that each covers today."""
        return page_answer(request, BY_CODE, Mission.objects.all(), missions)

    @extend_schema(summary="One mission", responses=MissionSerializer)
    def retrieve(self, request: Request, code: str) -> Response:
        """With the markets that it covers today."""
        return Response(missions([get_object_or_404(Mission, code=code)])[0])


def missions(rows: list[Mission]) -> list[Any]:
    """Missions as MissionSerializer describes them. One query."""
    covers: dict[int, list[Accreditation]] = {row.pk: [] for row in rows}
    for one in Accreditation.objects.current().filter(mission__in=covers).order_by("market", "pk"):
        covers[one.mission_id].append(one)
    for row in rows:
        row.covers_now = covers[row.pk]  # type: ignore[attr-defined]
    return list(MissionSerializer(rows, many=True).data)

"""Markets and missions in the API, to read."""

from __future__ import annotations

from typing import Any, ClassVar, Final

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import Scope, User, Viewer
from accounts.permissions import PublicRead
from catalog.api.listed import ListedProductSerializer, listed
from catalog.search import take
from kit.api_fields import TextsField, page_of
from kit.api_views import PAGING, ApiViewSet, in_path, one_of, page_answer, query
from kit.keyset import Keyset
from kit.languages import pick
from markets.models import Accreditation, Market, MarketListing, Mission, MissionStaff, MissionType
from markets.scope import missions_of_staff

PRIORITIES: Final = ("1", "2", "3")
AGREEMENTS: Final = [value for value, _label in Market._meta.get_field("agreement_status").choices or []]
MARKET_ORDERS: Final = {
    "priority": Keyset("markets", [("priority", "asc"), ("iso2", "asc")]),
    "code": Keyset("markets", [("iso2", "asc")]),
}
MISSION_ORDERS: Final = {
    "code": Keyset("missions", [("code", "asc")]),
    "country": Keyset("missions", [("country", "asc"), ("code", "asc")]),
}


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


class PersonSerializer(serializers.Serializer[Any]):
    """Somebody who works there."""

    id = serializers.IntegerField()
    name = serializers.CharField()


class ForStaffSerializer(serializers.Serializer[Any]):
    """What the staff of a mission and the ministry read beside."""

    note = serializers.CharField(allow_blank=True)
    people = PersonSerializer(many=True)


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
    for_staff = ForStaffSerializer(allow_null=True, help_text="null: it is not your mission")


class PublicMarketViewSet(ApiViewSet):
    """What everybody may read about markets."""

    permission_classes = [PublicRead]
    scope: ClassVar[str | None] = Scope.CATALOGUE_READ
    max_age = 600


class MarketViewSet(PublicMarketViewSet):
    """The markets that the portal serves."""

    parameters: ClassVar = {
        "list": (
            query("priority", str, enum=PRIORITIES),
            query("subregion", description="As the UN names it (M49)"),
            query("sector", description="In demand there, as `demand_sectors` names it"),
            query("agreement_status", str, enum=AGREEMENTS),
            query("mission", description="Covered today by this mission"),
            query("sort", str, enum=list(MARKET_ORDERS)),
            *PAGING,
        ),
        "products": PAGING,
    }
    path_parameters = (in_path("iso2", description="ISO 3166-1 alpha-2"),)

    @extend_schema(summary="Markets", responses=page_of(MarketSerializer))
    def list(self, request: Request) -> Response:
        """Those of the first priority first."""
        order = MARKET_ORDERS[one_of(request, "sort", MARKET_ORDERS) or "priority"]
        return page_answer(request, order, _markets(request), lambda page: list(MarketSerializer(page, many=True).data))

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

    parameters: ClassVar = {
        "list": (
            query("type", str, enum=MissionType.values),
            query("market", description="Covers this market today: ISO 3166-1 alpha-2"),
            query("sort", str, enum=list(MISSION_ORDERS)),
            *PAGING,
        )
    }
    path_parameters = (in_path("code"),)

    @extend_schema(summary="Missions", responses=page_of(MissionSerializer))
    def list(self, request: Request) -> Response:
        """With the markets that each covers today."""
        rows = Mission.objects.all()
        if kind := one_of(request, "type", MissionType.values):
            rows = rows.filter(type=kind)
        if market := one_of(request, "market", Market.objects.values_list("pk", flat=True)):
            rows = rows.filter(pk__in=Accreditation.objects.current().filter(market=market).values("mission"))
        order = MISSION_ORDERS[one_of(request, "sort", MISSION_ORDERS) or "code"]
        return page_answer(request, order, rows, lambda page: missions(page, request.user))

    @extend_schema(summary="One mission", responses=MissionSerializer)
    def retrieve(self, request: Request, code: str) -> Response:
        """With the markets that it covers today."""
        return Response(missions([get_object_or_404(Mission, code=code)], request.user)[0])


def missions(rows: list[Mission], reader: Viewer) -> list[Any]:
    """Missions as MissionSerializer describes them. One query, for staff three."""
    covers: dict[int, list[Accreditation]] = {row.pk: [] for row in rows}
    for one in Accreditation.objects.current().filter(mission__in=covers).order_by("market", "pk"):
        covers[one.mission_id].append(one)
    people = _people(rows, reader)
    for row in rows:
        row.covers_now = covers[row.pk]  # type: ignore[attr-defined]
        row.for_staff = {"note": row.note, "people": people[row.pk]} if row.pk in people else None  # type: ignore[attr-defined]
    return list(MissionSerializer(rows, many=True).data)


def _people(rows: list[Mission], reader: Viewer) -> dict[int, list[User]]:
    """Who works at those of the missions that the reader works for; the ministry's reader reads all."""
    if not reader.has_perm("markets.view_mission"):
        return {}
    own = missions_of_staff(reader).filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True)
    found: dict[int, list[User]] = {pk: [] for pk in own}
    for post in MissionStaff.objects.filter(mission__in=found).select_related("user").order_by("user__name", "pk"):
        found[post.mission_id].append(post.user)
    return found


def _markets(request: Request) -> QuerySet[Market]:
    """The markets that the address asks for. Raises ValidationError."""
    asked = {
        "priority": one_of(request, "priority", PRIORITIES),
        "agreement_status": one_of(request, "agreement_status", AGREEMENTS),
        "subregion": one_of(
            request, "subregion", Market.objects.order_by().values_list("subregion", flat=True).distinct()
        ),
    }
    rows = Market.objects.filter(**{name: value for name, value in asked.items() if value})
    sectors = {one for some in Market.objects.values_list("demand_sectors", flat=True) for one in some}
    if sector := one_of(request, "sector", sorted(sectors)):
        rows = rows.filter(demand_sectors__contains=[sector])
    if mission := one_of(request, "mission", Mission.objects.values_list("code", flat=True)):
        rows = rows.filter(pk__in=Accreditation.objects.current().filter(mission__code=mission).values("market"))
    return rows

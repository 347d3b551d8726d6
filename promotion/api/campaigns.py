"""Campaigns in the API: those of one's own markets, through the form and the verbs of the desk."""

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
from kit.api_fields import StrictSerializer, page_of
from kit.api_views import PAGING, ApiViewSet, in_path, one_of, page_answer, query
from kit.keyset import Keyset
from kit.periods import PERIODS
from markets.models import Mission
from markets.scope import markets_to_decide
from promotion.api.sent import asked, key_of, refuse_wrong
from promotion.campaign_figures import RECENT, days_of, with_totals
from promotion.campaign_form import CampaignForm
from promotion.models import Campaign, CampaignState
from promotion.scope import campaigns_of, collections_to_share, missions_of

ORDERS: Final = {
    "newest": Keyset("campaigns", [("pk", "desc")]),
    "oldest": Keyset("campaigns", [("pk", "asc")]),
    "name": Keyset("campaigns", [("name", "asc"), ("pk", "asc")]),
    "visits": Keyset("campaigns", [("visits", "desc"), ("pk", "desc")]),
}
STARTED: Final = {"name": "Feria Lima 2027", "market": "PE", "product": "leather-sandals-12"}


class CampaignSerializer(serializers.Serializer[Any]):
    """A campaign with its short link, and what it brought."""

    code = serializers.CharField(help_text="Stands in the link and in QR codes")
    name = serializers.CharField()
    state = serializers.ChoiceField(choices=CampaignState.choices)
    market = serializers.CharField(source="market_id", help_text="ISO 3166-1 alpha-2")
    mission = serializers.CharField(source="mission.code", default=None, allow_null=True, help_text="Its code")
    product = serializers.CharField(source="product.slug", default=None, allow_null=True, help_text="Its slug")
    collection = serializers.CharField(source="collection.slug", default=None, allow_null=True, help_text="Its slug")
    short_url = serializers.CharField(help_text="Leads to the product, the collection or the market's page")
    visits = serializers.IntegerField(help_text="Since the start")
    recent_visits = serializers.IntegerField(help_text="In the last 30 days")
    enquiries = serializers.IntegerField(help_text="Since the start")
    started_at = serializers.DateTimeField()
    ended_at = serializers.DateTimeField(allow_null=True)


@extend_schema_serializer(examples=[OpenApiExample("For a product", STARTED, request_only=True)])
class StartCampaignSerializer(StrictSerializer):
    """Give `product` or `collection` or neither: then the link leads to the market's page."""

    name = serializers.CharField(max_length=80, help_text="Once in a market")
    market = serializers.CharField(max_length=2, help_text="ISO 3166-1 alpha-2; one of your markets")
    mission = serializers.CharField(
        max_length=12, required=False, allow_null=True, help_text="Code; else the first of yours that covers the market"
    )
    product = serializers.CharField(
        max_length=300, required=False, allow_null=True, help_text="Slug of a product that is offered in the market"
    )
    collection = serializers.CharField(
        max_length=200, required=False, allow_null=True, help_text="Slug of a public collection of yours"
    )


class DaySerializer(serializers.Serializer[Any]):
    """One day (UTC)."""

    day = serializers.DateField()
    visits = serializers.IntegerField()
    enquiries = serializers.IntegerField()


class CampaignDaysSerializer(serializers.Serializer[Any]):
    """A campaign by day, the newest first; a day without a visit is there with 0."""

    code = serializers.CharField()
    days = DaySerializer(many=True)


class CampaignViewSet(ApiViewSet):
    """Campaigns in the markets that one decides."""

    permission_classes = [HasPower]
    power: ClassVar = "promotion.run_campaign"
    scope: ClassVar[str | None] = Scope.MARKETS_WRITE
    path_parameters = (in_path("code", description="Six letters and digits"),)
    parameters: ClassVar = {
        "list": (
            query("market", description="ISO 3166-1 alpha-2; one of your markets"),
            query("mission", description="Code of a mission of yours"),
            query("state", str, enum=CampaignState.values),
            query("sort", str, enum=list(ORDERS), description="Else the newest first."),
            *PAGING,
        ),
        "days": (query("days", str, enum=[str(one) for one in PERIODS], description="How many days; else 30."),),
        "create": (KEY_PARAMETER,),
        "end": (KEY_PARAMETER,),
    }

    @extend_schema(summary="Campaigns", responses=page_of(CampaignSerializer))
    def list(self, request: Request) -> Response:
        """Of one's own markets, ended ones too."""
        rows = self._in_scope(request)
        if market := one_of(request, "market", markets_to_decide(request.user).values_list("pk", flat=True)):
            rows = rows.filter(market=market)
        if mission := one_of(request, "mission", missions_of(request.user).values_list("code", flat=True)):
            rows = rows.filter(mission__code=mission)
        if state := one_of(request, "state", CampaignState.values):
            rows = rows.filter(state=state)
        order = ORDERS[one_of(request, "sort", ORDERS) or "newest"]
        return page_answer(request, order, rows, lambda page: list(CampaignSerializer(page, many=True).data))

    @extend_schema(summary="One campaign", responses=CampaignSerializer)
    def retrieve(self, request: Request, code: str) -> Response:
        """With its short link and its sums."""
        return Response(CampaignSerializer(self._get(request, code)).data)

    @extend_schema(summary="Start a campaign", request=StartCampaignSerializer, responses={201: CampaignSerializer})
    def create(self, request: Request) -> Response:
        """`campaign_exists` says that the market has one of this name."""
        user, said = signed_in(request.user), asked(StartCampaignSerializer, request)
        sent = {name: said.get(name) or "" for name in ("name", "product")}
        sent["market"] = said["market"].upper()
        sent["mission"] = key_of(Mission.objects.filter(pk__in=missions_of(user)), "code", said.get("mission"))
        sent["collection"] = key_of(collections_to_share(user), "slug", said.get("collection"))

        def start() -> Told:
            form = CampaignForm(sent, user=user)
            refuse_wrong(form)
            return dict(CampaignSerializer(self._get(request, form.start().code)).data)

        return answer_once(request, start)

    @extend_schema(summary="A campaign by day", responses=CampaignDaysSerializer)
    def days(self, request: Request, code: str) -> Response:
        """The last 30, 90 or 365 days of the campaign; the figures are a minute behind."""
        campaign = self._get(request, code)
        number = int(one_of(request, "days", [str(one) for one in PERIODS]) or RECENT)
        days = [row._asdict() for row in days_of(campaign, number)]
        return Response(CampaignDaysSerializer({"code": campaign.code, "days": days}).data)

    @extend_schema(summary="End a campaign", request=None, responses={200: CampaignSerializer})
    def end(self, request: Request, code: str) -> Response:
        """For good. Its link still leads to its page, but nothing more is counted."""

        def end() -> Told:
            self._get(request, code).end(by=signed_in(request.user))
            return dict(CampaignSerializer(self._get(request, code)).data)

        return answer_once(request, end, status=200)

    def _in_scope(self, request: Request) -> QuerySet[Campaign]:
        return with_totals(campaigns_of(request.user).select_related("mission", "product", "collection"))

    def _get(self, request: Request, code: str) -> Campaign:
        return get_object_or_404(self._in_scope(request), code=code.upper())

"""Market rules in the API: read by everybody, written by staff through the form and the verbs of the desk."""

from __future__ import annotations

from typing import Any, ClassVar, Final

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_field, extend_schema_serializer
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.http import signed_in
from accounts.models import Scope
from accounts.permissions import HasPower, PublicRead
from accounts.repeats import done_once
from catalog.commodities import hs_digits
from catalog.models import Product
from kit.api_fields import TextsField, page_of
from kit.api_views import PAGING, ApiViewSet, in_path, one_of, page_answer, query
from kit.keyset import Keyset
from kit.languages import CONTENT_LANGUAGES, pick
from markets.api.markets import PublicMarketViewSet
from markets.forms import RuleForm
from markets.models import KindAnswer, Market, MarketRule, RuleKind, RuleStanding
from markets.models.rule import LONGEST_RULE, prefixes
from markets.scope import markets_to_decide

BY_ID: Final = Keyset("rules", [("pk", "asc")])
NOT_CHECKED: Final = "not_checked"
TOPIC_STANDINGS: Final = [*RuleStanding.choices, (NOT_CHECKED, gettext_lazy("not checked"))]
READ: Final = ("list", "retrieve")
WRITTEN: Final = {
    "market": "CL",
    "kind": "label",
    "hs": "6403",
    "text": {"en": "Labels of footwear state the material of each part.", "es": "La etiqueta indica los materiales."},
    "source_title": "Decree 26 of 1984",
    "source_url": "https://www.example.com/decree-26",
    "checked_on": "2026-11-24",
    "valid_until": None,
}


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "A rule of a heading",
            {"id": 41, **WRITTEN, "product": None, "text_text": WRITTEN["text"]["en"], "standing": "checked"},  # type: ignore[index]
            response_only=True,
        )
    ]
)
class RuleSerializer(serializers.Serializer[Any]):
    """What is known about bringing goods into a market: never law, and silence never means that nothing applies.

    About one product, else about an HS prefix, else (both null) about all goods; the closest rule of a kind holds.
    """

    id = serializers.IntegerField()
    market = serializers.CharField(source="market_id", help_text="ISO 3166-1 alpha-2")
    kind = serializers.ChoiceField(choices=RuleKind.choices)
    hs = serializers.CharField(source="hs_id", allow_null=True, help_text="2, 4 or 6 digits of HS 2022")
    product = serializers.SlugField(source="product.slug", default=None, allow_null=True)
    text = TextsField()
    text_text = serializers.SerializerMethodField(help_text="For the reader")
    source_title = serializers.CharField()
    source_url = serializers.CharField(allow_blank=True)
    checked_on = serializers.DateField(allow_null=True, help_text="null: nobody compared it with a source yet")
    valid_until = serializers.DateField(allow_null=True, help_text="The last day; null: open")
    standing = serializers.ChoiceField(
        choices=RuleStanding.choices, help_text="`old`: checked more than 12 months ago; `ended`: no longer valid"
    )

    def get_text_text(self, row: MarketRule) -> str:
        return pick(row.text).text


@extend_schema_serializer(examples=[OpenApiExample("Labels of footwear", WRITTEN, request_only=True)])
class RuleWriteSerializer(serializers.Serializer[Any]):
    """A rule as staff write it. Give `hs` or `product` or neither."""

    market = serializers.CharField(max_length=2, help_text="ISO 3166-1 alpha-2; one of your markets")
    kind = serializers.ChoiceField(choices=RuleKind.choices)
    hs = serializers.CharField(max_length=12, required=False, allow_null=True, allow_blank=True)
    product = serializers.CharField(
        max_length=200, required=False, allow_null=True, allow_blank=True, help_text="The slug of a public product"
    )
    text = TextsField(max_length=LONGEST_RULE)
    source_title = serializers.CharField(max_length=200)
    source_url = serializers.CharField(max_length=500, required=False, allow_blank=True, help_text="https://…")
    checked_on = serializers.DateField(required=False, allow_null=True, help_text="Never ahead; needs `source_url`")
    valid_until = serializers.DateField(required=False, allow_null=True)


class AnswerSerializer(serializers.Serializer[Any]):
    """One topic of a clearance card."""

    kind = serializers.ChoiceField(choices=RuleKind.choices)
    standing = serializers.SerializerMethodField(help_text="`not_checked`: nobody knows; it does not mean “free”")
    rule = RuleSerializer(allow_null=True)
    ended = RuleSerializer(allow_null=True, help_text="A closer rule that is no longer valid")

    @extend_schema_field(serializers.ChoiceField(choices=TOPIC_STANDINGS))
    def get_standing(self, answer: KindAnswer) -> str:
        return answer.rule.standing().value if answer.rule else NOT_CHECKED


class ClearanceSerializer(serializers.Serializer[Any]):
    """What is known, and what is not, about bringing a product into a market: every kind of rule, always."""

    market = serializers.CharField()
    product = serializers.SlugField()
    topics = AnswerSerializer(many=True)


class RuleViewSet(ApiViewSet):
    """Rules of the markets."""

    permission_classes = [PublicRead]
    power: ClassVar = "markets.keep_rule"
    max_age = 60
    path_parameters = (in_path("id", int),)
    parameters: ClassVar = {
        "list": (
            query("market", str, description="ISO 3166-1 alpha-2"),
            query("kind", str, enum=RuleKind.values),
            query(
                "hs", str, description="2, 4 or 6 digits: rules that may apply to it, also those of shorter prefixes"
            ),
            query("product", str, description="A slug: rules that may apply to this product"),
            query("standing", str, enum=RuleStanding.values),
            *PAGING,
        )
    }

    @property
    def scope(self) -> str:
        """Reading is part of the catalogue, writing part of the markets."""
        return Scope.CATALOGUE_READ if self.action in READ else Scope.MARKETS_WRITE

    def get_permissions(self) -> list[BasePermission]:
        return [PublicRead()] if self.action in READ else [HasPower()]

    @extend_schema(summary="Rules of markets", responses=page_of(RuleSerializer))
    def list(self, request: Request) -> Response:
        """All that was written down, also what is old or ended: see `standing`."""
        rows = _found(request).select_related("product")
        return page_answer(request, BY_ID, rows, lambda page: list(RuleSerializer(page, many=True).data))

    @extend_schema(summary="One rule", responses=RuleSerializer)
    def retrieve(self, request: Request, pk: str) -> Response:
        """With its source and the day of the check."""
        return Response(RuleSerializer(get_object_or_404(MarketRule.objects.select_related("product"), pk=pk)).data)

    @extend_schema(summary="Write a rule", request=RuleWriteSerializer, responses={201: RuleSerializer})
    @done_once
    def create(self, request: Request) -> Response:
        """In a market of yours; `rule_there` says that there is one of this kind for these goods."""
        asked = RuleWriteSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        return Response(RuleSerializer(self._keep(request, MarketRule(), asked.validated_data)).data, status=201)

    @extend_schema(summary="Change a rule", request=RuleWriteSerializer(partial=True), responses=RuleSerializer)
    def partial_update(self, request: Request, pk: str) -> Response:
        """What is not sent stays."""
        rule = self._own(request, pk)
        asked = RuleWriteSerializer(data=request.data, partial=True)
        asked.is_valid(raise_exception=True)
        return Response(RuleSerializer(self._keep(request, rule, asked.validated_data)).data)

    @extend_schema(summary="Checked today", request=None, responses={200: RuleSerializer})
    @done_once
    def confirm(self, request: Request, pk: str) -> Response:
        """The source still states the same."""
        rule = self._own(request, pk)
        rule.confirm(by=signed_in(request.user))
        return Response(RuleSerializer(rule).data)

    def _own(self, request: Request, pk: str) -> MarketRule:
        rows = MarketRule.objects.filter(market__in=markets_to_decide(request.user)).select_related("product")
        return get_object_or_404(rows, pk=pk)

    def _keep(self, request: Request, rule: MarketRule, said: dict[str, Any]) -> MarketRule:
        """Through the form of the desk, so that both are equally strict."""
        keeper = signed_in(request.user)
        form = RuleForm.for_keeper(keeper)({**_as_sent(rule), **_flat(said)}, instance=rule)
        if not form.is_valid():
            raise ValidationError({name: [str(one) for one in errors] for name, errors in form.errors.items()})
        form.instance.keep(by=keeper)
        return form.instance


class ClearanceViewSet(PublicMarketViewSet):
    """What is known about bringing a product into a market."""

    max_age = 60
    path_parameters = (in_path("iso2", description="ISO 3166-1 alpha-2"), in_path("slug", description="The product"))

    @extend_schema(summary="Clearance card of a product in a market", responses=ClearanceSerializer)
    def retrieve(self, request: Request, iso2: str, slug: str) -> Response:
        """Per kind the rule that holds today, the closest one, or `not_checked`."""
        market = get_object_or_404(Market, iso2=iso2.upper())
        product = get_object_or_404(Product.objects.published(), slug=slug)
        topics = MarketRule.objects.select_related("product").for_product(product, market)
        return Response(ClearanceSerializer({"market": market.pk, "product": slug, "topics": topics}).data)


def _found(request: Request) -> QuerySet[MarketRule]:
    """The rules that the parameters ask for. Raises ValidationError."""
    asked, rows = request.query_params, MarketRule.objects.all()
    if market := asked.get("market"):
        if not Market.objects.filter(pk=market.upper()).exists():
            raise ValidationError({"market": [_("There is no such market.")]})
        rows = rows.filter(market=market.upper())
    if kind := one_of(request, "kind", RuleKind.values):
        rows = rows.filter(kind=kind)
    if standing := one_of(request, "standing", RuleStanding.values):
        rows = rows.standing(standing)
    if hs := asked.get("hs"):
        if len(hs_digits(hs)) not in (2, 4, 6):
            raise ValidationError({"hs": [_("Give 2, 4 or 6 digits.")]})
        rows = rows.applying_to(prefixes(hs_digits(hs)))
    if slug := asked.get("product"):
        product = Product.objects.published().filter(slug=slug).first()
        if product is None:
            raise ValidationError({"product": [_("There is no public product at this address.")]})
        rows = rows.about(product)
    return rows


def _as_sent(rule: MarketRule) -> dict[str, Any]:
    """A rule as the form would send it."""
    if rule.pk is None:
        return {}
    plain = {name: getattr(rule, name) for name in ("kind", "source_title", "source_url", "checked_on", "valid_until")}
    keys = {"market": rule.market_id, "hs": rule.hs_id, "product": rule.product.slug if rule.product else ""}
    return {**plain, **keys, **_flat({"text": rule.text})}


def _flat(said: dict[str, Any]) -> dict[str, Any]:
    """What was said, the text a value a language; null is empty."""
    flat = {name: "" if value is None else value for name, value in said.items() if name != "text"}
    if "market" in flat:
        flat["market"] = flat["market"].upper()
    if "text" in said:
        flat |= {f"text_{key}": said["text"].get(key, "") for key in CONTENT_LANGUAGES}
    return flat

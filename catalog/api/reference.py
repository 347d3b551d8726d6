"""Reference rows in the API: categories with what they ask, commodities, HS codes."""

from __future__ import annotations

from typing import Any, ClassVar

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import Scope
from accounts.permissions import PublicRead
from catalog.commodities import MIN_LETTERS, find_commodities, find_hs_codes, hs_digits
from catalog.models import AttributeKind, Category, Commodity, HSCode
from kit.api_fields import TextsField, page_of
from kit.api_views import PAGING, ApiViewSet, in_path, one_of, page_answer, page_size, query
from kit.keyset import Keyset
from kit.languages import pick

BY_POSITION = Keyset("categories", [("position", "asc"), ("slug", "asc"), ("pk", "asc")])
BY_SLUG = Keyset("commodities", [("slug", "asc")])
BY_CODE = Keyset("hs codes", [("code", "asc")])


class ReferenceViewSet(ApiViewSet):
    """Rows that staff keep and everybody reads."""

    permission_classes = [PublicRead]
    scope: ClassVar[str | None] = Scope.CATALOGUE_READ
    max_age = 600


class ChoiceSerializer(serializers.Serializer[Any]):
    """A value to choose."""

    value = serializers.CharField()
    label = TextsField()  # type: ignore[assignment]


class AskedFactSerializer(serializers.Serializer[Any]):
    """A fact that products of a category state."""

    key = serializers.CharField()
    label = TextsField()  # type: ignore[assignment]
    hint = TextsField()
    kind = serializers.ChoiceField(choices=AttributeKind.choices)
    unit = serializers.CharField(allow_blank=True)
    choices = ChoiceSerializer(many=True)
    required = serializers.BooleanField(help_text="Required to submit")  # type: ignore[assignment]


class CategorySerializer(serializers.Serializer[Any]):
    """A shelf of the catalogue; two levels."""

    slug = serializers.SlugField()
    parent = serializers.SlugField(source="parent.slug", default=None, allow_null=True)  # type: ignore[assignment]
    name = TextsField()
    name_text = serializers.SerializerMethodField(help_text="For the reader")
    notice = TextsField()
    may_be_promoted = serializers.BooleanField()

    def get_name_text(self, row: Category) -> str:
        return pick(row.name).text


class CategoryWithFactsSerializer(CategorySerializer):
    """A category with the facts that its products state."""

    facts = serializers.SerializerMethodField()

    @extend_schema_field(AskedFactSerializer(many=True))
    def get_facts(self, row: Category) -> Any:
        template = row.template or (row.parent.template if row.parent else None)
        return AskedFactSerializer(template.fields.all() if template else (), many=True).data


class CommoditySerializer(serializers.Serializer[Any]):
    """A concept of the trade thesaurus."""

    slug = serializers.SlugField()
    name = TextsField()
    name_text = serializers.SerializerMethodField(help_text="For the reader")
    hs6 = serializers.CharField(source="hs6_id")
    category = serializers.SlugField(source="category.slug")

    def get_name_text(self, row: Commodity) -> str:
        return pick(row.name).text


class HSCodeSerializer(serializers.Serializer[Any]):
    """A code of HS 2022: chapter (2 digits), heading (4) or subheading (6). Names are English."""

    code = serializers.CharField()
    dotted = serializers.CharField()
    digits = serializers.IntegerField(source="level")
    parent = serializers.CharField(source="parent_id", allow_null=True)  # type: ignore[assignment]
    name = serializers.CharField()


class CategoryViewSet(ReferenceViewSet):
    """The shelves of the catalogue."""

    parameters: ClassVar = {"list": PAGING}
    path_parameters = (in_path("slug"),)

    @extend_schema(summary="Categories", responses=page_of(CategorySerializer))
    def list(self, request: Request) -> Response:
        """In the order of the catalogue; `parent` says the level."""
        rows = Category.objects.select_related("parent")
        return page_answer(request, BY_POSITION, rows, lambda page: list(CategorySerializer(page, many=True).data))

    @extend_schema(summary="One category", responses=CategoryWithFactsSerializer)
    def retrieve(self, request: Request, slug: str) -> Response:
        """With the facts that its products state."""
        rows = Category.objects.select_related("parent__template", "template")
        return Response(CategoryWithFactsSerializer(get_object_or_404(rows, slug=slug)).data)


class CommodityViewSet(ReferenceViewSet):
    """The trade thesaurus."""

    parameters: ClassVar = {"list": (query("q", description="A name in any language, or an HS code."), *PAGING)}
    path_parameters = (in_path("slug"),)

    @extend_schema(summary="Commodities", responses=page_of(CommoditySerializer))
    def list(self, request: Request) -> Response:
        """With `q` the best first, on one page; small slips are forgiven."""
        if "q" in request.query_params:
            found = find_commodities(_words(request), page_size(request))
            told = CommoditySerializer([one.commodity for one in found], many=True).data
            return Response({"results": told, "next": None})
        rows = Commodity.objects.select_related("category")
        return page_answer(request, BY_SLUG, rows, lambda page: list(CommoditySerializer(page, many=True).data))

    @extend_schema(summary="One commodity", responses=CommoditySerializer)
    def retrieve(self, request: Request, slug: str) -> Response:
        """Its names, HS code and category."""
        rows = Commodity.objects.select_related("category")
        return Response(CommoditySerializer(get_object_or_404(rows, slug=slug)).data)


class HSCodeViewSet(ReferenceViewSet):
    """HS 2022."""

    parameters: ClassVar = {
        "list": (
            query("q", description="Digits that subheadings begin with, or words in any language."),
            query("digits", str, enum=["2", "4", "6"], description="Only chapters, headings or subheadings."),
            query("under", description="Only codes under this chapter or heading."),
            *PAGING,
        )
    }
    path_parameters = (in_path("code", description="2, 4 or 6 digits"),)

    @extend_schema(summary="HS codes", responses=page_of(HSCodeSerializer))
    def list(self, request: Request) -> Response:
        """With `q` the subheadings that fit, the best first, on one page."""
        if "q" in request.query_params:
            found = find_hs_codes(_words(request), page_size(request))
            return Response({"results": HSCodeSerializer(found, many=True).data, "next": None})
        rows = HSCode.objects.all()
        if digits := one_of(request, "digits", ("2", "4", "6")):
            rows = rows.filter(level=int(digits))
        if under := request.query_params.get("under", ""):
            if not hs_digits(under):
                raise ValidationError({"under": [_("An HS code has 2, 4 or 6 digits.")]})
            rows = rows.filter(code__startswith=hs_digits(under)).exclude(code=hs_digits(under))
        return page_answer(request, BY_CODE, rows, lambda page: list(HSCodeSerializer(page, many=True).data))

    @extend_schema(summary="One HS code", responses=HSCodeSerializer)
    def retrieve(self, request: Request, code: str) -> Response:
        """Its name and what it is under."""
        return Response(HSCodeSerializer(get_object_or_404(HSCode, code=code)).data)


def _words(request: Request) -> str:
    words = request.query_params["q"].strip()
    if len(words) < MIN_LETTERS:
        raise ValidationError({"q": [_("Write at least two letters or digits.")]})
    return words

"""What a search box may offer while somebody types, in the API."""

from __future__ import annotations

from typing import Any, ClassVar

from drf_spectacular.helpers import forced_singular_serializer
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import Scope
from accounts.permissions import PublicRead
from catalog.suggestions import Kind, suggest
from kit.api_views import ApiViewSet, query


class SuggestionSerializer(serializers.Serializer[Any]):
    """A thing that the words may mean."""

    kind = serializers.ChoiceField(choices=Kind.values)
    label = serializers.CharField()  # type: ignore[assignment]
    language = serializers.CharField(allow_blank=True, help_text="Of the label; empty for a name")
    slug = serializers.SlugField()
    synonym = serializers.CharField(allow_blank=True, help_text="The word by which a commodity was found")
    page = serializers.SerializerMethodField(help_text="Its page, or the list of its products")

    def get_page(self, row: Any) -> str:
        url: str = self.context["request"].build_absolute_uri(row.url)
        return url


class SuggestionsSerializer(serializers.Serializer[Any]):
    """The best of each kind."""

    results = SuggestionSerializer(many=True)


class SuggestionViewSet(ApiViewSet):
    """Suggestions while typing."""

    permission_classes = [PublicRead]
    scope: ClassVar[str | None] = Scope.CATALOGUE_READ
    max_age = 10
    parameters: ClassVar = {
        "list": (query("q", description="At least two letters or digits; the last word may be unfinished."),)
    }

    @extend_schema(summary="Suggestions", responses=forced_singular_serializer(SuggestionsSerializer))  # type: ignore[no-untyped-call]
    def list(self, request: Request) -> Response:
        """Commodities, categories, products and producers, three of a kind at most; none for less than two letters."""
        found = suggest(request.query_params.get("q", ""))
        return Response(SuggestionsSerializer({"results": found}, context={"request": request}).data)

"""Saved searches in the API."""

from __future__ import annotations

from typing import Any, ClassVar, Final

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.repeats import KEY_PARAMETER, answer_once
from catalog.list_page import in_words
from inquiries.api.own import OwnViewSet
from inquiries.forms.saved_searches import NewSearchForm, SavedSearchForm
from inquiries.models import Frequency, SavedSearch
from inquiries.models.saved_search import LONGEST_NAME, LONGEST_QUERY
from kit.api_fields import page_of
from kit.api_views import PAGING, in_path, page_answer
from kit.keyset import Keyset

NEWEST_FIRST: Final = Keyset("my saved searches", [("pk", "desc")])


class SavedSearchSerializer(serializers.Serializer[Any]):
    """A search that writes when it finds something new."""

    id = serializers.IntegerField(source="pk")
    name = serializers.CharField()
    query = serializers.CharField(help_text="Parameters of the list of products, always written alike")
    in_words = serializers.SerializerMethodField(help_text="What it asks for, for the reader")
    frequency = serializers.ChoiceField(choices=Frequency.choices)
    next_on = serializers.DateField(help_text="The day of the next look, UTC")
    created_at = serializers.DateTimeField()

    def get_in_words(self, search: SavedSearch) -> list[str]:
        return in_words(search.query)


class SearchChangeSerializer(serializers.Serializer[Any]):
    """Its name, and how often it writes; what is left out stays."""

    name = serializers.CharField(max_length=LONGEST_NAME, required=False)
    frequency = serializers.ChoiceField(choices=Frequency.choices, required=False)


class NewSearchSerializer(serializers.Serializer[Any]):
    """A search to save."""

    name = serializers.CharField(max_length=LONGEST_NAME)
    query = serializers.CharField(max_length=LONGEST_QUERY, help_text="What follows the ? of the list of products")
    frequency = serializers.ChoiceField(choices=Frequency.choices, default=Frequency.WEEKLY)


class OwnSavedSearchViewSet(OwnViewSet):
    """One's searches, at most 30; nobody else sees them."""

    parameters: ClassVar = {"list": PAGING, "create": (KEY_PARAMETER,)}
    path_parameters = (in_path("id", int),)

    @extend_schema(summary="My saved searches", responses=page_of(SavedSearchSerializer))
    def list(self, request: Request) -> Response:
        """Newest first."""
        rows = SavedSearch.objects.owned_by(self.importer(request))
        return page_answer(request, NEWEST_FIRST, rows, lambda page: list(SavedSearchSerializer(page, many=True).data))

    @extend_schema(
        summary="Save a search",
        request=NewSearchSerializer,
        responses={201: SavedSearchSerializer},
        examples=[
            OpenApiExample(
                "Sandals for Chile",
                {"name": "Sandals", "query": "q=sandal&market=CL", "frequency": "weekly"},
                request_only=True,
            )
        ],
    )
    def create(self, request: Request) -> Response:
        """Only known parameters count. The same search again is the one that is there."""
        importer, asked = self.importer(request), NewSearchSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        form = NewSearchForm(asked.validated_data)
        _refuse_wrong(form)
        said = form.cleaned_data
        return answer_once(request, lambda: SavedSearchSerializer(SavedSearch.keep(**said, importer=importer)).data)

    @extend_schema(summary="One of my saved searches", responses=SavedSearchSerializer)
    def retrieve(self, request: Request, pk: str) -> Response:
        """What it asks for and when it looks next."""
        return Response(SavedSearchSerializer(self._get(request, pk)).data)

    @extend_schema(summary="Change a saved search", request=SearchChangeSerializer, responses=SavedSearchSerializer)
    def partial_update(self, request: Request, pk: str) -> Response:
        """`frequency` “off” stops its letters."""
        search, asked = self._get(request, pk), SearchChangeSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        form = SavedSearchForm({"name": search.name, "frequency": search.frequency, **asked.validated_data})
        _refuse_wrong(form)
        search.change(**form.cleaned_data)
        return self.retrieve(request, pk)

    @extend_schema(summary="Delete a saved search", responses={204: None})
    def destroy(self, request: Request, pk: str) -> Response:
        """For good."""
        self._get(request, pk).delete()
        return Response(status=204)

    def _get(self, request: Request, pk: str) -> SavedSearch:
        return get_object_or_404(SavedSearch.objects.owned_by(self.importer(request)), pk=int(pk))


def _refuse_wrong(form: Any) -> None:
    """Raise what a form found wrong as a ValidationError; what is wrong with the whole is wrong with the query."""
    if not form.is_valid():
        told = {name: [str(one) for one in errors] for name, errors in form.errors.items()}
        raise ValidationError({("query" if name == "__all__" else name): errors for name, errors in told.items()})

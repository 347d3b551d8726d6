"""Own revisions in the API: read, changed, handed in, taken back."""

from __future__ import annotations

from typing import Any, ClassVar, cast

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiExample, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.http import signed_in
from accounts.repeats import done_once
from accounts.workflow import Refused
from catalog.api.content import (
    ContentSerializer,
    RevisionListedSerializer,
    RevisionSerializer,
    changes_of,
    comparable,
    content_told,
    revision_listed,
    revision_told,
)
from catalog.api.listed import Told
from catalog.models import ProductRevision
from catalog.models.revision_state import RevisionMoved, RevisionState
from catalog.revision_changes import change_content
from catalog.step_saving import read
from exporters.api import DeskViewSet
from kit.api_fields import page_of
from kit.api_views import PAGING, one_of, page_answer, query
from kit.keyset import Keyset

NEWEST_FIRST = Keyset("my revisions", [("pk", "desc")])


class ChangeSerializer(ContentSerializer):
    """A change of the content, of the version that was seen."""

    version = serializers.IntegerField(min_value=1)


class BothValuesSerializer(serializers.Serializer[Any]):
    """A field that was saved meanwhile."""

    yours = serializers.JSONField(allow_null=True)
    saved = serializers.JSONField(allow_null=True)


class ConflictSerializer(serializers.Serializer[Any]):
    """A refusal; when the content moved on, both values of each field that differs."""

    code = serializers.CharField()
    detail = serializers.CharField()
    fields = serializers.DictField(child=BothValuesSerializer())  # type: ignore[assignment]


class ContentMoved(RevisionMoved):
    """The content moved on; `fields` holds both values of what differs."""

    def __init__(self, moved: RevisionMoved, fields: Told) -> None:
        super().__init__(moved.message)
        self.fields = fields


class OwnRevisionViewSet(DeskViewSet):
    """Revisions of one's products."""

    parameters: ClassVar = {
        "list": (query("state", str, enum=RevisionState.values), query("product", int), *PAGING),
    }

    @extend_schema(summary="My revisions", responses=page_of(RevisionListedSerializer))
    def list(self, request: Request) -> Response:
        """Newest first."""
        rows = ProductRevision.objects.editable_by(request.user).select_related("product__producer")
        if state := one_of(request, "state", RevisionState.values):
            rows = rows.filter(state=state)
        if product := request.query_params.get("product", ""):
            if not (product.isascii() and product.isdigit() and len(product) < 19):
                raise ValidationError({"product": [_("Enter a number.")]})
            rows = rows.filter(product=int(product))
        return page_answer(request, NEWEST_FIRST, rows, lambda page: [revision_listed(one) for one in page])

    @extend_schema(summary="One of my revisions", responses=RevisionSerializer)
    def retrieve(self, request: Request, pk: str) -> Response:
        """The passport, what is missing, and what reviewers asked for."""
        return Response(revision_told(self._get(request, pk)))

    @extend_schema(
        summary="Change the content",
        request=ChangeSerializer,
        responses={200: RevisionSerializer, 409: OpenApiResponse(ConflictSerializer, "Not now, or it moved on")},
        examples=[
            OpenApiExample(
                "Terms",
                {
                    "version": 3,
                    "unit": "PR",
                    "moq": "300",
                    "offers": [
                        {
                            "incoterm": "FOB", "place": "Tanjung Perak, Surabaya", "currency": "USD",
                            "unit_price": "6.80", "from_quantity": "300", "valid_until": "2027-03-31",
                        }
                    ],
                },
                request_only=True,
            )
        ],
    )  # fmt: skip
    def partial_update(self, request: Request, pk: str) -> Response:
        """All or nothing, judged as the pages judge it. An older `version` is refused with both values."""
        revision = self._get(request, pk)
        asked = ChangeSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        changes, seen = changes_of(asked, ["version"]), asked.validated_data["version"]
        try:
            change_content(revision.pk, changes, seen_version=seen, by=signed_in(request.user))
        except RevisionMoved as moved:
            raise ContentMoved(moved, _differences(read(revision.pk), asked.validated_data)) from moved
        return Response(revision_told(read(revision.pk)))

    @extend_schema(summary="Hand it in", request=None, responses={200: RevisionSerializer})
    @done_once
    def submit(self, request: Request, pk: str) -> Response:
        """Refused as `incomplete` while required parts are missing; `fields` names them."""
        revision = self._get(request, pk)
        if revision.unfinished:
            raise Refused(_("Some values on the pages of the form could not be taken yet."), code="unfinished")
        revision.submit(by=signed_in(request.user))
        return self.retrieve(request, pk)

    @extend_schema(summary="Take it back", request=None, responses={200: RevisionSerializer})
    @done_once
    def withdraw(self, request: Request, pk: str) -> Response:
        """Possible until a reviewer has it in hand."""
        self._get(request, pk).withdraw(by=signed_in(request.user))
        return self.retrieve(request, pk)

    def _get(self, request: Request, pk: str) -> ProductRevision:
        return get_object_or_404(ProductRevision.objects.editable_by(request.user).with_parts(), pk=int(pk))


def _differences(revision: ProductRevision, sent: Told) -> Told:
    saved = content_told(revision)
    told = cast(Told, comparable({name: getattr(value, "slug", value) for name, value in sent.items()}))
    return {
        name: {"yours": value, "saved": saved[name]}
        for name, value in told.items()
        if name in saved and value != saved[name]
    }

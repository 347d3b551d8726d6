"""The importer's buying requests in the API."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar, Final

from django.core.files.uploadedfile import UploadedFile
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_serializer
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import ratelimit
from accounts.http import signed_in
from accounts.repeats import KEY_PARAMETER, answer_once, done_once
from catalog.photos import shown_name
from inquiries.api.own import OwnViewSet
from inquiries.api.request_fields import (
    OF_ITS_STATE,
    PICTURE,
    WANTED,
    BuyingRequestSerializer,
    CloseSerializer,
    RequestChangeFilesSerializer,
    RequestChangeSerializer,
    RequestFilesSerializer,
    RequestWriteSerializer,
    told,
)
from inquiries.forms.buying_requests import BuyingRequestForm
from inquiries.models import BuyingRequest
from inquiries.models.buying_request_state import RequestState
from inquiries.models.buying_request_words import BuyingRequestQuerySet
from inquiries.offer_rows import offers_seen
from inquiries.request_pictures import count_try, taken_in
from kit.api_fields import page_of
from kit.api_views import PAGING, in_path, one_of, page_answer, query, with_files
from kit.keyset import Keyset
from kit.uploads import UploadRefused

NEWEST_FIRST: Final = Keyset("buying requests", [("pk", "desc")])


class RequestOfferSerializer(serializers.Serializer[Any]):
    """An offer: a thread with its quotation. `reasons` say why the product fits."""

    enquiry = serializers.IntegerField(source="enquiry.pk")
    state = serializers.CharField(source="enquiry.state")
    producer = serializers.CharField(source="enquiry.producer.trade_name")
    product = serializers.CharField(help_text="In the reader's language")
    version = serializers.IntegerField(source="quotation.version", default=None, allow_null=True)
    price = serializers.CharField(help_text="Per unit, as the reader writes it")
    incoterm = serializers.CharField(source="quotation.incoterm_id", default=None, allow_null=True)
    place = serializers.CharField(source="quotation.place", default="")
    valid_until = serializers.DateField(source="quotation.valid_until", default=None, allow_null=True)
    lead_time_days = serializers.IntegerField(source="quotation.lead_time_days", default=None, allow_null=True)
    reasons = serializers.ListField(child=serializers.CharField())


@extend_schema_serializer(
    examples=[OpenApiExample("An open one", {**OF_ITS_STATE, **WANTED, **PICTURE, "offers": []}, response_only=True)]
)
class OwnBuyingRequestSerializer(BuyingRequestSerializer):
    """A buying request with the offers to look at now, the best match first: five at most."""

    offers = RequestOfferSerializer(many=True)


class BuyingRequestViewSet(OwnViewSet):
    """What one's own company asks for and did not find."""

    path_parameters = (in_path("id", int),)
    takes_files: ClassVar = frozenset({"create", "partial_update"})
    parameters: ClassVar = {
        "list": (query("state", str, enum=RequestState.values), *PAGING),
        **dict.fromkeys(("create", "partial_update"), (KEY_PARAMETER,)),
    }

    @extend_schema(summary="My buying requests", responses=page_of(BuyingRequestSerializer))
    def list(self, request: Request) -> Response:
        """Newest first."""
        rows = self._own(request)
        if state := one_of(request, "state", RequestState.values):
            rows = rows.filter(state=state)
        return page_answer(request, NEWEST_FIRST, rows, lambda page: [told(one) for one in page])

    @extend_schema(
        summary="Ask for goods",
        request=with_files(RequestWriteSerializer, RequestFilesSerializer),
        responses={201: OwnBuyingRequestSerializer},
    )
    def create(self, request: Request) -> Response:
        """It waits for the mission of the destination. A picture comes in a form."""
        asked = RequestFilesSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        person = signed_in(request.user)
        ratelimit.hit("buying_request", f"user:{person.pk}")
        picture, importer = asked.validated_data.pop("picture", None), self.importer(request)
        content = content_of(asked.validated_data)
        count_try(picture, by=person)

        def work() -> Any:
            with picture_taken_in(picture) as key:
                made = BuyingRequest(importer=importer, picture_key=key, **content).submit(by=person)
            return own_told(self._get(request, str(made.pk)))

        return answer_once(request, work)

    @extend_schema(summary="One of my buying requests", responses=OwnBuyingRequestSerializer)
    def retrieve(self, request: Request, pk: str) -> Response:
        """With the offers."""
        return Response(own_told(self._get(request, pk)))

    @extend_schema(
        summary="Change it",
        request=with_files(RequestChangeSerializer, RequestChangeFilesSerializer),
        responses={200: OwnBuyingRequestSerializer},
    )
    def partial_update(self, request: Request, pk: str) -> Response:
        """While it waits for the mission. Only what is sent changes; `version` is the one that you saw."""
        row, by = self._get(request, pk), signed_in(request.user)
        asked = RequestChangeFilesSerializer(data=request.data, partial=True)
        asked.is_valid(raise_exception=True)
        said = asked.validated_data
        if "version" not in said:
            raise ValidationError({"version": [asked.fields["version"].error_messages["required"]]})
        version, picture = said.pop("version"), said.pop("picture", None)
        is_removed = said.pop("remove_picture", False)
        content = content_of({**current(row), **said})
        count_try(picture, by=by)

        def work() -> Any:
            with picture_taken_in(picture) as key:
                pictured = {"picture_key": key} if key is not None or is_removed else {}
                row.rewrite({**content, **pictured}, by=by, seen_version=version)
            return own_told(self._get(request, pk))

        return answer_once(request, work, status=200)

    @extend_schema(summary="Take it back", request=None, responses={200: OwnBuyingRequestSerializer})
    @done_once
    def withdraw(self, request: Request, pk: str) -> Response:
        """Before the mission decided."""
        self._get(request, pk).withdraw(by=signed_in(request.user))
        return self.retrieve(request, pk)

    @extend_schema(
        summary="Close it",
        request=CloseSerializer,
        responses={200: OwnBuyingRequestSerializer},
        examples=[OpenApiExample("Ordered", {"outcome": "ordered"}, request_only=True)],
    )
    @done_once
    def close(self, request: Request, pk: str) -> Response:
        """With what came of it; who was invited and has not answered is told."""
        row, asked = self._get(request, pk), CloseSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        row.close(by=signed_in(request.user), outcome=asked.validated_data["outcome"])
        return self.retrieve(request, pk)

    def _own(self, request: Request) -> BuyingRequestQuerySet:
        return BuyingRequest.objects.owned_by(request.user).select_related("importer", "commodity", "category")

    def _get(self, request: Request, pk: str) -> BuyingRequest:
        row: BuyingRequest = get_object_or_404(self._own(request), pk=int(pk))
        return row


@contextmanager
def picture_taken_in(picture: UploadedFile[bytes] | None) -> Iterator[uuid.UUID | None]:
    """The key of a picture that came along, while the block runs. Raises ValidationError."""
    try:
        with taken_in(picture) as key:
            yield key
    except UploadRefused as refusal:
        name = shown_name(picture.name) if picture else ""
        raise ValidationError({"picture": [refusal.sentence(name)]}) from refusal


def current(row: BuyingRequest) -> dict[str, Any]:
    """What a request says now, as it would be sent."""
    by_code = {"hs": row.hs_id, "unit": row.unit_id, "incoterm": row.incoterm_id}
    return {name: getattr(row, name) for name in BuyingRequest.CONTENT if name not in by_code} | by_code


def own_told(request: BuyingRequest) -> dict[str, Any]:
    """A request as its importer reads it."""
    return {**told(request), "offers": RequestOfferSerializer(offers_seen(request).now, many=True).data}


def content_of(said: dict[str, Any]) -> dict[str, Any]:
    """What was said, through the form of the page, so that both are equally strict. Raises ValidationError."""
    keys = {name: said[name].pk for name in ("commodity", "category") if said.get(name) is not None}
    flat = {name: "" if value is None else value for name, value in said.items()}
    form = BuyingRequestForm({**flat, "commodity": "", "category": "", **keys, "country": said["country"].upper()})
    if not form.is_valid():
        raise ValidationError({name: [str(one) for one in errors] for name, errors in form.errors.items()})
    return form.content()

"""Certificates in the API: those that staff verify or reject."""

from __future__ import annotations

from typing import Any, ClassVar, Final

from django.db.models import QuerySet
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.http import signed_in
from accounts.models import Scope
from accounts.permissions import HasPower
from accounts.repeats import done_once
from exporters import certificate_files
from exporters.api import FILE, CertificateSerializer, certificates
from exporters.models import Certificate, CertificateState, CertificateType
from kit.api_fields import page_of
from kit.api_views import PAGING, ApiViewSet, in_path, one_of, page_answer, query, whole_number
from kit.database_clock import UtcToday
from kit.keyset import Keyset, Order
from kit.text import clean_text
from markets.api.narrowing import in_province
from markets.scope import certificates_to_verify

ORDERS: Final = {
    "oldest": Keyset("certificates", [("submitted_at", "asc"), ("pk", "asc")]),
    "newest": Keyset("certificates", [("submitted_at", "desc"), ("pk", "desc")]),
    "ending": Keyset("certificates", [Order("expires_on", "asc", nullable=True), ("pk", "asc")]),
}
MOST_DAYS: Final = 366


class RejectCertificateSerializer(serializers.Serializer[Any]):
    """Why not."""

    why = serializers.CharField(max_length=500, help_text="In the producer's language")

    def validate_why(self, value: str) -> str:
        return clean_text(value)


class CertificateViewSet(ApiViewSet):
    """Certificates in one's scope."""

    permission_classes = [HasPower]
    power: ClassVar = "exporters.verify_certificate"
    scope: ClassVar[str | None] = Scope.CERTIFICATES_WRITE
    path_parameters = (in_path("id", int),)
    parameters: ClassVar = {
        "list": (
            query("state", str, enum=CertificateState.values),
            query("type", description="Code of the type"),
            query("province", description="Of the producer: two digits, as the home ministry codes it"),
            query(
                "ends_within", {"type": "integer", "minimum": 0, "maximum": MOST_DAYS}, description="Days, from today"
            ),
            query("sort", str, enum=list(ORDERS), description="By the day it was handed in, or by that of its end."),
            *PAGING,
        )
    }

    @extend_schema(summary="Certificates to verify", responses=page_of(CertificateSerializer))
    def list(self, request: Request) -> Response:
        """Oldest first unless asked otherwise; without `state` all, decided ones too."""
        rows = in_province(self._in_scope(request), request, "producer__")
        if state := one_of(request, "state", CertificateState.values):
            rows = rows.filter(state=state)
        if kind := one_of(request, "type", CertificateType.objects.values_list("pk", flat=True)):
            rows = rows.filter(type=kind)
        if (days := whole_number(request, "ends_within", most=MOST_DAYS)) is not None:
            rows = rows.filter(expires_on__gte=UtcToday(), expires_on__lte=UtcToday() + days)
        order = ORDERS[one_of(request, "sort", ORDERS) or "oldest"]
        return page_answer(request, order, rows.select_related("type"), certificates)

    @extend_schema(summary="One certificate", responses=CertificateSerializer)
    def retrieve(self, request: Request, pk: str) -> Response:
        """Its facts; the file has its own address."""
        return Response(CertificateSerializer(self._get(request, pk)).data)

    @extend_schema(summary="The file of a certificate to verify", responses=FILE)
    def file(self, request: Request, pk: str) -> HttpResponseBase:
        """The private file; each download is in the audit trail."""
        certificate = get_object_or_404(self._in_scope(request).select_related("type"), pk=int(pk))
        return certificate_files.download(certificate, by=signed_in(request.user))

    @extend_schema(summary="A picture of the first page", responses={(200, "image/jpeg"): OpenApiTypes.BINARY})
    def first_page(self, request: Request, pk: str) -> HttpResponseBase:
        """404 while it is not drawn, or when the page cannot be drawn; each look is in the audit trail."""
        return certificate_files.first_page(self._get(request, pk), by=signed_in(request.user))

    @extend_schema(summary="Verify", request=None, responses={200: CertificateSerializer})
    @done_once
    def verify(self, request: Request, pk: str) -> Response:
        """It gives a badge from now on; never one of one's own producer."""
        self._get(request, pk).verify(by=signed_in(request.user))
        return self.retrieve(request, pk)

    @extend_schema(
        summary="Reject",
        request=RejectCertificateSerializer,
        responses={200: CertificateSerializer},
        examples=[OpenApiExample("Unreadable", {"why": "Nomor tidak terbaca."}, request_only=True)],
    )
    @done_once
    def reject(self, request: Request, pk: str) -> Response:
        """With the reason."""
        certificate, asked = self._get(request, pk), RejectCertificateSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        certificate.reject(by=signed_in(request.user), why=asked.validated_data["why"])
        return self.retrieve(request, pk)

    @extend_schema(
        summary="Take a verification back", request=RejectCertificateSerializer, responses={200: CertificateSerializer}
    )
    @done_once
    def revoke(self, request: Request, pk: str) -> Response:
        """With the reason; its badge is gone at once."""
        certificate, asked = self._get(request, pk), RejectCertificateSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        certificate.revoke(by=signed_in(request.user), why=asked.validated_data["why"])
        return self.retrieve(request, pk)

    def _in_scope(self, request: Request) -> QuerySet[Certificate]:
        return certificates_to_verify(request.user)

    def _get(self, request: Request, pk: str) -> Certificate:
        return get_object_or_404(self._in_scope(request).select_related("type"), pk=int(pk))

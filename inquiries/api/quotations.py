"""Quotations in the API: read by both sides and by staff, accepted or declined by the importer."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, Final

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import audit
from accounts.http import signed_in
from accounts.models import Scope
from accounts.permissions import HasScope
from accounts.repeats import KEY_PARAMETER, answer_once
from catalog.api.listed import Told
from inquiries.api.quotation_fields import QuotationSerializer, quotations_told
from inquiries.api.written import DeclineQuotationSerializer, asked
from inquiries.models import Enquiry, EnquiryState, Quotation
from inquiries.models.quotation import QuotationQuerySet
from inquiries.scope import quotations_read_by
from kit import private_files
from kit.api_fields import page_of
from kit.api_views import PAGING, ApiViewSet, in_path, one_of, page_answer, query, whole_number
from kit.keyset import Keyset
from markets.scope import works_everywhere

NEWEST_FIRST: Final = Keyset("quotations", [("pk", "desc")])
GREATEST_KEY: Final = 10**18 - 1


class QuotationViewSet(ApiViewSet):
    """Quotations in the threads in which one has a side, or which one oversees."""

    permission_classes = [HasScope]
    scope: ClassVar[str | None] = Scope.INQUIRIES_WRITE
    path_parameters = (in_path("id", int),)
    parameters: ClassVar = {
        "list": (
            query("enquiry", int, description="Of this enquiry"),
            query("state", str, enum=EnquiryState.values, description="Of the enquiry"),
            query("newest", str, enum=["true"], description="Only the newest version of each enquiry"),
            *PAGING,
        ),
        "accept": (KEY_PARAMETER,),
        "decline": (KEY_PARAMETER,),
    }

    @extend_schema(summary="Quotations", responses=page_of(QuotationSerializer))
    def list(self, request: Request) -> Response:
        """Newest first, older versions too; `newest=true&state=quoted` are those to decide on."""
        rows = quotations_read_by(request.user)
        if (enquiry := whole_number(request, "enquiry", most=GREATEST_KEY)) is not None:
            rows = rows.filter(enquiry=enquiry)
        if state := one_of(request, "state", EnquiryState.values):
            rows = rows.filter(enquiry__state=state)
        if one_of(request, "newest", ["true"]):
            rows = rows.latest_of_each()
        return page_answer(request, NEWEST_FIRST, rows.for_showing(), quotations_told)

    @extend_schema(summary="One quotation", responses=QuotationSerializer)
    def retrieve(self, request: Request, pk: str) -> Response:
        """A version with its lines. What the ministry reads is in the audit trail."""
        quotation = self._read(request, pk)
        return Response(quotations_told([quotation])[0])

    @extend_schema(summary="A quotation on paper", responses={(200, "application/pdf"): OpenApiTypes.BINARY})
    def pdf(self, request: Request, pk: str) -> HttpResponse:
        """A4, in the language of the request."""
        quotation = self._read(request, pk)
        from inquiries.quotation_pdf import draw  # the library is heavy: read when it is needed

        return private_files.made(draw(quotation), "pdf", f"{quotation.number}-{get_language()}")

    @extend_schema(summary="Accept", request=None, responses={200: QuotationSerializer})
    def accept(self, request: Request, pk: str) -> Response:
        """The importer accepts this version. Refused as `enquiry_moved` when there is a newer one."""
        return self._decide(
            request, pk, lambda one: one.enquiry.accept(by=signed_in(request.user), version=one.version)
        )

    @extend_schema(summary="Decline", request=DeclineQuotationSerializer, responses={200: QuotationSerializer})
    def decline(self, request: Request, pk: str) -> Response:
        """The importer does not take it. Refused as `enquiry_moved` when there is a newer one."""
        self._own(request, pk)  # what is not one's own is not there, whatever was sent
        told = asked(DeclineQuotationSerializer, request).validated_data
        by = signed_in(request.user)
        return self._decide(request, pk, lambda one: one.enquiry.decline(by=by, version=one.version, **told))

    def _decide(self, request: Request, pk: str, verb: Callable[[Quotation], None]) -> Response:
        def decide() -> Told:
            verb(self._own(request, pk))
            return quotations_told([self._own(request, pk)])[0]

        return answer_once(request, decide, status=200)

    def _own(self, request: Request, pk: str) -> Quotation:
        """One that the importer got."""
        own = Quotation.objects.filter(enquiry__in=Enquiry.objects.sent_by(request.user))
        return _one(own, pk)

    def _read(self, request: Request, pk: str) -> Quotation:
        quotation, user = _one(quotations_read_by(request.user), pk), signed_in(request.user)
        if works_everywhere(user) and quotation.enquiry.importer.user_id != user.pk:
            audit.record("read", quotation.enquiry, by=user)
        return quotation


def _one(rows: QuotationQuerySet, pk: str) -> Quotation:
    quotation: Quotation = get_object_or_404(rows.for_showing(), pk=int(pk))
    return quotation

"""The producer's side of enquiries in the API: what importers ask, and the producer's answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.http import signed_in
from accounts.models import Scope
from accounts.repeats import KEY_PARAMETER, answer_once
from catalog.api.listed import Told
from exporters.api import DeskViewSet
from inquiries.api.enquiry_fields import (
    EnquiryListedSerializer,
    EnquiryMessageSerializer,
    EnquirySerializer,
    enquiry_told,
    for_telling,
    messages_told,
    own_blocks,
)
from inquiries.api.enquiry_lists import PARAMETERS, page_of_enquiries
from inquiries.api.quotation_fields import QuotationSerializer, QuoteSerializer, quotation_told
from inquiries.api.written import (
    AnswerSerializer,
    BlockImporterSerializer,
    RefuseEnquirySerializer,
    ReportEnquirySerializer,
    asked,
    count_message,
)
from inquiries.models import Enquiry, EnquiryReport, Quotation, SenderBlock, Side
from inquiries.models.enquiry_words import EnquiryQuerySet
from kit.api_fields import page_of


class OwnEnquiryViewSet(DeskViewSet):
    """Enquiries that one's producers were given; an officer answers nothing for them."""

    scope: ClassVar[str | None] = Scope.INQUIRIES_WRITE
    parameters: ClassVar = {
        "list": PARAMETERS,
        **dict.fromkeys(("write", "refuse", "quote", "report", "block", "unblock"), (KEY_PARAMETER,)),
    }

    @extend_schema(summary="Enquiries to my producers", responses=page_of(EnquiryListedSerializer))
    def list(self, request: Request) -> Response:
        """`turn=producer&sort=due` are those to answer, the first due first."""
        return page_of_enquiries(request, self._own(request), Side.PRODUCER)

    @extend_schema(summary="One enquiry to my producer", responses=EnquirySerializer)
    def retrieve(self, request: Request, pk: str) -> Response:
        """With its thread. On the pages it stays unread until a person opens it there."""
        return Response(self._told(request, pk))

    @extend_schema(
        summary="The thread, as my producer reads it",
        responses=serializers.ListSerializer(child=EnquiryMessageSerializer()),
    )
    def messages(self, request: Request, pk: str) -> Response:
        """In its order."""
        return Response(messages_told(self._get(request, pk).read_as(Side.PRODUCER).for_thread()))

    @extend_schema(summary="Answer", request=AnswerSerializer, responses={201: EnquirySerializer})
    def write(self, request: Request, pk: str) -> Response:
        """The first answer ends the answering clock; then it is the importer's turn."""
        enquiry, told = self._get(request, pk), asked(AnswerSerializer, request)
        seen = told.validated_data.get("seen")
        count_message(request)
        return self._act(
            request, pk, lambda: enquiry.answer(told.said(), by=signed_in(request.user), seen=seen), status=201
        )

    @extend_schema(
        summary="Say that it cannot be supplied", request=RefuseEnquirySerializer, responses={200: EnquirySerializer}
    )
    def refuse(self, request: Request, pk: str) -> Response:
        """It counts as an answer, and the importer is shown products of others."""
        enquiry, told = self._get(request, pk), asked(RefuseEnquirySerializer, request)
        seen = told.validated_data.get("seen")
        count_message(request)
        return self._act(request, pk, lambda: enquiry.refuse(told.said(), by=signed_in(request.user), seen=seen))

    @extend_schema(summary="Quote", request=QuoteSerializer, responses={201: QuotationSerializer})
    def quote(self, request: Request, pk: str) -> Response:
        """A new version takes the place of the one before."""
        enquiry, told = self._get(request, pk), asked(QuoteSerializer, request)
        form, said = told.form_for(enquiry), told.validated_data

        def quote() -> Told:
            offered = form.quotation()
            offered.language = said["language"]
            made = enquiry.quote(offered, form.quoted(), by=signed_in(request.user), seen=said.get("seen"))
            return quotation_told(Quotation.objects.for_showing().get(pk=made.pk), newest=made.version)

        return answer_once(request, quote)

    @extend_schema(
        summary="Report the importer to the mission",
        request=ReportEnquirySerializer,
        responses={200: EnquirySerializer},
    )
    def report(self, request: Request, pk: str) -> Response:
        """The mission decides; the importer is not told."""
        enquiry, told = self._get(request, pk), asked(ReportEnquirySerializer, request).validated_data
        by = signed_in(request.user)
        return self._act(request, pk, lambda: EnquiryReport.file(enquiry, side=Side.PRODUCER, by=by, **told))

    @extend_schema(summary="Block the importer", request=BlockImporterSerializer, responses={200: EnquirySerializer})
    def block(self, request: Request, pk: str) -> Response:
        """No new enquiries of this importer reach the producer; those that are there stay. Twice has one effect."""
        enquiry, told = self._get(request, pk), asked(BlockImporterSerializer, request).validated_data
        by = signed_in(request.user)
        return self._act(
            request, pk, lambda: SenderBlock.put(enquiry.importer, producer=enquiry.producer, by=by, **told)
        )

    @extend_schema(summary="Take enquiries of the importer again", request=None, responses={200: EnquirySerializer})
    def unblock(self, request: Request, pk: str) -> Response:
        """Ends the producer's own block; one of staff stays."""
        enquiry = self._get(request, pk)

        def unblock() -> None:
            for block in own_blocks(enquiry):
                block.lift(by=signed_in(request.user))

        return self._act(request, pk, unblock)

    def _act(self, request: Request, pk: str, verb: Callable[[], Any], *, status: int = 200) -> Response:
        """Call the verb once, and tell how the enquiry stands."""

        def act() -> Told:
            verb()
            return self._told(request, pk)

        return answer_once(request, act, status=status)

    def _own(self, request: Request) -> EnquiryQuerySet:
        return Enquiry.objects.addressed_to(request.user)

    def _get(self, request: Request, pk: str) -> Enquiry:
        rows = for_telling(self._own(request)).prefetch_related("lines__product__offers")
        enquiry: Enquiry = get_object_or_404(rows, pk=int(pk))
        return enquiry

    def _told(self, request: Request, pk: str) -> Told:
        return enquiry_told(self._get(request, pk), Side.PRODUCER)

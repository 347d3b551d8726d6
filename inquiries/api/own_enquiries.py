"""The producer's side of enquiries in the API: what importers ask, and the producer's answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.http import signed_in
from accounts.models import Scope
from accounts.repeats import KEY_PARAMETER, answer_once
from catalog.api.listed import Told
from exporters.api import DeskViewSet
from inquiries.api.enquiry_fields import (
    EnquiryListedSerializer,
    EnquirySerializer,
    enquiry_told,
    for_telling,
    own_blocks,
)
from inquiries.api.enquiry_lists import PARAMETERS, page_of_enquiries, page_of_messages
from inquiries.api.message_fields import EnquiryMessageSerializer
from inquiries.api.quotation_fields import QuotationSerializer, QuoteSerializer, quotation_told
from inquiries.api.written import (
    AnswerFilesSerializer,
    AnswerSerializer,
    BlockImporterSerializer,
    RefuseEnquirySerializer,
    RefuseFilesSerializer,
    ReportEnquirySerializer,
    WordsSerializer,
    asked,
    written,
)
from inquiries.models import Enquiry, EnquiryReport, Quotation, SenderBlock, Side
from inquiries.models.enquiry_words import EnquiryQuerySet
from kit.api_fields import page_of
from kit.api_views import PAGING, with_files


class OwnEnquiryViewSet(DeskViewSet):
    """Enquiries that one's producers were given; an officer answers nothing for them."""

    scope: ClassVar[str | None] = Scope.INQUIRIES_WRITE
    takes_files: ClassVar = frozenset({"write", "refuse"})
    parameters: ClassVar = {
        "list": PARAMETERS,
        "messages": PAGING,
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
        responses=page_of(EnquiryMessageSerializer),
    )
    def messages(self, request: Request, pk: str) -> Response:
        """The newest first."""
        return page_of_messages(request, self._get(request, pk), Side.PRODUCER)

    @extend_schema(
        summary="Answer",
        request=with_files(AnswerSerializer, AnswerFilesSerializer),
        responses={201: EnquirySerializer},
    )
    def write(self, request: Request, pk: str) -> Response:
        """The first answer ends the answering clock; then it is the importer's turn. Files come in a form."""
        enquiry, told = self._get(request, pk), asked(AnswerFilesSerializer, request)
        return self._say(request, enquiry, told, enquiry.answer, status=201)

    @extend_schema(
        summary="Say that it cannot be supplied",
        request=with_files(RefuseEnquirySerializer, RefuseFilesSerializer),
        responses={200: EnquirySerializer},
    )
    def refuse(self, request: Request, pk: str) -> Response:
        """It counts as an answer, and the importer is shown products of others. Files come in a form."""
        enquiry, told = self._get(request, pk), asked(RefuseFilesSerializer, request)
        return self._say(request, enquiry, told, enquiry.refuse)

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

    def _say(
        self, request: Request, enquiry: Enquiry, told: WordsSerializer, verb: Callable[..., Any], *, status: int = 200
    ) -> Response:
        """Answer with what was written and the files that came with it."""
        by, seen = signed_in(request.user), told.validated_data.get("seen")
        work = written(
            request, enquiry, Side.PRODUCER, told, lambda kept: verb(told.said(files=kept), by=by, seen=seen)
        )
        return self._act(request, str(enquiry.pk), work, status=status)

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

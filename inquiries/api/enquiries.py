"""Enquiries in the API: an importer's own, and those that staff oversee. Producers have `my/enquiries/`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import audit, ratelimit
from accounts.http import signed_in
from accounts.models import Scope
from accounts.repeats import KEY_PARAMETER, answer_once
from catalog.api.listed import Told
from inquiries.access import importer_of
from inquiries.api.enquiry_fields import (
    EnquiryListedSerializer,
    EnquirySerializer,
    enquiry_told,
    for_telling,
    listed,
)
from inquiries.api.enquiry_lists import PARAMETERS, page_of_enquiries, page_of_messages
from inquiries.api.enquiry_sending import EnquiriesSentSerializer, SendEnquiriesSerializer
from inquiries.api.message_fields import EnquiryMessageSerializer
from inquiries.api.permissions import AsksOrOversees
from inquiries.api.written import (
    DiscardEnquirySerializer,
    ReportEnquirySerializer,
    WithdrawEnquirySerializer,
    WriteFilesSerializer,
    WriteMessageSerializer,
    asked,
    written,
)
from inquiries.models import Enquiry, EnquiryReport, SenderBlock, Side
from inquiries.models.enquiry_words import EnquiryQuerySet
from inquiries.scope import POWER, enquiries_seen_by
from inquiries.sending import ask
from kit.api_fields import page_of
from kit.api_views import PAGING, ApiViewSet, in_path, with_files
from markets.scope import works_everywhere

VERBS = ("create", "write", "withdraw", "report", "deliver", "discard", "remind")


class EnquiryViewSet(ApiViewSet):
    """What one asked, and what one oversees."""

    permission_classes = [AsksOrOversees]
    scope: ClassVar[str | None] = Scope.INQUIRIES_WRITE
    takes_files: ClassVar = frozenset({"write"})
    of_importers: ClassVar = frozenset({"create", "withdraw", "report"})
    of_staff: ClassVar = frozenset({"deliver", "discard", "remind"})
    path_parameters = (in_path("id", int),)
    parameters: ClassVar = {"list": PARAMETERS, "messages": PAGING, **dict.fromkeys(VERBS, (KEY_PARAMETER,))}

    @extend_schema(summary="Enquiries", responses=page_of(EnquiryListedSerializer))
    def list(self, request: Request) -> Response:
        """An importer's own; for staff those from their markets, where `state=held` waits for a decision."""
        oversees = request.user.has_perm(POWER)
        rows = enquiries_seen_by(request.user) if oversees else Enquiry.objects.sent_by(request.user)
        return page_of_enquiries(request, rows, Side.MISSION if oversees else Side.IMPORTER)

    @extend_schema(summary="Ask", request=SendEnquiriesSerializer, responses={201: EnquiriesSentSerializer})
    def create(self, request: Request) -> Response:
        """One enquiry to each producer of these products, all of them or none; so many an hour, and to one producer so
        many a day (429). What looks like spam is `held` until the mission passes it on."""
        by, wish = signed_in(request.user), asked(SendEnquiriesSerializer, request).wish()

        def send() -> Told:
            address = ratelimit.client_address(request._request)
            sent = ask(wish, importer=importer_of(by), by=by, address=address)
            rows = Enquiry.objects.filter(round=sent).for_list().order_by("pk")
            return {"round": sent.pk, "sent_at": sent.sent_at, "enquiries": listed(rows, Side.IMPORTER)}

        return answer_once(request, send)

    @extend_schema(summary="One enquiry", responses=EnquirySerializer)
    def retrieve(self, request: Request, pk: str) -> Response:
        """With its thread. On the pages it stays unread until a person opens it there; what the ministry reads is in
        the audit trail."""
        enquiry = self._read(request, pk)
        return Response(enquiry_told(enquiry, _side(request, enquiry)))

    @extend_schema(
        summary="The thread, as one may read it",
        responses=page_of(EnquiryMessageSerializer),
    )
    def messages(self, request: Request, pk: str) -> Response:
        """The newest first. Missions read also what they wrote to the other side alone."""
        enquiry = self._read(request, pk)
        return page_of_messages(request, enquiry, _side(request, enquiry))

    @extend_schema(
        summary="Write",
        request=with_files(WriteMessageSerializer, WriteFilesSerializer),
        responses={201: EnquirySerializer},
    )
    def write(self, request: Request, pk: str) -> Response:
        """A further message; the producer owes the next word when the importer wrote. A mission may write `to` one side
        alone. Files come in a form."""
        enquiry, told = self._get(request, pk), asked(WriteFilesSerializer, request)
        side, to = _side(request, enquiry), told.validated_data.get("to", "")
        if to and side != Side.MISSION:
            raise ValidationError({"to": [_("Only a mission writes to one side alone.")]})
        by, seen = signed_in(request.user), told.validated_data.get("seen")
        words = {"side": side, "by": by, "seen": seen}
        write = written(request, enquiry, side, told, lambda kept: enquiry.write(told.said(to=to, files=kept), **words))
        return self._act(request, pk, lambda _one: write(), status=201)

    @extend_schema(summary="Withdraw", request=WithdrawEnquirySerializer, responses={200: EnquirySerializer})
    def withdraw(self, request: Request, pk: str) -> Response:
        """The importer takes it back; the producer is told."""
        self._own(request, pk)
        told = asked(WithdrawEnquirySerializer, request).validated_data
        return self._act(request, pk, lambda one: one.withdraw(by=signed_in(request.user), **told))

    @extend_schema(
        summary="Report the producer to the mission",
        request=ReportEnquirySerializer,
        responses={200: EnquirySerializer},
    )
    def report(self, request: Request, pk: str) -> Response:
        """The mission decides; the producer is not told."""
        self._own(request, pk)
        told = asked(ReportEnquirySerializer, request).validated_data
        by = signed_in(request.user)
        return self._act(request, pk, lambda one: EnquiryReport.file(one, side=Side.IMPORTER, by=by, **told))

    @extend_schema(summary="Pass a held one on", request=None, responses={200: EnquirySerializer})
    def deliver(self, request: Request, pk: str) -> Response:
        """To its producer, whose answering clock begins."""
        self._overseen(request, pk)
        return self._act(request, pk, lambda one: one.deliver(by=signed_in(request.user)))

    @extend_schema(
        summary="Do not pass a held one on", request=DiscardEnquirySerializer, responses={200: EnquirySerializer}
    )
    def discard(self, request: Request, pk: str) -> Response:
        """The importer is told."""
        self._overseen(request, pk)
        by, told = signed_in(request.user), asked(DiscardEnquirySerializer, request).validated_data

        def discard(enquiry: Enquiry) -> None:
            enquiry.discard(by=by, why=told["why"])
            if told["block"]:
                SenderBlock.put(enquiry.importer, producer=None, by=by, why=told["why"])

        return self._act(request, pk, discard)

    @extend_schema(summary="Remind the producer", request=None, responses={200: EnquirySerializer})
    def remind(self, request: Request, pk: str) -> Response:
        """Once a day at most: again on the same day (UTC) does nothing."""
        self._overseen(request, pk)
        return self._act(request, pk, lambda one: one.remind(by=signed_in(request.user)))

    def _act(self, request: Request, pk: str, verb: Callable[[Enquiry], Any], *, status: int = 200) -> Response:
        """Call the verb once, and tell how the enquiry stands."""

        def act() -> Told:
            verb(self._get(request, pk))
            enquiry = self._get(request, pk)
            return enquiry_told(enquiry, _side(request, enquiry))

        return answer_once(request, act, status=status)

    def _read(self, request: Request, pk: str) -> Enquiry:
        enquiry, user = self._get(request, pk), signed_in(request.user)
        if _side(request, enquiry) == Side.MISSION and works_everywhere(user):
            audit.record("read", enquiry, by=user)
        return enquiry

    def _get(self, request: Request, pk: str) -> Enquiry:
        """One's own, or one that one oversees."""
        rows = Enquiry.objects.sent_by(request.user)
        if request.user.has_perm(POWER):
            rows = rows | enquiries_seen_by(request.user)
        return _one(rows, pk)

    def _own(self, request: Request, pk: str) -> Enquiry:
        return _one(Enquiry.objects.sent_by(request.user), pk)

    def _overseen(self, request: Request, pk: str) -> Enquiry:
        return _one(enquiries_seen_by(request.user), pk)


def _one(rows: EnquiryQuerySet, pk: str) -> Enquiry:
    enquiry: Enquiry = get_object_or_404(for_telling(rows), pk=int(pk))
    return enquiry


def _side(request: Request, enquiry: Enquiry) -> str:
    """The side on which whoever asks stands."""
    return Side.IMPORTER if enquiry.importer.user_id == request.user.pk else Side.MISSION

"""What two sides say to each other, and whose turn that makes it."""

from __future__ import annotations

import datetime
from typing import Final

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import audit
from accounts.models import User
from accounts.workflow import Refused, WorkflowModel
from inquiries import mails
from inquiries.models.enquiry_state import OPEN_STATES, Side, Turn
from inquiries.models.message import EnquiryAttachment, EnquiryMessage, EnquiryMessageQuerySet, Said
from inquiries.models.owed_answer import OwedAnswer
from inquiries.models.quotation import Quotation

SEEN_AT: Final = {Side.IMPORTER.value: "importer_seen_at", Side.PRODUCER.value: "producer_seen_at"}


class EnquiryMoved(Refused):
    """Somebody wrote, or quoted anew, since the page was opened: look at it first."""

    code = "enquiry_moved"


class Thread(WorkflowModel, OwedAnswer):
    """Messages in their order, what each side has seen of them, and the first answer. `Enquiry` adds its states."""

    first_answered_at = models.DateTimeField(_("first answered"), null=True, blank=True, editable=False)
    answer_time = models.DurationField(_("working time to the first answer"), null=True, blank=True, editable=False)
    last_message_at = models.DateTimeField(_("last message"), default=timezone.now, editable=False)
    importer_seen_at = models.DateTimeField(null=True, blank=True, editable=False)
    producer_seen_at = models.DateTimeField(null=True, blank=True, editable=False)

    messages: models.Manager[EnquiryMessage]

    class Meta(OwedAnswer.Meta):
        abstract = True

    def write(self, said: Said, *, side: str, by: User, seen: int | None = None) -> EnquiryMessage:
        """A further message, without a change of the state. The other side owes the next word.

        A mission's question to the importer stops the clock until the importer answers. Raises TransitionNotAllowed
        when the thread is closed, EnquiryMoved.
        """
        with transaction.atomic():
            self.lock()
            if self.state not in OPEN_STATES:
                raise self.not_possible()
            self._refuse_unseen(seen, side)
            message = self._say(said, side, by)
            self._pass_turn(side, said.to)
            self.save()
            audit.record("write_aside" if said.to else "write", self, by=by, why=side)
            mails.message_written(message)
        return message

    def see(self, side: str) -> None:
        """A side has it before its eyes, as it was when it was loaded: what came until then counts as read."""
        setattr(self, SEEN_AT[side], self.last_message_at)
        type(self)._base_manager.filter(pk=self.pk).update(**{SEEN_AT[side]: self.last_message_at})

    def is_unread_by(self, side: str) -> bool:
        """Did the other side write since this one looked?"""
        seen: datetime.datetime | None = getattr(self, SEEN_AT[side])
        return seen is None or seen < self.last_message_at

    def read_as(self, side: str) -> EnquiryMessageQuerySet:
        """The messages that a side may read."""
        return EnquiryMessage.objects.filter(enquiry=self.pk).read_by(side)

    def _answered(self) -> None:
        now = timezone.now()
        if self.first_answered_at is None:
            self.first_answered_at, self.answer_time = now, self.clock_used_at(now)
            self.expires_at = None
        self.pause_clock()

    def _pass_turn(self, side: str, to: str) -> None:
        if side == Side.PRODUCER:
            self.pause_clock()
        elif side == Side.IMPORTER:
            unanswered = self.first_answered_at is None
            if self.turn == Turn.IMPORTER:
                self.resume_clock() if unanswered else self.start_clock()
        elif to == Side.IMPORTER and self.turn == Turn.PRODUCER:
            self.pause_clock()

    def _say(self, said: Said, side: str, by: User, *, quotation: Quotation | None = None) -> EnquiryMessage:
        message = EnquiryMessage(
            enquiry_id=self.pk,
            side=side,
            author=by,
            reader=said.to,
            kind=said.kind,
            text=said.text,
            language=said.language,
            reason=said.reason,
            sample_price=said.sample_price,
            sample_currency=said.sample_currency,
            sample_days=said.sample_days,
            quotation=quotation,
        )
        message.save(force_insert=True)
        EnquiryAttachment.objects.bulk_create(
            EnquiryAttachment(
                message=message,
                name=file.name,
                file_path=file.stored.name,
                file_kind=file.stored.kind,
                file_bytes=file.stored.bytes,
            )
            for file in said.files
        )
        self._note_time(message)
        return message

    def _note_time(self, message: EnquiryMessage) -> None:
        """Nothing new for whoever wrote it, nor for a side that does not read it, unless it had something unread."""
        for side, column in SEEN_AT.items():
            is_kept_from = message.reader not in {"", side} and not self.is_unread_by(side)
            if side == message.side or is_kept_from:
                setattr(self, column, message.written_at)
        self.last_message_at = message.written_at

    def _refuse_unseen(self, seen: int | None, side: str) -> None:
        if seen is None:
            return
        newest = self.read_as(side).order_by("-pk").values_list("pk", flat=True).first() or 0
        if newest > seen:
            raise EnquiryMoved(_("Somebody wrote here while you were writing. Please read it first."))

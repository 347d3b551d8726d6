"""An importer asks a producer: the thread between the two, its state and its clock."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, ClassVar

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import audit
from accounts.models import AuditEntry, User
from accounts.workflow import Refused
from exporters.models import Producer
from inquiries import answer_figures, mails
from inquiries.models.ending import LONGEST_WHY, Ending
from inquiries.models.enquiry_line import EnquiryLine
from inquiries.models.enquiry_state import (
    CODED_WHYS,
    DeclineReason,
    EnquiryState,
    HeldReason,
    MessageKind,
    Side,
    Turn,
)
from inquiries.models.enquiry_words import EnquiryQuerySet
from inquiries.models.importer import Importer
from inquiries.models.message import LANGUAGE_CHOICES, EnquiryMessage, Said
from inquiries.models.offered import Offered
from inquiries.models.quotation import Quotation, QuotationLine
from inquiries.models.thread import EnquiryMoved, Thread
from markets.models import Market

if TYPE_CHECKING:
    from inquiries.models.enquiry_round import EnquiryRound


class Enquiry(Thread, Offered, Ending):
    """One importer and one producer. `importer` is that of its round and `market` follows from its destination:

    both are kept here for the indexes of the lists. Without a market it is the ministry's to look after.
    """

    S = EnquiryState
    CODED_WHYS: ClassVar = CODED_WHYS
    TRANSITIONS: ClassVar = {
        "deliver": ({S.HELD}, S.SENT),
        "discard": ({S.HELD}, S.DISCARDED),
        "answer": ({S.SENT, S.ANSWERED}, S.ANSWERED),
        "refuse": ({S.SENT, S.ANSWERED}, S.REFUSED),
        "quote": ({S.SENT, S.ANSWERED, S.QUOTED}, S.QUOTED),
        "accept": ({S.QUOTED}, S.ACCEPTED),
        "decline": ({S.QUOTED}, S.DECLINED),
        "withdraw": ({S.HELD, S.SENT, S.ANSWERED, S.QUOTED}, S.WITHDRAWN),
        "expire": ({S.SENT}, S.EXPIRED),
    }

    round = models.ForeignKey(
        "inquiries.EnquiryRound", on_delete=models.PROTECT, related_name="enquiries", verbose_name=_("sent together")
    )
    importer = models.ForeignKey(
        Importer, on_delete=models.PROTECT, related_name="enquiries", verbose_name=_("importer")
    )
    producer = models.ForeignKey(
        Producer, on_delete=models.PROTECT, related_name="enquiries", verbose_name=_("producer")
    )
    market = models.ForeignKey(
        Market,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="enquiries",
        verbose_name=_("market"),
    )
    state = models.CharField(_("state"), max_length=10, choices=S.choices, default=S.SENT)
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGE_CHOICES, default="en")
    held_reason = models.CharField(_("held because"), max_length=10, choices=HeldReason.choices, blank=True)
    sent_at = models.DateTimeField(_("sent"), default=timezone.now, editable=False)
    objects = EnquiryQuerySet.as_manager()

    class Meta:
        verbose_name = _("enquiry")
        verbose_name_plural = _("enquiries")
        ordering = ["-pk"]
        permissions = [("oversee_enquiry", "Can read enquiries from own markets and step in")]
        constraints = [
            *Thread.Meta.constraints,
            *Ending.Meta.constraints,
            models.UniqueConstraint(fields=["round", "producer"], name="inquiries_enquiry_once_a_round"),
            models.CheckConstraint(
                condition=~Q(state="held") | ~Q(held_reason=""), name="inquiries_enquiry_held_has_reason"
            ),
        ]
        indexes = [
            models.Index(fields=["producer", "state", "-id"], name="inquiries_enquiry_producer"),
            models.Index(fields=["importer", "-id"], name="inquiries_enquiry_importer"),
            models.Index(fields=["market", "state", "due_at"], name="inquiries_enquiry_market"),
            models.Index(
                fields=["next_stage_at"], name="inquiries_enquiry_clock", condition=Q(next_stage_at__isnull=False)
            ),
            models.Index(fields=["expires_at"], name="inquiries_enquiry_expiry", condition=Q(state="sent")),
            models.Index(fields=["due_at", "id"], name="inquiries_enquiry_due", condition=Q(turn="producer")),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """How people name it: country of destination, year, number."""
        return f"{self.market_id or self.importer.country}-{self.sent_at:%Y}-{self.pk:04d}"

    @classmethod
    def begin(
        cls, sent: EnquiryRound, producer: Producer, lines: Sequence[EnquiryLine], *, by: User, held: str = ""
    ) -> Enquiry:
        """One producer's part of a round, delivered at once unless `held` says why not. In the round's transaction.

        Raises Refused (blocked) when the producer or staff blocked the importer.
        """
        from inquiries.models.abuse import SenderBlock

        if SenderBlock.objects.in_force().between(sent.importer, producer).exists():
            raise Refused(_("This producer does not take enquiries from you."), code="blocked")
        market = Market.objects.filter(pk__in=[sent.destination_country, sent.importer.country])
        enquiry = cls(
            round=sent,
            importer=sent.importer,
            producer=producer,
            market=min(market, key=lambda row: row.pk != sent.destination_country, default=None),
            state=EnquiryState.HELD if held else EnquiryState.SENT,
            held_reason=held,
            language=sent.language,
            sent_at=sent.sent_at,
            last_message_at=sent.sent_at,
            importer_seen_at=sent.sent_at,
        )
        enquiry._deliver_or_hold()
        enquiry.save()
        EnquiryLine.keep(lines, enquiry)
        audit.record("send", enquiry, by=by, to_state=enquiry.state, why=held)
        mails.enquiry_held(enquiry) if held else mails.enquiry_received(enquiry)
        return enquiry

    def deliver(self, *, by: User) -> None:
        """The mission looked at a held one and passes it on. Raises TransitionNotAllowed."""
        with self.moving("deliver", by=by):
            self.state = EnquiryState.SENT
            self._deliver_or_hold()
            mails.enquiry_received(self)

    def discard(self, *, by: User, why: str) -> None:
        """The mission does not pass it on, and the importer is told. Raises TransitionNotAllowed."""
        with self._closing("discard", by=by, why=why):
            mails.enquiry_discarded(self)

    def answer(self, said: Said, *, by: User, seen: int | None = None) -> EnquiryMessage:
        """The producer says something; the first time the answering clock ends. It is the importer's turn then.

        `seen` is the newest message that the writer had before them. Raises TransitionNotAllowed, EnquiryMoved.
        """
        if not self.may("answer"):
            return self.write(said, side=Side.PRODUCER, by=by, seen=seen)
        with self._counting("answer", by=by, why=said.kind):
            self._refuse_unseen(seen, Side.PRODUCER)
            message = self._say(said, Side.PRODUCER, by)
            self._answered()
            mails.enquiry_answered(self, message)
        return message

    def refuse(self, said: Said, *, by: User, seen: int | None = None) -> EnquiryMessage:
        """The producer cannot supply. That is an answer, and the importer gets alternatives.

        Raises TransitionNotAllowed, EnquiryMoved.
        """
        with self._closing("refuse", by=by, why=said.reason):
            self._refuse_unseen(seen, Side.PRODUCER)
            self.refusal_reason = said.reason
            message = self._say(said, Side.PRODUCER, by)
            self._answered()
            mails.enquiry_refused(self)
        return message

    def quote(
        self, quotation: Quotation, lines: Sequence[QuotationLine], *, by: User, seen: int | None = None
    ) -> Quotation:
        """Offer: a new version takes the place of the one before. It is the importer's turn then.

        Raises TransitionNotAllowed, EnquiryMoved, Refused (nothing_quoted, quotation_lapsed, other_producer).
        """
        with self._counting("quote", by=by):
            self._refuse_unseen(seen, Side.PRODUCER)
            quotation.refuse_unfit(lines, producer_id=self.producer_id)
            latest = self.quotations.order_by("-version").values_list("version", flat=True).first()
            quotation.enquiry, quotation.version, quotation.created_by = self, (latest or 0) + 1, by
            quotation.keep(lines)
            said = Said(text=quotation.note, language=quotation.language, kind=MessageKind.QUOTATION)
            self._say(said, Side.PRODUCER, by, quotation=quotation)
            self._answered()
            if not self.is_waiting:
                mails.quotation_received(self, quotation)
        return quotation

    def accept(self, *, by: User, version: int) -> None:
        """The importer accepts the quotation of that version; what follows is a contract between the two.

        Raises TransitionNotAllowed, EnquiryMoved when there is a newer one, Refused (quotation_lapsed).
        """
        with self._closing("accept", by=by, why=str(version)):
            quotation = self._latest(version)
            if quotation.is_lapsed():
                raise Refused(
                    _("This quotation is not valid any more. Ask the producer for a new one."), code="quotation_lapsed"
                )
            mails.quotation_accepted(self, quotation)

    def decline(self, *, by: User, version: int, reason: str, note: str = "") -> None:
        """The importer does not take it, and says why. Raises TransitionNotAllowed, EnquiryMoved,
        Refused (reason_unknown)."""
        with self._closing("decline", by=by, why=reason):
            quotation = self._latest(version)
            if reason not in DeclineReason.values:
                raise Refused(_("Declining needs a reason."), code="reason_unknown")
            self.decline_reason, self.closing_note = reason, note[:LONGEST_WHY]
            mails.quotation_declined(self, quotation)

    def withdraw(self, *, by: User | None, why: str = "") -> None:
        """The importer takes it back, or their account is erased. Raises TransitionNotAllowed."""
        was_held = self.state == EnquiryState.HELD
        with self._closing("withdraw", by=by):
            self.closing_note = why[:LONGEST_WHY]
            if not was_held:
                mails.enquiry_withdrawn(self)

    def expire(self, *, by: User | None = None) -> None:
        """Thirty days without an answer. Raises TransitionNotAllowed, Refused (not_expired)."""
        with self._closing("expire", by=by):
            if self.expires_at is None or self.expires_at > timezone.now() or self.turn != Turn.PRODUCER:
                raise Refused(_("Its time is not over yet."), code="not_expired")
            mails.enquiry_expired(self)

    def remind(self, *, by: User) -> bool:
        """A mission reminds the producer, once on each day (UTC); was it the first time today?

        Raises TransitionNotAllowed when it is not the producer's turn.
        """
        with transaction.atomic():
            self.lock()
            if self.turn != Turn.PRODUCER:
                raise self.not_possible()
            today = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
            told = AuditEntry.objects.filter(object_type=self._meta.label_lower, object_id=str(self.pk), verb="remind")
            is_first = not told.filter(at__gte=today).exists()
            if is_first:
                audit.record("remind", self, by=by)
                mails.enquiry_reminder(self, number=f"{today:%Y%m%d}")
        return is_first

    @contextmanager
    def _counting(self, verb: str, *, by: User | None, why: str = "") -> Iterator[None]:
        """Move, and bring the producer's figures of answering up to date in the same transaction."""
        with transaction.atomic():
            with self.moving(verb, by=by, why=why):
                yield
            answer_figures.refresh(self.producer_id)

    @contextmanager
    def _closing(self, verb: str, *, by: User | None, why: str = "") -> Iterator[None]:
        """Move into a state in which nobody writes any more."""
        from inquiries import offers  # it reads the models

        with transaction.atomic():
            if self.buying_request_id is not None:
                offers.hold(self.buying_request_id)
            with self._counting(verb, by=by, why=why):
                yield
                self.closed_at = timezone.now()
                self.stop_clock()
            if self.buying_request_id is not None:
                offers.show_next(self.buying_request_id)

    def _deliver_or_hold(self) -> None:
        if self.state == EnquiryState.HELD:
            self.stop_clock()
            return
        self.start_clock()
        self.start_life()

    def _latest(self, version: int) -> Quotation:
        quotation = self.quotations.order_by("-version").first()
        if quotation is None or quotation.version != version:
            raise EnquiryMoved(_("There is a newer quotation. Please look at it first."))
        return quotation

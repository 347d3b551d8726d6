"""What the sides of an enquiry write to each other, and what they attach."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from inquiries.models.enquiry_state import MessageKind, RefusalReason, Side
from kit.languages import CONTENT_LANGUAGE_NAMES
from kit.money import CURRENCY_CHOICES
from kit.text import validate_text
from kit.uploads import StoredDocument

LONGEST_TEXT = 4000
MOST_ATTACHMENTS = 5
LANGUAGE_CHOICES = list(CONTENT_LANGUAGE_NAMES.items())


@dataclass(frozen=True)
class Attached:
    """A file that was checked and stored already, and what the sender calls it."""

    stored: StoredDocument
    name: str


@dataclass(frozen=True)
class Said:
    """What somebody writes. `text` is shown as written, marked with its `language` (content key).

    The coded fields are read by each side in its own language. `to` says who reads it; "" is everybody.
    """

    text: str = ""
    language: str = "en"
    kind: str = MessageKind.TEXT
    to: str = ""
    sample_price: Decimal | None = None
    sample_currency: str = ""
    sample_days: int | None = None
    reason: str = ""
    files: Sequence[Attached] = ()


class EnquiryMessageQuerySet(models.QuerySet["EnquiryMessage"]):
    """Words about messages."""

    def read_by(self, side: str) -> EnquiryMessageQuerySet:
        """Those that a side may read: a mission reads all, the others what is not for the other one alone."""
        return self if side == Side.MISSION else self.filter(reader__in=["", side])

    def for_thread(self) -> EnquiryMessageQuerySet:
        """With files and what they quote. Two queries."""
        return self.select_related("quotation").prefetch_related("attachments")


class EnquiryMessage(models.Model):
    """One message. Nobody changes it; it is emptied with its writer's account, deleted with its enquiry."""

    enquiry = models.ForeignKey(
        "inquiries.Enquiry", on_delete=models.CASCADE, related_name="messages", verbose_name=_("enquiry")
    )
    side = models.CharField(_("written by"), max_length=8, choices=Side.choices)
    author = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, editable=False, related_name="+", verbose_name=_("author")
    )
    reader = models.CharField(
        _("read by"), max_length=8, choices=[("", _("everybody")), *Side.choices], blank=True, default=""
    )
    kind = models.CharField(_("kind"), max_length=16, choices=MessageKind.choices, default=MessageKind.TEXT)
    text = models.TextField(
        _("text"),
        max_length=LONGEST_TEXT,
        blank=True,
        validators=[validate_text, MaxLengthValidator(LONGEST_TEXT)],
    )
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGE_CHOICES, default="en")
    reason = models.CharField(_("reason"), max_length=12, choices=RefusalReason.choices, blank=True)
    sample_price = models.DecimalField(
        _("price of the samples"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0))],
    )
    sample_currency = models.CharField(_("currency"), max_length=3, choices=CURRENCY_CHOICES, blank=True)
    sample_days = models.PositiveSmallIntegerField(
        _("days until the samples are sent"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(365)],
    )
    quotation = models.OneToOneField(
        "inquiries.Quotation", on_delete=models.CASCADE, null=True, blank=True, editable=False, related_name="message"
    )
    written_at = models.DateTimeField(_("written"), auto_now_add=True)

    objects = EnquiryMessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="text") | ~Q(text=""),
                name="inquiries_message_says_something",
                violation_error_message=_("Please write your message."),
            ),
            models.CheckConstraint(
                condition=Q(sample_price__isnull=True) | ~Q(sample_currency=""),
                name="inquiries_message_sample_currency",
                violation_error_message=_("The price of the samples needs its currency."),
            ),
            models.CheckConstraint(
                condition=~Q(kind="cannot_supply") | ~Q(reason=""),
                name="inquiries_message_refusal_reason",
                violation_error_message=_("Please say why."),
            ),
        ]
        indexes = [models.Index(fields=["enquiry", "id"], name="inquiries_message_thread")]

    def __str__(self) -> str:
        return f"{self.enquiry_id} {self.side}"


class EnquiryAttachment(models.Model):
    """A file of a message; private, checked and made anew like a certificate's (kit/uploads)."""

    message = models.ForeignKey(
        EnquiryMessage, on_delete=models.CASCADE, related_name="attachments", verbose_name=_("message")
    )
    name = models.CharField(_("name"), max_length=120)
    file_path = models.CharField(_("file"), max_length=120, editable=False)
    file_kind = models.CharField(max_length=8, editable=False, choices=[("pdf", "PDF"), ("picture", _("picture"))])
    file_bytes = models.PositiveIntegerField(_("bytes"), default=0, editable=False)

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ["message", "pk"]

    def __str__(self) -> str:
        return self.name

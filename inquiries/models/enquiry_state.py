"""The states and codes of enquiries: chosen from, so that each side reads them in its own language."""

from __future__ import annotations

import datetime
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.workflow import in_words


class EnquiryState(models.TextChoices):
    HELD = "held", pgettext_lazy("enquiry", "held for the mission's look")
    SENT = "sent", pgettext_lazy("enquiry", "waiting for an answer")
    ANSWERED = "answered", pgettext_lazy("enquiry", "answered")
    QUOTED = "quoted", pgettext_lazy("enquiry", "quoted")
    ACCEPTED = "accepted", pgettext_lazy("enquiry", "quotation accepted")
    DECLINED = "declined", pgettext_lazy("enquiry", "quotation declined")
    REFUSED = "refused", pgettext_lazy("enquiry", "the producer cannot supply")
    WITHDRAWN = "withdrawn", pgettext_lazy("enquiry", "withdrawn by the importer")
    EXPIRED = "expired", pgettext_lazy("enquiry", "expired without an answer")
    DISCARDED = "discarded", pgettext_lazy("enquiry", "not passed on")


OPEN_STATES: Final = (EnquiryState.SENT, EnquiryState.ANSWERED, EnquiryState.QUOTED)
"""Both sides may write."""
DELIVERED_STATES: Final = tuple(
    state for state in EnquiryState if state not in {EnquiryState.HELD, EnquiryState.DISCARDED}
)
"""The producer has seen it, or could have."""


class Turn(models.TextChoices):
    """Who owes the next word."""

    PRODUCER = "producer", pgettext_lazy("whose turn", "the producer")
    IMPORTER = "importer", pgettext_lazy("whose turn", "the importer")
    NOBODY = "nobody", pgettext_lazy("whose turn", "nobody")


class Side(models.TextChoices):
    """Who writes a message, and who reads it."""

    IMPORTER = "importer", _("importer")
    PRODUCER = "producer", _("producer")
    MISSION = "mission", _("Indonesian mission")


class MessageKind(models.TextChoices):
    """What a message says in code; its text, if any, says more."""

    TEXT = "text", pgettext_lazy("message", "Message")
    ASK_QUANTITY = "ask_quantity", pgettext_lazy("message", "Which quantity do you need?")
    ASK_DETAILS = "ask_details", pgettext_lazy("message", "Please tell us more about what you need.")
    SAMPLE_TERMS = "sample_terms", pgettext_lazy("message", "Terms for samples")
    CANNOT_SUPPLY = "cannot_supply", pgettext_lazy("message", "We cannot supply this.")
    QUOTATION = "quotation", pgettext_lazy("message", "Quotation")


class RefusalReason(models.TextChoices):
    """Why a producer cannot supply."""

    CAPACITY = "capacity", _("our capacity is taken")
    NOT_MADE = "not_made", _("we do not make it like this")
    QUANTITY = "quantity", _("the quantity is too small for us")
    PRICE = "price", _("the price asked for is too low")
    CERTIFICATE = "certificate", _("we lack a certificate that is asked for")
    DESTINATION = "destination", _("we do not ship there")
    OTHER = "other", pgettext_lazy("reason", "another reason")


class DeclineReason(models.TextChoices):
    """Why an importer does not accept a quotation."""

    PRICE = "price", _("the price is too high")
    TERMS = "terms", _("the terms of payment or delivery do not fit")
    LEAD_TIME = "lead_time", _("the lead time is too long")
    CERTIFICATE = "certificate", _("a certificate is missing")
    QUANTITY = "quantity", _("the quantity does not fit")
    SUPPLIER = "supplier", _("we chose another supplier")
    NOT_NEEDED = "not_needed", _("we do not need it any more")
    OTHER = "other", pgettext_lazy("reason", "another reason")


class HeldReason(models.TextChoices):
    """Why an enquiry waits for the mission before its producer sees it."""

    LINKS = "links", _("its text has many links")
    REPEATED = "repeated", _("the same text went to several producers")
    REPORTED = "reported", _("the sender was reported")


class Need(models.TextChoices):
    """What an importer would like back."""

    QUOTATION = "quotation", _("a quotation")
    SAMPLES = "samples", _("samples")
    OWN_BRAND = "own_brand", _("our own brand on it")


class Stage(models.IntegerChoices):
    """What the answering clock does after so many working days of silence, in Indonesia (catalog/promise.py)."""

    NONE = 0, pgettext_lazy("clock", "nothing yet")
    REMINDED = 3, pgettext_lazy("clock", "the producer was reminded")
    MISSION_TOLD = 5, pgettext_lazy("clock", "the mission was told")
    MINISTRY_TOLD = 7, pgettext_lazy("clock", "the ministry was told")
    ALTERNATIVES = 10, pgettext_lazy("clock", "the importer got alternatives")


PROMISED_STAGE: Final = Stage.MISSION_TOLD
"""An answer is due by then: the sentence that importers read."""
EXPIRES_AFTER: Final = datetime.timedelta(days=30)
"""Of the calendar, without the time in which the importer owed a word."""


CODED_WHYS: Final = {
    "send": in_words(HeldReason),
    "answer": in_words(MessageKind),
    "refuse": in_words(RefusalReason),
    "decline": in_words(DeclineReason),
}
"""The verbs of an enquiry whose reason is a code, in the reader's words."""

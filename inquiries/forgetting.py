"""What is forgotten of enquiries: an importer's words with the account, and the whole when its time is over."""

from __future__ import annotations

import datetime
from functools import partial
from typing import Final

from django.db import transaction
from django.db.models import F, QuerySet, Value
from django.db.models.functions import Coalesce, Replace

from accounts.models import Letter, User
from inquiries.models import (
    BuyingRequest,
    Enquiry,
    EnquiryAttachment,
    EnquiryLine,
    EnquiryMessage,
    EnquiryReport,
    EnquiryRound,
    EnquiryState,
    Importer,
    MessageKind,
    SenderBlock,
    Side,
)
from inquiries.models.enquiry_state import OPEN_STATES
from kit.uploads import delete_document

GONE: Final = "–"
"""In place of a text that must not be empty."""
MOOT: Final = r"^enquiry_(received|message):"
"""Events whose letters ask for an answer: those that are not sent yet are not sent any more."""
DELETED_AT_ONCE: Final = 200


def hold_still(person: User) -> None:
    """Lock what `person` asks for as an importer, until the transaction ends: nobody sends or answers meanwhile.

    Before the account itself is locked, in the order of the verbs: the request, the company, the enquiry, the author.
    """
    list(
        BuyingRequest.objects.filter(importer__user=person).order_by("pk").select_for_update(of=("self",)).values("pk")
    )
    list(Importer.objects.filter(user=person).select_for_update().values("pk"))
    list(_asked_by(person).order_by("pk").select_for_update(of=("self",)).values("pk"))


def forget_words_of(person: User, *, by: User | None) -> None:
    """Take back what `person` still asks as an importer, and empty all that they wrote; files go too.

    What producers and missions wrote stays theirs, but for what they noted about the company. In a transaction of the
    caller, after `hold_still`.
    """
    theirs = _asked_by(person)
    _letters_of(theirs).filter(event__regex=MOOT).exclude(body="").delete()
    for enquiry in theirs.filter(state__in=[*OPEN_STATES, EnquiryState.HELD]).order_by("producer", "pk"):
        enquiry.withdraw(by=by)
    for company in Importer.objects.filter(user=person).values_list("company", flat=True):
        without = Replace("subject", Value(company), Value(GONE))
        _letters_of(theirs).filter(subject__contains=company).update(subject=without)
    EnquiryRound.objects.filter(importer__user=person).update(text="")
    EnquiryLine.objects.filter(enquiry__in=theirs).update(note="")
    EnquiryReport.objects.filter(enquiry__in=theirs).update(note="")
    SenderBlock.objects.filter(importer__user=person).update(why="")
    theirs.update(closing_note="")
    written = EnquiryMessage.objects.filter(enquiry__in=theirs, side=Side.IMPORTER)
    written.exclude(kind=MessageKind.TEXT).update(text="")
    written.filter(kind=MessageKind.TEXT).update(text=GONE)
    _delete_files(EnquiryAttachment.objects.filter(message__in=written))


def silent_since(moment: datetime.datetime) -> QuerySet[Enquiry]:
    """Enquiries closed before `moment`; of those that nobody closed, where the last word is older."""
    return Enquiry.objects.alias(over_at=Coalesce(F("closed_at"), F("last_message_at"))).filter(over_at__lt=moment)


def delete_silent_since(moment: datetime.datetime) -> int:
    """Delete them with all that hangs on them, some at a time; how many. Safe to run twice, and twice at once."""
    number = 0
    while deleted := _delete_some(silent_since(moment)):
        number += deleted
    EnquiryRound.objects.filter(sent_at__lt=moment, enquiries__isnull=True).delete()
    return number


def _asked_by(person: User) -> QuerySet[Enquiry]:
    """All of the company, offers that wait for a place too."""
    return Enquiry.objects.filter(importer__user=person)


def _delete_some(enquiries: QuerySet[Enquiry]) -> int:
    with transaction.atomic():
        chosen = enquiries.order_by("pk").select_for_update(of=("self",), skip_locked=True)[:DELETED_AT_ONCE]
        keys = list(chosen.values_list("pk", flat=True))
        _delete_files(EnquiryAttachment.objects.filter(message__enquiry__in=keys))
        Enquiry.objects.filter(pk__in=keys).delete()
    return len(keys)


def _delete_files(attachments: QuerySet[EnquiryAttachment]) -> None:
    """The rows now, their files once that is certain."""
    for path in attachments.values_list("file_path", flat=True):
        transaction.on_commit(partial(delete_document, path))
    attachments.delete()


def _letters_of(enquiries: QuerySet[Enquiry]) -> QuerySet[Letter]:
    return Letter.objects.filter(thread__in=[f"enquiry:{pk}" for pk in enquiries.values_list("pk", flat=True)])

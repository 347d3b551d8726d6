"""The files of messages: taken in like certificates, given out as downloads, gone when no message came of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import connection
from django.db.models import Q, QuerySet, Sum
from django.http import FileResponse

from accounts import audit, ratelimit
from accounts.models import User, Viewer
from inquiries.models import Attached, Enquiry, EnquiryAttachment, Side
from inquiries.scope import POWER, enquiries_seen_by
from kit import private_files
from kit.text import clean_name
from kit.uploads import UploadRefused, delete_document, read_document

FOLDER: Final = "attachments"
LOCK: Final = {Side.IMPORTER.value: 0x51_0B, Side.PRODUCER.value: 0x51_0C, Side.MISSION.value: 0x51_0D}
"""Of the database's advisory locks: the files of one sender are counted by one at a time."""
SENDER: Final = {
    Side.IMPORTER.value: "enquiry__importer",
    Side.PRODUCER.value: "enquiry__producer",
    Side.MISSION.value: "enquiry",
}
"""Whose files count together: those of a company in all its threads, of missions in one."""
LONGEST_NAME: Final = 120
File = UploadedFile[bytes]


class FileRefused(ValueError):
    """One of the files is not taken: `sentence` says which and why, to the person who sent it."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def count_message(enquiry: Enquiry, side: str, files: Sequence[File], *, by: User) -> None:
    """Count a message, and its files before they are read, outside any transaction. Raises ratelimit.TooMany."""
    ratelimit.hit("message", f"user:{by.pk}")
    for _file in files:
        ratelimit.hit("upload", f"{side}:{_sender(enquiry, side)}")


@contextmanager
def taken_in(enquiry: Enquiry, side: str, files: Sequence[File]) -> Iterator[list[Attached]]:
    """Check and keep files for a message that the block writes; none of them outlives its failure.

    In a transaction of the caller. Raises FileRefused.
    """
    kept: list[Attached] = []
    try:
        for file in files:
            kept.append(_keep(enquiry, side, file))
        if kept:
            _take_room(enquiry, side, kept)
        yield kept
    except BaseException:
        for attached in kept:
            delete_document(attached.stored.name)
        raise


def readable_by(user: Viewer) -> QuerySet[EnquiryAttachment]:
    """The files that `user` may have: those of messages that both sides read, and staff of their markets."""
    theirs = Q(message__enquiry__in=Enquiry.objects.sent_by(user), message__reader__in=["", Side.IMPORTER])
    theirs |= Q(message__enquiry__in=Enquiry.objects.addressed_to(user), message__reader__in=["", Side.PRODUCER])
    if not user.is_anonymous and user.is_staff and user.has_perm(POWER):
        theirs |= Q(message__enquiry__in=enquiries_seen_by(user))
    return EnquiryAttachment.objects.filter(theirs)


def download(attachment: EnquiryAttachment, *, by: User) -> FileResponse:
    """The file; the caller has checked that `by` may have it. What staff download is in the audit trail.

    Raises Http404 when the storage has lost it.
    """
    enquiry = attachment.message.enquiry
    file = private_files.download(attachment.file_path, attachment.file_kind, f"{enquiry.number}-{attachment.pk}")
    if by.is_staff:
        audit.record("download", enquiry, by=by, why=str(attachment.pk))
    return file


def _keep(enquiry: Enquiry, side: str, file: File) -> Attached:
    name = clean_name(file.name or "")[:LONGEST_NAME]
    if _used(enquiry, side) >= _quota():
        raise FileRefused(UploadRefused("attachments_full", max_bytes=_quota()).sentence(name))
    try:
        return Attached(read_document(file, folder=FOLDER), name or FOLDER)
    except UploadRefused as refusal:
        raise FileRefused(refusal.sentence(name)) from refusal


def _take_room(enquiry: Enquiry, side: str, kept: Sequence[Attached]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK[side], _sender(enquiry, side)])
    if _used(enquiry, side) + sum(attached.stored.bytes for attached in kept) > _quota():
        raise FileRefused(UploadRefused("attachments_full", max_bytes=_quota()).sentence(kept[-1].name))


def _used(enquiry: Enquiry, side: str) -> int:
    """What the files of one sender take; bytes."""
    sent = EnquiryAttachment.objects.filter(message__side=side, **{f"message__{SENDER[side]}": _sender(enquiry, side)})
    return sent.aggregate(total=Sum("file_bytes"))["total"] or 0


def _sender(enquiry: Enquiry, side: str) -> int:
    return {Side.IMPORTER: enquiry.importer_id, Side.PRODUCER: enquiry.producer_id}.get(Side(side), enquiry.pk)


def _quota() -> int:
    quota: int = settings.UPLOAD_QUOTA_MB * 1024 * 1024
    return quota

"""One mail that came to the address nobody reads: is it a returned letter, a person's answer, or neither?

Everything in it may be a lie or an attack. Only Message-IDs that we signed are believed (accounts/letter_mail.py); no
address that it names is written to, but for the sender of an answer to one of our letters.
"""

from __future__ import annotations

import email
import re
from collections.abc import Iterator
from email.message import Message
from email.utils import parseaddr
from typing import Final, NamedTuple

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

MOST_BYTES: Final = 512 * 1024
MOST_PARTS: Final = 60
MOST_OF_HEADER: Final = 4_000
_PART: Final = re.compile(rb"^content-type[ \t]*:", re.I | re.M)
_MACHINE: Final = re.compile(r"(?i)(mailer-daemon|postmaster|no-?reply|do-?not-?reply|bounces?|listserv)([-+._]|$)")
_OF_LISTS: Final = ("List-Id", "List-Post", "List-Unsubscribe", "Mailing-List", "X-Mailing-List", "X-Loop")
_OF_ROBOTS: Final = ("X-Auto-Response-Suppress", "X-Autoreply", "X-Autorespond", "Feedback-ID", "X-Failed-Recipients")
_FAILURES: Final = {"failed": ("4", "5"), "delayed": ("4",)}


class Returned(NamedTuple):
    """A mail server's notice: the text in which our Message-ID stands, and the status (RFC 3463)."""

    ids: str
    status: str


class Answered(NamedTuple):
    """A person answered: the headers in which our Message-ID stands, and who sent it."""

    ids: str
    sender: str


class Unread(Exception):
    """The mail is too large, too deep or too broken to be looked at."""


def read(data: bytes) -> Returned | Answered | None:
    """What a mail is; None for one that is nobody's affair. Raises Unread, whatever is in it."""
    if len(data) > MOST_BYTES or len(_PART.findall(data)) > MOST_PARTS:
        raise Unread("too large")
    try:
        message = email.message_from_bytes(data)
        return _returned(message) if _is_notice(message) else _answered(message)
    except Exception as error:  # the parser meets what nobody foresaw; the next mail must be read all the same
        raise Unread(type(error).__name__) from error


def _is_notice(message: Message) -> bool:
    return any(part.get_content_type() == "message/delivery-status" for part in message.walk())


def _returned(message: Message) -> Returned | None:
    """A delivery status notification (RFC 3464)."""
    status = next(_statuses(message), "")
    return Returned(_ids_of_notice(message), status) if status else None


def _statuses(message: Message) -> Iterator[str]:
    """What is said of the recipients: a letter of ours has one."""
    for part in message.walk():
        if part.get_content_type() != "message/delivery-status" or not isinstance(part.get_payload(), list):
            continue
        for block in part.walk():
            status, action = _header(block, "Status").strip(), _header(block, "Action").strip().lower()
            if status[:1] in _FAILURES.get(action, ()):
                yield status


def _ids_of_notice(message: Message) -> str:
    """The Message-ID of the mail that came back, which stands in a part of the notice: whole, or its head alone."""
    found = []
    for part in message.walk():
        kind, content = part.get_content_type(), part.get_payload()
        if kind == "message/rfc822" and isinstance(content, list):
            found += [_header(mail, "Message-ID") for mail in content if isinstance(mail, Message)]
        elif kind == "text/rfc822-headers":
            head = part.get_payload(decode=True)
            if isinstance(head, bytes):
                found.append(_header(email.message_from_bytes(head), "Message-ID"))
    return " ".join(found)


def _answered(message: Message) -> Answered | None:
    """A mail that a person wrote as an answer; nothing that a robot or a list sent (RFC 3834)."""
    ids = f"{_header(message, 'In-Reply-To')} {_header(message, 'References')}"
    sender = _sender(message)
    if not sender or not ids.strip() or _is_automatic(message) or _MACHINE.match(sender.partition("@")[0]):
        return None
    return Answered(ids, sender)


def _is_automatic(message: Message) -> bool:
    if _header(message, "Auto-Submitted").strip().lower() not in ("", "no"):
        return True
    if _header(message, "Precedence").strip().lower() in ("bulk", "list", "junk", "auto_reply"):
        return True
    if _header(message, "Return-Path").strip() == "<>" or message.get_content_type() == "multipart/report":
        return True
    return any(name in message for name in (*_OF_LISTS, *_OF_ROBOTS))


def _sender(message: Message) -> str:
    """The envelope's sender as our mail server wrote it, else the one named in From; "" where it is no good or ours."""
    address = parseaddr(_header(message, "Return-Path"))[1] or parseaddr(_header(message, "From"))[1]
    address = address.lower()
    ours = {settings.NO_REPLY_EMAIL.lower(), parseaddr(settings.DEFAULT_FROM_EMAIL)[1].lower()}
    try:
        validate_email(address)
    except ValidationError:
        return ""
    return "" if address in ours or len(address) > 254 or not address.isascii() else address


def _header(message: Message, name: str) -> str:
    """A header as text, its line ends gone; "" without one."""
    return " ".join(str(message.get(name, ""))[:MOST_OF_HEADER].split())

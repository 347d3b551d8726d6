"""What comes back: a folder of mails that the mail server fills (Maildir), and notices of a mail provider by HTTP."""

from __future__ import annotations

import hashlib
import hmac
import json
import logging
import mailbox
import time
from pathlib import Path
from typing import Any, Final, NamedTuple

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.http.request import RawPostDataException
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from accounts import bounces, incoming_mail, letters, ratelimit
from accounts.incoming_mail import Answered, Returned, Unread
from accounts.letter_mail import ANSWER, letter_of
from accounts.models import Letter

log = logging.getLogger(__name__)
MOST_AT_ONCE: Final = 1_000
CLOCKS_DIFFER: Final = 300  # seconds
MOST_BODY: Final = 256 * 1024


class Read(NamedTuple):
    """What was in the folder: letters that came back, answers that got one, and what was let be."""

    returned: int
    answered: int
    ignored: int


def read_folder(path: Path, *, most: int = MOST_AT_ONCE) -> Read:
    """Read the new mails of a Maildir, at most `most`; each is deleted when it is done with.

    Safe to run twice, and beside itself. Raises FileNotFoundError where there is no such folder. When the database
    fails, the mail stays for the next time.
    """
    if not (path / "new").is_dir():
        raise FileNotFoundError(path)
    box = mailbox.Maildir(path, create=False)
    counts = {"returned": 0, "answered": 0, "ignored": 0}
    for key in sorted(box.keys())[:most]:
        data = _bytes_of(box, key)
        if data is None:
            continue  # somebody else was quicker
        counts[_handle(data)] += 1
        box.discard(key)
    return Read(**counts)


def _bytes_of(box: mailbox.Maildir, key: str) -> bytes | None:
    """No more of it than tells that it is too large."""
    try:
        with box.get_file(key) as file:
            data: bytes = file.read(incoming_mail.MOST_BYTES + 1)
            return data
    except (KeyError, FileNotFoundError):
        return None


def _handle(data: bytes) -> str:
    try:
        mail = incoming_mail.read(data)
    except Unread as reason:
        log.warning("A mail of %d bytes or more is not read: %s", len(data), reason)
        return "ignored"
    letter = letter_of(mail.ids) if mail else None
    if letter is None:
        return "ignored"
    if isinstance(mail, Returned):
        return "returned" if bounces.note(letter, status=mail.status) else "ignored"
    return "answered" if isinstance(mail, Answered) and _refuse(letter, mail.sender) else "ignored"


def _refuse(letter: Letter, sender: str) -> bool:
    """Say kindly, once a day and sender, that nobody reads this; was it said now?"""
    if letter.event.startswith(f"{ANSWER}:"):
        return False
    try:
        ratelimit.hit(ANSWER, str(letter.pk))  # senders can be forged: one letter of ours must not write to many
    except ratelimit.TooMany:
        return False
    event = f"{ANSWER}:{hashlib.sha256(sender.encode()).hexdigest()[:24]}:{timezone.now():%Y%m%d}"
    if Letter.objects.filter(event=event, address=sender).exists():
        return False
    with override(letter.language):
        page = letter.page or settings.SITE_URL + reverse("desk")
    context = {"page": page, "is_answered_there": bool(letter.page)}
    letters.write_to(sender, ANSWER, event=event, language=letter.language, context=context)
    return True


# --- a mail provider's notices ---------------------------------------------------------------------


@csrf_exempt
@login_not_required
@require_POST
def mail_bounces(request: HttpRequest) -> JsonResponse:
    """Letters that came back, as a mail provider (or a few lines beside it) tells: docs/mail.md."""
    body = _body_of(request)
    if body is None or not _is_signed(request, body):
        return JsonResponse({"code": "not_signed"}, status=403)
    try:
        told = _told(json.loads(body))
    except (ValueError, RecursionError):
        return JsonResponse({"code": "not_understood"}, status=400)
    found = [(letter_of(message_id), status) for message_id, status in told]
    noted = sum(bounces.note(letter, status=status) for letter, status in found if letter is not None)
    return JsonResponse({"read": len(told), "noted": noted})


def signature(body: bytes, timestamp: str) -> str:
    """What the header `Mail-Signature` must say: HMAC-SHA256 over `timestamp.body` with MAIL_WEBHOOK_SECRET."""
    signed = f"{timestamp}.".encode() + body
    return "sha256=" + hmac.new(settings.MAIL_WEBHOOK_SECRET.encode(), signed, hashlib.sha256).hexdigest()


def _body_of(request: HttpRequest) -> bytes | None:
    """What was sent; None if it is too large, or a form, which was taken apart already."""
    try:
        body = request.body
    except RawPostDataException:
        return None
    return body if len(body) <= MOST_BODY else None


def _is_signed(request: HttpRequest, body: bytes) -> bool:
    """With our secret, and within five minutes."""
    timestamp = request.headers.get("Mail-Timestamp", "")
    if not settings.MAIL_WEBHOOK_SECRET or not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) < 13):
        return False
    is_new = abs(time.time() - int(timestamp)) <= CLOCKS_DIFFER
    return is_new and constant_time_compare(request.headers.get("Mail-Signature", ""), signature(body, timestamp))


def _told(said: Any) -> list[tuple[str, str]]:
    """Message-ID and status of each. Raises ValueError for anything of another shape."""
    rows = said.get("bounces") if isinstance(said, dict) else None
    if not isinstance(rows, list) or len(rows) > MOST_AT_ONCE:
        raise ValueError
    if not all(isinstance(row, dict) for row in rows):
        raise ValueError
    told = [(row.get("message_id"), row.get("status")) for row in rows]
    if not all(isinstance(word, str) and len(word) <= 400 for pair in told for word in pair):
        raise ValueError
    return told

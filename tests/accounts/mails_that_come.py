"""Mails as mail servers and people send them to the address nobody reads."""

from __future__ import annotations

import mailbox
from pathlib import Path

from accounts import letters
from accounts.letter_mail import message_id
from accounts.models import Letter, LetterKind, User

NOTICE = """\
Return-Path: <>
From: MAILER-DAEMON@mx.example.test
To: noreply@inaaccess.example
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="sep"

--sep
Content-Type: text/plain

I am sorry. <nobody@else.example> is gone.

--sep
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.test

Final-Recipient: rfc822; nobody@else.example
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 no such user

--sep
Content-Type: {returned}

Message-ID: {message_id}
From: INA Access <noreply@inaaccess.example>
Subject: News

--sep--
"""
ANSWER = """\
Return-Path: <{sender}>
From: Siti <{sender}>
To: noreply@inaaccess.example
Subject: Re: News
Message-ID: <abc@mail.example.test>
In-Reply-To: {message_id}
References: {message_id}
{more}Content-Type: text/plain; charset=utf-8

Yes, please.
"""


def letter_to(person: User, event: str = "e", **more: object) -> Letter:
    """One that was sent."""
    fields = {"kind": LetterKind.REVIEWS, "state": "sent", **more}
    letters.post(
        person.email, subject="News", body="", event=event, language=person.language, recipient=person, **fields
    )
    return Letter.objects.get(event=event, address=person.email)


def notice(
    letter: Letter, *, status: str = "5.1.1", action: str = "failed", returned: str = "text/rfc822-headers"
) -> bytes:
    """A delivery status notification about this letter."""
    return NOTICE.format(status=status, action=action, returned=returned, message_id=message_id(letter)).encode()


def answer(letter: Letter, *, sender: str = "siti@example.test", more: str = "") -> bytes:
    """What a person's mail program sends; `more`: another header with its line end."""
    return ANSWER.format(sender=sender, message_id=message_id(letter), more=more).encode()


def put(folder: Path, *mails: bytes) -> Path:
    """A Maildir with these mails."""
    box = mailbox.Maildir(folder / "noreply", create=True)
    for number, mail in enumerate(mails):
        (Path(box._path) / "new" / f"{number:06}.test").write_bytes(mail)
    return folder / "noreply"

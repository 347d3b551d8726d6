"""Writing letters in a verb's transaction, and sending what waits."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template import Context
from django.template.loader import get_template
from django.utils import timezone
from django.utils.translation import override
from django_q.tasks import async_task

from accounts.models import Letter, LetterState, User

MAX_TRIES = 8
FIRST_WAIT = datetime.timedelta(minutes=2)  # then 4, 8 …; longer than a worker may take (Q_CLUSTER, EMAIL_TIMEOUT)
UNFINISHED = "The worker ended while it was sending this."


def write(kind: str, *, event: str, to: Iterable[User], context: Mapping[str, Any]) -> None:
    """Put one letter per person into the outbox, in that person's language.

    `kind` names templates/mails/<kind>.txt, whose first line is the subject. Writing the same `event` to the
    same address again does nothing. Call it inside the verb's transaction; the queue sends it.
    """
    for person in to:
        write_to(person.email, kind, event=event, language=person.language, context=context, recipient=person)


def write_to(
    address: str, kind: str, *, event: str, language: str, context: Mapping[str, Any], recipient: User | None = None
) -> None:
    """Put one letter to an address into the outbox; for people who have no account yet."""
    subject, body = render(kind, language=language, context={**context, "recipient": recipient})
    post(address, subject=subject, body=body, event=event, language=language, recipient=recipient)


def write_parting(person: User, kind: str, *, event: str, context: Mapping[str, Any]) -> None:
    """The last letter to somebody whose account goes in this transaction; nothing of it is kept afterwards."""
    subject, body = render(kind, language=person.language, context={**context, "recipient": person})
    post(person.email, subject=subject, body=body, event=event, language=person.language, is_parting=True)


def render(kind: str, *, language: str, context: Mapping[str, Any]) -> tuple[str, str]:
    """Subject and text of a letter in one language. Letters are plain text: nothing is escaped as HTML."""
    plain = Context({**context, "site_url": settings.SITE_URL}, autoescape=False)
    with override(language):
        text: str = get_template(f"mails/{kind}.txt").template.render(plain)  # type: ignore[attr-defined]
    subject, _separator, body = text.strip().partition("\n")
    return subject, body.strip()


def post(
    address: str,
    *,
    subject: str,
    body: str,
    event: str,
    language: str,
    recipient: User | None = None,
    is_parting: bool = False,
) -> None:
    """Put a finished text into the outbox and wake the queue."""
    Letter.objects.bulk_create(
        [
            Letter(
                event=event,
                address=address,
                recipient=recipient,
                language=language,
                subject=" ".join(subject.split())[:200],
                body=body,
                is_parting=is_parting,
            )
        ],
        ignore_conflicts=True,
    )
    async_task("accounts.letters.send_due")


def send_due(limit: int = 50) -> int:
    """Send what is due, one letter after the other; how many were sent. Safe to run twice at once.

    A try is written down before it is made: a worker that dies while it sends leaves the letter to the next try,
    after its wait, and one that kills each worker is given up like any other. The mail server may have taken the
    letter in that moment; a second copy carries the same Message-ID, by which mail programs know it.
    """
    died = Letter.objects.due().filter(tries__gte=MAX_TRIES)  # the worker, in the last try
    died.filter(is_parting=True).delete()
    died.update(state=LetterState.FAILED)
    sent = 0
    for _turn in range(limit):
        letter = _claim()
        if letter is None:
            break
        sent += _send(letter)
    return sent


def _claim() -> Letter | None:
    """The next letter, with its try counted and its next one put off, committed."""
    with transaction.atomic():
        letter = Letter.objects.due().select_for_update(skip_locked=True).order_by("next_try_at", "pk").first()
        if letter is None:
            return None
        letter.tries += 1
        letter.last_error = UNFINISHED
        letter.next_try_at = timezone.now() + FIRST_WAIT * 2 ** (letter.tries - 1)
        letter.save(update_fields=["tries", "last_error", "next_try_at"])
        return letter


def _send(letter: Letter) -> bool:
    try:
        EmailMessage(
            letter.subject, letter.body, to=[letter.address], headers={"Message-ID": message_id(letter)}
        ).send()
    except Exception as error:  # whatever the mail server did, the letter stays and is tried again
        letter.last_error = f"{type(error).__name__}: {error}"[:200]
        letter.state = LetterState.FAILED if letter.tries >= MAX_TRIES else LetterState.WAITING
    else:
        letter.state, letter.sent_at, letter.body, letter.last_error = LetterState.SENT, timezone.now(), "", ""
    if letter.is_parting and letter.state != LetterState.WAITING:
        letter.delete()
    else:
        letter.save(update_fields=["state", "sent_at", "body", "last_error"])
    return letter.state == LetterState.SENT


def message_id(letter: Letter) -> str:
    """The same for every try, so that a copy is known as one."""
    host = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    return f"<letter-{letter.pk}-{letter.created_at:%Y%m%d%H%M%S}@{host}>"

"""Writing letters in a verb's transaction, and sending what waits."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.db import transaction
from django.template import Context
from django.template.loader import get_template
from django.utils import timezone
from django.utils.translation import override
from django_q.tasks import async_task

from accounts import letter_choices, letter_mail
from accounts.letter_kinds import kind_of
from accounts.models import Letter, LetterState, User
from kit.zones import ReaderZone

MAX_TRIES = 8
FIRST_WAIT = datetime.timedelta(minutes=2)  # then 4, 8 …; longer than a worker may take (Q_CLUSTER, EMAIL_TIMEOUT)
UNFINISHED = "The worker ended while it was sending this."


def write(template: str, *, event: str, to: Iterable[User], context: Mapping[str, Any], thread: str = "") -> None:
    """Put one letter per person into the outbox, in that person's language and as that person chose for its kind.

    `template` names templates/mails/<template>.txt, whose first line is the subject, and thereby the kind
    (accounts/letter_kinds.py). Writing the same `event` to the same address again does nothing. Letters with the same
    `thread`, e.g. "enquiry:41", stand together in mail programs: their subject is that of the thread, here
    templates/mails/_thread_enquiry.txt, and what happened is their first line. Call it inside the verb's transaction;
    the queue sends it.
    """
    people = list(to)
    states = letter_choices.first_states(people, kind_of(template))
    for person in people:
        _put(
            person.email,
            template,
            context=context,
            event=event,
            language=person.language,
            recipient=person,
            state=states[person.pk],
            thread=thread,
        )


def write_to(
    address: str,
    template: str,
    *,
    event: str,
    language: str,
    context: Mapping[str, Any],
    recipient: User | None = None,
    thread: str = "",
) -> None:
    """Put one letter to an address into the outbox, to be sent at once; for people who have no account yet."""
    _put(
        address, template, context=context, event=event, language=language, recipient=recipient, thread=thread,
        state=LetterState.WAITING,
    )  # fmt: skip


def write_parting(person: User, template: str, *, event: str, context: Mapping[str, Any]) -> None:
    """The last letter to somebody whose account goes in this transaction; nothing of it is kept afterwards."""
    subject, body = render(template, language=person.language, context={**context, "recipient": person})
    post(person.email, subject=subject, body=body, event=event, language=person.language, is_parting=True)


def render(template: str, *, language: str, context: Mapping[str, Any]) -> tuple[str, str]:
    """Subject and text of a letter in one language, with times in the zone of its `recipient`, else in UTC.

    The text is the source: nothing is escaped as HTML.
    """
    zone = ReaderZone(reader.time_zone) if (reader := context.get("recipient")) else None
    plain = Context({**context, "site_url": settings.SITE_URL}, autoescape=False)
    with override(language), timezone.override(zone):
        text: str = get_template(f"mails/{template}.txt").template.render(plain)  # type: ignore[attr-defined]
    subject, _separator, body = text.strip().partition("\n")
    return subject, body.strip()


def post(address: str, *, subject: str, body: str, event: str, language: str, **more: Any) -> None:
    """Put a finished text into the outbox and wake the queue; `more`: other fields of the letter."""
    letter = Letter(
        address=address, event=event, language=language, subject=" ".join(subject.split())[:200], body=body, **more
    )
    Letter.objects.bulk_create([letter], ignore_conflicts=True)
    if letter.state == LetterState.WAITING:
        async_task("accounts.letters.send_due")


def _put(
    address: str, template: str, *, context: Mapping[str, Any], recipient: User | None, state: LetterState,
    thread: str, language: str, event: str,
) -> None:  # fmt: skip
    """Write it down in its first state; what is never sent keeps no text."""
    context = {**context, "recipient": recipient, "in_digest": state == LetterState.HELD}
    subject, body = render(template, language=language, context=context)
    if thread:
        body = f"{' '.join(subject.split())}\n\n{body}"
        subject, _nothing = render(f"_thread_{thread.partition(':')[0]}", language=language, context=context)
    post(
        address,
        subject=subject,
        body=body if state in (LetterState.WAITING, LetterState.HELD) else "",
        event=event,
        language=language,
        recipient=recipient,
        kind=kind_of(template),
        state=state,
        thread=thread,
        page=letter_mail.page_in(body) if thread else "",
    )


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
        letter_mail.compose(letter).send()
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

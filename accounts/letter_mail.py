"""How a letter becomes a mail: text and HTML of the same words, its thread, and the ways to get fewer."""

from __future__ import annotations

import re
from email.utils import parseaddr
from typing import Final

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models import Q
from django.template import Context
from django.template.loader import get_template, render_to_string
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import override

from accounts import letter_choices
from accounts.letter_kinds import is_optional
from accounts.models import Letter, LetterKind, LetterState
from kit.letter_text import FOOT, parts_of

ANSWER: Final = "mail_refused"
"""Template and beginning of the event of the answer to whoever writes to the address that nobody reads."""
NEVER_MAILED: Final = (LetterState.HELD, LetterState.GATHERED, LetterState.UNWANTED, LetterState.STOPPED)
OUR_ID: Final = re.compile(r"<?letter-(\d{1,18})-([0-9a-f]{24})@[-\w.:]+>?")


def compose(letter: Letter) -> EmailMultiAlternatives:
    """The mail. It comes from DEFAULT_FROM_EMAIL; answers and returned letters go to NO_REPLY_EMAIL."""
    with override(letter.language):
        text = _with_foot(letter)
        html = _as_html(letter, text)
    message = EmailMultiAlternatives(
        letter.subject,
        text,
        from_email=settings.NO_REPLY_EMAIL,  # the envelope's sender: returned letters go there
        to=[letter.address],
        reply_to=[settings.NO_REPLY_EMAIL],
        headers=_headers(letter),
    )
    message.attach_alternative(html, "text/html")
    return message


def _as_html(letter: Letter, text: str) -> str:
    """Its heading is the subject; in a thread, whose letters all have the same one, it is what happened."""
    happened, _blank, rest = text.partition("\n\n") if letter.thread else ("", "", "")
    parts = parts_of(rest or text, site_url=settings.SITE_URL)
    heading = happened if rest else letter.subject
    return render_to_string("mails/frame.html", {"heading": heading, "letter": letter, "parts": parts})


def message_id(letter: Letter) -> str:
    """The same for every try, so that a copy is known as one; signed: nobody can name a letter they never got."""
    return f"<letter-{letter.pk}-{_mark(letter.pk)}@{_host()}>"


def letter_of(text: str) -> Letter | None:
    """The letter whose Message-ID stands first in this text (a header); None where there is none of ours."""
    for number, mark in OUR_ID.findall(text):
        if constant_time_compare(mark, _mark(int(number))):
            return Letter.objects.filter(pk=int(number)).first()
    return None


def page_in(body: str) -> str:
    """The last page of ours that a text leads to, before its foot."""
    found = re.findall(rf"{re.escape(settings.SITE_URL)}/\S*", body.rpartition(FOOT)[0] or body)
    return found[-1][:300] if found else ""


def _headers(letter: Letter) -> dict[str, str]:
    headers = {
        "From": settings.DEFAULT_FROM_EMAIL,
        "Message-ID": message_id(letter),
        "Auto-Submitted": "auto-replied" if letter.event.startswith(f"{ANSWER}:") else "auto-generated",
    }
    root = _root(letter)
    if root is not None:
        headers["In-Reply-To"] = headers["References"] = message_id(root)
    if _may_be_stopped(letter):
        headers["List-Unsubscribe"] = f"<{_stop_url(letter)}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"  # RFC 8058
    return headers


def _root(letter: Letter) -> Letter | None:
    """The first letter of the same thread to the same reader; None for that one itself."""
    if not letter.thread:
        return None
    reader = Q(recipient=letter.recipient_id) if letter.recipient_id else Q(recipient=None, address=letter.address)
    before = Letter.objects.filter(reader, thread=letter.thread, pk__lt=letter.pk)
    return before.exclude(state__in=NEVER_MAILED).order_by("pk").first()


def _with_foot(letter: Letter) -> str:
    """The text, and how to get fewer of the kind, where that may be chosen."""
    text: str = letter.body
    if not _may_be_stopped(letter):
        return text
    context = Context(
        {
            "kind": LetterKind(letter.kind).label,
            "is_daily": letter.kind == LetterKind.DAILY,
            "stop_url": _stop_url(letter),
            "choices_url": settings.SITE_URL + reverse("account_letters"),
        },
        autoescape=False,
    )
    foot: str = get_template("mails/_foot.txt").template.render(context).strip()  # type: ignore[attr-defined]
    body, found, end = text.rpartition(FOOT)
    return f"{body}{FOOT}{end.strip()}\n\n{foot}\n" if found else f"{end.strip()}\n{FOOT}{foot}\n"


def _may_be_stopped(letter: Letter) -> bool:
    return letter.recipient_id is not None and is_optional(letter.kind)


def _stop_url(letter: Letter) -> str:
    return f"{settings.SITE_URL}{reverse('letters_stop', args=[letter_choices.token_for(letter)])}"


def _mark(number: int) -> str:
    return salted_hmac("accounts.letter_mail", str(number)).hexdigest()[:24]


def _host() -> str:
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"

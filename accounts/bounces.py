"""Letters that came back: what is noted, what stops, and how it begins again."""

from __future__ import annotations

import re
from typing import Final

from django.db import transaction
from django.http import HttpRequest

from accounts import audit
from accounts.letter_choices import address_mark
from accounts.letter_kinds import is_optional
from accounts.models import Bounce, Letter, LetterKind, LetterState, User

STATUS: Final = re.compile(r"\s*([245])\.(\d{1,3})\.(\d{1,3})(?!\d)")
IN_SESSION: Final = "letters_come_back"
"""A mark of the address that did not work when its owner signed in: templates/components/letters_come_back.html."""


def note(letter: Letter, *, status: str) -> bool:
    """A mail server said `status` (RFC 3463: 5.x.x for good, 4.x.x for the moment) of this letter: is that news?

    When its address is not reachable any more, what waits for it and may be left out is not sent.
    """
    found = STATUS.match(status)
    if found is None or found[1] == "2":
        return False
    address = letter.address.lower()
    with transaction.atomic():
        _bounce, is_new = Bounce.objects.get_or_create(
            letter=letter,
            is_permanent=found[1] == "5",
            defaults={"address": address, "status": ".".join(found.groups())},
        )
        if Bounce.objects.unreachable([address]):
            _stop(address)
    return is_new


def is_unreachable(person: User) -> bool:
    """Do letters to this person come back?"""
    return bool(Bounce.objects.unreachable([person.email]))


def forget(person: User) -> None:
    """The person says that the address works again: letters are sent as before. A second time nothing happens."""
    with transaction.atomic():
        gone, _tables = Bounce.objects.filter(address=person.email.lower()).delete()
        if gone:
            audit.record("address_works", person, by=person)


def remember_at_login(request: HttpRequest, person: User) -> None:
    """Let the pages of this session tell the person, if letters come back."""
    if is_unreachable(person):
        request.session[IN_SESSION] = address_mark(person.email)


def is_remembered(request: HttpRequest, person: User) -> bool:
    """Was it so at the log-in, and is the address still the same?"""
    return bool(request.session.get(IN_SESSION) == address_mark(person.email))


def _stop(address: str) -> None:
    optional = [kind for kind in LetterKind.values if is_optional(kind)]
    waiting = Letter.objects.filter(address__iexact=address, kind__in=optional)
    waiting.filter(state__in=(LetterState.WAITING, LetterState.HELD)).update(state=LetterState.STOPPED, body="")

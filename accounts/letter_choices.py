"""What people choose about their letters, and what becomes of a new one: sent, held for the day, or not sent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.core import signing
from django.db import transaction
from django.utils.crypto import salted_hmac

from accounts.letter_kinds import ABOUT, is_optional
from accounts.models import Bounce, HowOften, Letter, LetterChoice, LetterKind, LetterState, User

SALT = "accounts.letter_choices"
STATES = {HowOften.AT_ONCE: LetterState.WAITING, HowOften.DAILY: LetterState.HELD, HowOften.NEVER: LetterState.UNWANTED}


def choices_of(person: User) -> dict[str, str]:
    """Kind → how often, of all kinds that may be chosen."""
    chosen = dict(LetterChoice.objects.filter(user=person).values_list("kind", "how_often"))
    return {kind: chosen.get(kind, HowOften.AT_ONCE) for kind in ABOUT}


def first_states(people: Iterable[User], kind: LetterKind) -> dict[int, LetterState]:
    """The state in which a new letter of this kind begins, for each person (by number)."""
    found = {person.pk: LetterState.WAITING for person in people}
    if kind not in ABOUT or not found:
        return found
    for pk, how_often in LetterChoice.objects.filter(kind=kind, user__in=found).values_list("user", "how_often"):
        found[pk] = STATES[HowOften(how_often)]
    unreachable = Bounce.objects.unreachable(person.email for person in people)
    for person in people:
        if person.email.lower() in unreachable and found[person.pk] != LetterState.UNWANTED:
            found[person.pk] = LetterState.STOPPED
    return found


def choose(person: User, wanted: Mapping[str, str]) -> None:
    """Keep how often `person` wants each of these kinds; what is held of one that is not wanted now, never comes.

    Kinds that cannot be chosen are left alone. Twice has the effect of once.
    """
    kinds = [kind for kind in wanted if kind in ABOUT]
    with transaction.atomic():
        for kind in kinds:
            LetterChoice.objects.update_or_create(user=person, kind=kind, defaults={"how_often": wanted[kind]})
        never = [kind for kind in kinds if wanted[kind] == HowOften.NEVER]
        waiting = Letter.objects.filter(recipient=person, kind__in=never, state__in=("waiting", "held"))
        waiting.update(state=LetterState.UNWANTED, body="")


def switch_off(person: User, kind: str) -> None:
    """No letters of this kind any more; of the letter of the day: none of the kinds that come in it."""
    chosen = choices_of(person)
    kinds = [one for one, how in chosen.items() if how == HowOften.DAILY] if kind == LetterKind.DAILY else [kind]
    choose(person, dict.fromkeys(kinds, HowOften.NEVER))


def token_for(letter: Letter) -> str:
    """What the link of a letter carries, to switch off its kind without a log-in. Good as long as the address is."""
    return signing.dumps([letter.recipient_id, letter.kind, address_mark(letter.address)], salt=SALT)


def meant_by(token: str) -> tuple[User, LetterKind] | None:
    """Whose letters of which kind; None for a link that is not ours, or leads to nobody any more."""
    try:
        pk, kind, mark = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    person = User.objects.filter(pk=pk, erased_at=None).first()
    if person is None or mark != address_mark(person.email) or not is_optional(kind):
        return None
    return person, LetterKind(kind)


def address_mark(address: str) -> str:
    """Tells whether an address is still the same, without naming it."""
    return salted_hmac(SALT, address.lower()).hexdigest()[:12]

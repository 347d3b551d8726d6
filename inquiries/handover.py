"""A colleague leaves: what they have in hand passes to another in one action, each thing by its own verb."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts import audit, letters
from accounts.models import User
from accounts.workflow import Refused
from catalog.models import ProductRevision
from catalog.models.revision_state import WAITING_STATES
from inquiries.models import ImporterNote
from markets.models import Mission, MissionNote, MissionStaff
from markets.models.note import Note
from markets.scope import colleagues_of, revisions_to_review, works_everywhere


class Left(NamedTuple):
    """What could not be passed on, and why."""

    thing: str
    why: str


class Passed(NamedTuple):
    """One kind of things: how many were passed on, and which were not."""

    label: Promise
    number: int
    left: list[Left]


def leavers_of(user: User) -> QuerySet[User]:
    """Whose work `user` may hand over: people of their missions; for the ministry, all staff. Shut-out ones too."""
    people = User.objects.filter(erased_at__isnull=True)
    if works_everywhere(user):
        return people.filter(Q(is_staff=True) | Q(pk__in=MissionStaff.objects.values("user"))).order_by("name", "pk")
    beside = MissionStaff.objects.filter(mission__in=Mission.objects.of_staff(user))
    return people.filter(pk__in=beside.values("user")).order_by("name", "pk")


def hand_over(*, leaving: User, to: User, by: User) -> list[Passed]:
    """Pass claims, what was assigned, and notes from `leaving` to `to`, who gets one letter about all of it.

    The caller has checked that `leaving` and `to` are in the scope of `by`. What `to` may not have stays where it is,
    and is told. A second time nothing is left to pass: no entry, no letter.
    Raises Refused (same_person, may_not_review).
    """
    if leaving.pk == to.pk:
        raise Refused(_("Choose two different people."), code="same_person")
    if not colleagues_of(to).filter(pk=to.pk).exists():
        raise Refused(_("This colleague may not review."), code="may_not_review")
    with transaction.atomic():
        done = [part(leaving, to, by) for part in PARTS]
        if number := sum(one.number for one in done):
            entry = audit.record("hand_over", leaving, by=by, why=f"user {to.pk}: {number}")
            letters.write(
                "handed_over",
                event=f"handed_over:{entry.pk}",
                to=[to],
                context={"leaving": leaving, "by": by, "parts": [one for one in done if one.number]},
            )
    return done


def _claims(leaving: User, to: User, by: User) -> Passed:
    held = revisions_to_review(by).filter(state="in_review", claimed_by=leaving).order_by("pk")
    return _each(_("Reviews in hand"), held, to, lambda row: row.hand_over(to=to, by=by))


def _assigned(leaving: User, to: User, by: User) -> Passed:
    asked = revisions_to_review(by).filter(state__in=WAITING_STATES, assigned_to=leaving).order_by("pk")
    return _each(_("Reviews assigned"), asked, to, lambda row: row.assign(to=to, by=by, is_told=False))


def _notes(leaving: User, to: User, by: User) -> Passed:
    return _each_note(_("Notes"), MissionNote, leaving, to, by)


def _importer_notes(leaving: User, to: User, by: User) -> Passed:
    return _each_note(_("Notes on importers"), ImporterNote, leaving, to, by)


def _each_note(label: Promise, kind: type[Note], leaving: User, to: User, by: User) -> Passed:
    kept = kind.objects.filter(keeper=leaving).select_related(kind.ABOUT)
    if not works_everywhere(by):  # a colleague passes on only what their own missions read
        kept = kept.readable_by(by)
    number, left = 0, []
    for note in kept.order_by("pk"):
        try:
            note.hand_over(to=to, by=by)
            number += 1
        except Refused as refusal:
            left.append(Left(str(_("A note") if works_everywhere(by) else note.about), str(refusal.message)))
    return Passed(label, number, left)


def _each(label: Promise, rows: QuerySet[ProductRevision], to: User, verb: Callable[[ProductRevision], None]) -> Passed:
    number, left = 0, []
    found = list(rows)
    seen = set(revisions_to_review(to).filter(pk__in=[row.pk for row in found]).values_list("pk", flat=True))
    for row in found:
        try:
            if row.pk not in seen:
                raise Refused(_("It asks for no market of this colleague."), code="out_of_scope")
            verb(row)
            number += 1
        except Refused as refusal:
            left.append(Left(str(row), str(refusal.message)))
    return Passed(label, number, left)


PARTS: Final = (_claims, _assigned, _notes, _importer_notes)

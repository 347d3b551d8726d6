"""What people are called where others read who did what: by name for those who may know it, else by their office."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.translation import gettext as _

from accounts.models import AuditEntry, User


class Circle(NamedTuple):
    """People who know one another by name: a mission's staff, a producer's members.

    `office` is what everybody else reads; empty when it has no name to the outside.
    """

    kind: str
    number: int | str
    office: str = ""


CirclesOf = Callable[[Collection[int]], Iterable[tuple[int, Circle]]]
_sources: dict[str, CirclesOf] = {}


def tell_circles(source: CirclesOf) -> None:
    """Ask `source`, too, in which circles people are (by their number). Called by `AppConfig.ready`."""
    _sources[source.__module__] = source


@dataclass(frozen=True)
class People:
    """The people of a page as `reader` may know them.

    Who may view accounts (the ministry) reads every name. Others read the names of those of their own circles; of
    other staff the office ("KBRI Brasília", "the ministry"), of everybody else "the producer's side".
    """

    names: Mapping[int, str]

    @classmethod
    def read(cls, reader: User, people: Iterable[int | None]) -> People:
        """The names of these people for `reader`. One query for the ministry, one and those of the circles else."""
        wanted = {pk for pk in people if pk is not None}
        if not wanted:
            return cls({})
        users = User.objects.filter(pk__in=wanted)
        if reader.has_perm("accounts.view_user"):
            gone = {pk: _("account %(number)d") % {"number": pk} for pk in wanted}
            return cls({**gone, **{user.pk: str(user) for user in users}})
        circles: dict[int, list[Circle]] = {}
        for source in _sources.values():
            for pk, circle in source({*wanted, reader.pk}):
                circles.setdefault(pk, []).append(circle)
        own = {(circle.kind, circle.number) for circle in circles.get(reader.pk, ())}
        return cls({user.pk: _called(user, reader, circles.get(user.pk, []), own) for user in users})

    @classmethod
    def of(cls, reader: User, entries: Iterable[AuditEntry]) -> People:
        """The people of these entries for `reader`."""
        return cls.read(reader, (entry.by_id for entry in entries))

    def who(self, entry: AuditEntry) -> str:
        """Who acted."""
        if entry.by_id is None and entry.why.startswith("database role: "):
            return _("the database")
        return self.name(entry.by_id)

    def name(self, pk: int | None) -> str:
        """Whom to name; the clock when nobody did it."""
        if pk is None:
            return _("the clock")
        return self.names.get(pk, _("somebody who is no longer here"))


def _called(user: User, reader: User, circles: list[Circle], own: set[tuple[str, int | str]]) -> str:
    if user == reader:
        return _("you")
    if any((circle.kind, circle.number) in own for circle in circles):
        return str(user)
    if offices := list(dict.fromkeys(circle.office for circle in circles if circle.office)):
        return ", ".join(offices)
    return _("the ministry") if user.is_staff else _("the producer's side")

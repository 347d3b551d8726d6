"""What people are called where staff read who did what: names only to those who may know them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.models import User
from markets.models import MissionStaff


@dataclass(frozen=True)
class People:
    """The people of a page as `reader` may see them.

    Who may view users (the ministry) reads every name. Others read the names of colleagues at their own missions; of
    other staff the post ("KBRI Brasília", "the ministry"), of everybody else "the producer's side".
    """

    names: Mapping[int, str]

    @classmethod
    def read(cls, reader: User, people: Iterable[int | None]) -> People:
        """The names of these people for `reader`. Three queries."""
        wanted = {pk for pk in people if pk is not None}
        users = User.objects.filter(pk__in=wanted)
        if reader.has_perm("accounts.view_user"):
            return cls({user.pk: str(user) for user in users})
        posts: dict[int, list[MissionStaff]] = {}
        for post in MissionStaff.objects.filter(user__in=wanted).select_related("mission").order_by("pk"):
            posts.setdefault(post.user_id, []).append(post)
        own = set(MissionStaff.objects.filter(user=reader).values_list("mission", flat=True))
        return cls({user.pk: _called(user, reader, posts.get(user.pk, []), own) for user in users})

    def name(self, pk: int | None) -> str:
        """Whom to name; the clock when nobody did it."""
        if pk is None:
            return _("the clock")
        return self.names.get(pk, _("somebody who is no longer here"))


def _called(user: User, reader: User, posts: list[MissionStaff], own: set[int]) -> str:
    if user == reader:
        return _("you")
    if any(post.mission_id in own for post in posts):
        return str(user)
    if posts:
        return ", ".join(str(post.mission) for post in posts)
    return _("the ministry") if user.is_staff else _("the producer's side")

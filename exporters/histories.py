"""Whose history members and local officers read, who knows whom by name, and who is a member."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.naming import Circle
from exporters.models import Certificate, Invitation, Membership, OfficerScope, Producer


def rows_read_by(user: User) -> Iterator[QuerySet[Any]]:
    """The producers that `user` works on with their certificates; their people where `user` sees them."""
    yield Producer.objects.editable_by(user)
    yield Certificate.objects.editable_by(user)
    with_members = Producer.objects.with_members_seen_by(user)
    yield Membership.objects.filter(producer__in=with_members)
    yield Invitation.objects.filter(producer__in=with_members)


def circles_of(people: Collection[int]) -> Iterator[tuple[int, Circle]]:
    """Members of a producer, and the officers of a regency. Two queries."""
    for user, producer in Membership.objects.filter(user__in=people).values_list("user", "producer"):
        yield user, Circle("producer", producer)
    for user, regency in OfficerScope.objects.filter(user__in=people).values_list("user", "regency"):
        yield user, Circle("regency", regency, _("the local officer"))


def is_producer() -> Exists:
    """Does a user's row belong to a producer?"""
    return Exists(Membership.objects.filter(user=OuterRef("pk")))

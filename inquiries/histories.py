"""Whose history the sides of an enquiry and missions read, what importers are called, and who is one."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.naming import Circle
from inquiries.models import BuyingRequest, Enquiry, Importer, ImporterNote, Match
from inquiries.scope import POWER, enquiries_seen_by, importers_seen_by


def rows_read_by(user: User) -> Iterator[QuerySet[Any]]:
    """The enquiries that `user` sent or was given; for missions those of their markets, and the importers there."""
    yield Enquiry.objects.sent_by(user)
    yield Enquiry.objects.addressed_to(user)
    if user.is_staff and user.has_perm(POWER):
        yield enquiries_seen_by(user)
    if user.is_staff and user.has_perm("inquiries.verify_importer"):
        yield importers_seen_by(user)
    if user.is_staff and user.has_perm("markets.write_note"):
        yield ImporterNote.objects.readable_by(user)
    yield BuyingRequest.objects.owned_by(user)
    yield Match.objects.answered_by(user)
    if user.is_staff and user.has_perm("inquiries.decide_request"):
        yield BuyingRequest.objects.decided_by_staff(user)
        yield Match.objects.decided_by_staff(user)


def circles_of(people: Collection[int]) -> Iterator[tuple[int, Circle]]:
    """Importers, each a circle of one. One query."""
    for user, pk in Importer.objects.filter(user__in=people).values_list("user", "pk"):
        yield user, Circle("importer", pk, _("the importer"))


def importer_country() -> Subquery:
    """The country of the company of a user's row; None for who is no importer."""
    return Subquery(Importer.objects.filter(user=OuterRef("pk")).order_by().values("country")[:1])

"""Whose history missions read here, what importers are called, and who is one."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.naming import Circle
from inquiries.models import Importer
from inquiries.scope import importers_seen_by


def rows_read_by(user: User) -> Iterator[QuerySet[Any]]:
    """For staff who verify importers, those of their markets."""
    if user.is_staff and user.has_perm("inquiries.verify_importer"):
        yield importers_seen_by(user)


def circles_of(people: Collection[int]) -> Iterator[tuple[int, Circle]]:
    """Importers, each a circle of one. One query."""
    for user, pk in Importer.objects.filter(user__in=people).values_list("user", "pk"):
        yield user, Circle("importer", pk, _("the importer"))


def importer_country() -> Subquery:
    """The country of the company of a user's row; None for who is no importer."""
    return Subquery(Importer.objects.filter(user=OuterRef("pk")).order_by().values("country")[:1])

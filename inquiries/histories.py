"""Whose history the sides of an enquiry and missions read, what importers are called, and who is one."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.naming import Circle
from inquiries.models import BuyingRequest, Enquiry, Importer, ImporterNote, Match
from inquiries.scope import POWER, enquiries_seen_by, importers_seen_by
from markets.trail_lines import Kind


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


def kinds() -> Iterator[Kind]:
    """What the trail names of this app, and where each is read."""
    yield Kind(Enquiry.objects.select_related("importer", "producer"), _enquiry_page)
    yield Kind(BuyingRequest.objects.select_related("importer"), _request_page)


def _enquiry_page(enquiry: Enquiry, reader: User, on_staff_desk: bool) -> str:
    if on_staff_desk:
        return reverse("admin:enquiry_oversee", args=[enquiry.pk])
    name = "enquiry_detail" if enquiry.importer.user_id == reader.pk else "desk_enquiry"
    return reverse(name, args=[enquiry.pk])


def _request_page(asked: BuyingRequest, _reader: User, on_staff_desk: bool) -> str:
    return reverse("admin:request_review" if on_staff_desk else "buying_request_detail", args=[asked.pk])


def circles_of(people: Collection[int]) -> Iterator[tuple[int, Circle]]:
    """Importers, each a circle of one. One query."""
    for user, pk in Importer.objects.filter(user__in=people).values_list("user", "pk"):
        yield user, Circle("importer", pk, _("the importer"))


def importer_country() -> Subquery:
    """The country of the company of a user's row; None for who is no importer."""
    return Subquery(Importer.objects.filter(user=OuterRef("pk")).order_by().values("country")[:1])

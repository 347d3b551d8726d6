"""Words about enquiries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import Viewer
from exporters.models import Producer
from inquiries.models.enquiry_state import DELIVERED_STATES, OPEN_STATES, EnquiryState, Turn

if TYPE_CHECKING:
    from inquiries.models.enquiry import Enquiry  # noqa: F401  named in the text below


class EnquiryQuerySet(models.QuerySet["Enquiry"]):
    """Scope words first, then what the lists and the clock ask."""

    def sent_by(self, user: Viewer) -> EnquiryQuerySet:
        """Those of the company of `user`, held ones too; offers only once they have a place among the first."""
        return self.none() if user.is_anonymous else self.filter(importer__user=user, waiting_since__isnull=True)

    def addressed_to(self, user: Viewer) -> EnquiryQuerySet:
        """Those that producers of whom `user` is a member have been given. Local officers are no members: none."""
        if user.is_anonymous:
            return self.none()
        return self.delivered().filter(producer__in=Producer.objects.of_member(user))

    def delivered(self) -> EnquiryQuerySet:
        """Not held, not discarded: the producer could read it."""
        return self.filter(state__in=DELIVERED_STATES)

    def open(self) -> EnquiryQuerySet:
        """Both sides may still write."""
        return self.filter(state__in=OPEN_STATES)

    def held(self) -> EnquiryQuerySet:
        """They wait for the mission's look."""
        return self.filter(state=EnquiryState.HELD)

    def waiting_for_producer(self) -> EnquiryQuerySet:
        """The producer owes a word."""
        return self.open().filter(turn=Turn.PRODUCER)

    def waiting_for_importer(self) -> EnquiryQuerySet:
        """The importer owes a word."""
        return self.open().filter(turn=Turn.IMPORTER)

    def overdue(self) -> EnquiryQuerySet:
        """The producer owes a word for longer than promised."""
        return self.waiting_for_producer().filter(due_at__lt=timezone.now())

    def stage_due(self) -> EnquiryQuerySet:
        """The clock has a step to do."""
        return self.waiting_for_producer().filter(next_stage_at__lte=timezone.now())

    def expiring(self) -> EnquiryQuerySet:
        """Never answered, and their time is over."""
        return self.filter(state=EnquiryState.SENT, turn=Turn.PRODUCER, expires_at__lte=timezone.now())

    def closed(self) -> EnquiryQuerySet:
        """Nobody writes any more."""
        return self.exclude(Q(state__in=OPEN_STATES) | Q(state=EnquiryState.HELD))

    def for_list(self) -> EnquiryQuerySet:
        """With all that a row shows: the other side and the lines. Two queries."""
        return self.select_related("importer", "producer", "market").prefetch_related("lines__product__unit")

    def for_page(self) -> EnquiryQuerySet:
        """With all that its page shows of what was asked. Seven queries."""
        parts = ("lines__product__offers", "lines__product__placements__photo", "lines__unit")
        with_sides = self.select_related("importer__verified_mission", "producer", "market", "round")
        return with_sides.prefetch_related(*parts)

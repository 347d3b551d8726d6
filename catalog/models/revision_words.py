"""Words about revisions: which of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.utils import timezone

from accounts.models import User, Viewer
from catalog.models.revision_state import CLAIM_LASTS, OPEN_STATES, WAITING_STATES, RevisionState
from exporters.models import Producer

if TYPE_CHECKING:
    from catalog.models.revision import ProductRevision  # noqa: F401  named in the text below


class RevisionQuerySet(models.QuerySet["ProductRevision"]):
    """Words about revisions."""

    def open(self) -> RevisionQuerySet:
        """Being worked on: draft, submitted, in review or with changes requested."""
        return self.filter(state__in=OPEN_STATES)

    def waiting(self) -> RevisionQuerySet:
        """With the staff: submitted or in review."""
        return self.filter(state__in=WAITING_STATES)

    def lapsed(self) -> RevisionQuerySet:
        """Claimed more than two hours ago and not decided."""
        return self.filter(state=RevisionState.IN_REVIEW, claimed_at__lt=timezone.now() - CLAIM_LASTS)

    def written_by(self, user: User) -> RevisionQuerySet:
        """Revisions whose content `user` wrote a part of."""
        return self.filter(author_ids__contains=[user.pk])

    def assigned_to(self, user: User) -> RevisionQuerySet:
        """Waiting revisions that `user` was asked to review."""
        return self.waiting().filter(assigned_to=user)

    def editable_by(self, user: Viewer) -> RevisionQuerySet:
        """Revisions of the producers that `user` works on."""
        return self.filter(product__producer__in=Producer.objects.editable_by(user))

    def with_parts(self) -> RevisionQuerySet:
        """With what its forms, its completeness and its preview read: 6 queries, however many rows."""
        return self.select_related(
            "product__producer__regency", "category__template", "category__parent__template", "commodity", "hs6", "unit"
        ).prefetch_related(
            "offers__incoterm", "placements__photo", "category__template__fields", "category__parent__template__fields"
        )

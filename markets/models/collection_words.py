"""Words about collections: which of them, and for whom; and how one begins."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import audit
from accounts.models import User, Viewer
from markets.models.collection_item import CollectionItem
from markets.models.market import Market, Mission

if TYPE_CHECKING:
    from markets.models.collection import Collection


class CollectionState(models.TextChoices):
    DRAFT = "draft", _("draft")
    PUBLISHED = "published", _("published")
    ARCHIVED = "archived", _("archived")


class CollectionQuerySet(models.QuerySet["Collection"]):
    """Words about collections."""

    def public(self) -> CollectionQuerySet:
        """Published, and within its period today (UTC)."""
        today = timezone.now().date()
        return self.filter(
            Q(starts_on__isnull=True) | Q(starts_on__lte=today),
            Q(ends_on__isnull=True) | Q(ends_on__gte=today),
            state=CollectionState.PUBLISHED,
        )

    def over(self) -> CollectionQuerySet:
        """Was public and is not any more: archived, or its period has ended. Answered with 410 and alternatives."""
        ended = Q(state=CollectionState.PUBLISHED, ends_on__lt=timezone.now().date())
        return self.filter(ended | Q(state=CollectionState.ARCHIVED, published_at__isnull=False))

    def editable_by(self, user: Viewer) -> CollectionQuerySet:
        """Of the markets that the missions of `user` cover today; the ministry has all, those for all markets too."""
        if user.has_perm("markets.review_everywhere"):
            return self.all()
        return self.filter(market__in=Market.objects.covered_by(user))

    def visible_to(self, user: Viewer) -> CollectionQuerySet:
        """Public ones, and those that a curator works on."""
        return self.public() | self.editable_by(user) if user.has_perm("markets.curate_collection") else self.public()

    def for_market(self, market: Market | str) -> CollectionQuerySet:
        """For this market or for all."""
        return self.filter(Q(market=market) | Q(market__isnull=True))

    def featurable(self) -> CollectionQuerySet:
        """With nothing in it that is never promoted: fit for the home page. Rule: domain.md §9."""
        return self.exclude(Exists(CollectionItem.objects.kept_back().filter(collection=OuterRef("pk"))))


class CollectionManager(models.Manager["Collection"]):
    """Starts collections."""

    def start(
        self, *, by: User, title: dict[str, str], market: Market | None = None, mission: Mission | None = None
    ) -> Collection:
        """Make an empty draft. The caller has checked that `by` may work in `market` (None: for all).

        Raises Refused (mission_elsewhere).
        """
        with transaction.atomic():
            collection = self.model(title=title, market=market, mission=mission, created_by=by, changed_by=by)
            collection.slug = f"new-{uuid.uuid4().hex}"
            collection.refuse_foreign_mission()
            collection.save()
            collection.slug = collection.fitting_slug()
            collection.save(update_fields=["slug"])
            audit.record("start", collection, by=by, to_state=collection.state)
        return collection

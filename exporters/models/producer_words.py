"""Words about producers: which of them, and how one begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models, transaction

from accounts import audit
from accounts.models import User, Viewer
from exporters.models.membership import Membership, MembershipRole, OfficerScope
from exporters.models.place import Regency
from exporters.models.producer_state import ProducerState

if TYPE_CHECKING:
    from exporters.models.producer import Producer


class ProducerQuerySet(models.QuerySet["Producer"]):
    """Words about producers."""

    def listed(self) -> ProducerQuerySet:
        """Producers that the public sees."""
        return self.filter(state=ProducerState.LISTED)

    def of_member(self, user: Viewer) -> ProducerQuerySet:
        """Producers that `user` belongs to; none for a visitor."""
        if user.is_anonymous:
            return self.none()
        return self.filter(pk__in=Membership.objects.filter(user=user).values("producer"))

    def owned_by(self, user: Viewer) -> ProducerQuerySet:
        """Producers whose members `user` manages."""
        if user.is_anonymous:
            return self.none()
        return self.filter(pk__in=Membership.objects.filter(user=user, role="owner").values("producer"))

    def of_officer(self, user: Viewer) -> ProducerQuerySet:
        """Producers in the regencies assigned to the local officer `user`."""
        if user.is_anonymous or not user.has_perm("exporters.onboard_producer"):
            return self.none()
        return self.filter(regency__in=OfficerScope.objects.filter(user=user).values("regency"))

    def editable_by(self, user: Viewer) -> ProducerQuerySet:
        """Producers whose profile, drafts and certificates `user` works on: members and scoped officers."""
        return self.of_member(user) | self.of_officer(user)

    def ownerless(self) -> ProducerQuerySet:
        """Producers that a local officer prepares and nobody owns yet."""
        return self.exclude(pk__in=Membership.objects.filter(role="owner").values("producer"))

    def managed_by(self, user: Viewer) -> ProducerQuerySet:
        """Producers whose members `user` manages: owners, and the scoped officer until there is an owner."""
        return self.owned_by(user) | self.of_officer(user).ownerless()

    def with_members_seen_by(self, user: Viewer) -> ProducerQuerySet:
        """Producers whose members `user` may see: their own, and those that they manage."""
        return self.of_member(user) | self.managed_by(user)

    def visible_to(self, user: Viewer) -> ProducerQuerySet:
        """Listed producers, and those that `user` works on."""
        return self.listed() | self.editable_by(user)

    def start(self, *, trade_name: str, regency: Regency, by: User, owner: User | None) -> Producer:
        """A new draft: of `owner` who registers it, or of nobody yet when a local officer prepares it."""
        with transaction.atomic():
            producer = self.create(trade_name=trade_name, regency=regency, created_by=by)
            if owner is not None:
                Membership.objects.create(user=owner, producer=producer, role=MembershipRole.OWNER)
            audit.record("start", producer, by=by, to_state=producer.state)
        return producer

"""Words about producers: which of them, and how one begins."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Final

from django.db import models, transaction
from django.db.models import F, Func, IntegerField, Q, Value
from django.db.models.functions import Least
from django.db.models.lookups import LessThanOrEqual

from accounts import audit
from accounts.models import User, Viewer
from exporters.models.membership import Membership, MembershipRole, OfficerScope
from exporters.models.place import Regency
from exporters.models.producer_state import ProducerState

if TYPE_CHECKING:
    from exporters.models.producer import Producer

SKELETONS: Final = ("trade_name_skeleton", "legal_name_skeleton")
MOST_EDITS: Final = 2


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

    def named_near(self, producer: Producer) -> ProducerQuerySet:
        """Others whose trade or legal name may be taken for one of `producer`'s, the nearest first.

        Their skeletons (kit/lookalikes.py) differ in MOST_EDITS letters at most. The trigram indexes find them: as few
        edits leave more than the 0.3 alike that `%` asks for. `exporters.lookalikes` looks at the words.
        """
        names = sorted({producer.trade_name_skeleton, producer.legal_name_skeleton} - {""})
        pairs = [(column, name) for column in SKELETONS for name in names]
        if not pairs:
            return self.none()
        near = reduce(or_, (_is_near(column, name) for column, name in pairs))
        nearest = Least(*(_edits(column, name) for column, name in pairs))
        return self.filter(near).exclude(pk=producer.pk).order_by(nearest, "trade_name", "pk")

    def start(self, *, trade_name: str, regency: Regency, by: User, owner: User | None) -> Producer:
        """A new draft: of `owner` who registers it, or of nobody yet when a local officer prepares it."""
        with transaction.atomic():
            producer = self.create(trade_name=trade_name, regency=regency, created_by=by)
            if owner is not None:
                Membership.objects.create(user=owner, producer=producer, role=MembershipRole.OWNER)
            audit.record("start", producer, by=by, to_state=producer.state)
        return producer


def _is_near(column: str, name: str) -> Q:
    near = Q(**{f"{column}__trigram_similar": name}) & Q(LessThanOrEqual(_edits(column, name), MOST_EDITS))
    return near if name.isascii() else near | Q(**{column: name})  # some locales know no trigrams of other letters


def _edits(column: str, name: str) -> Func:
    """Letters to change, add or leave out; counted no further than one beyond MOST_EDITS."""
    return Func(
        F(column), Value(name), Value(MOST_EDITS), function="levenshtein_less_equal", output_field=IntegerField()
    )

"""What a mission decided about one product in one market."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.workflow import Refused, WorkflowModel, in_words
from catalog.indexing import lock_standing, set_market_rank, set_markets, shift_market_ranks
from catalog.models import Product, ProductState
from catalog.models.revision_state import SelfReview
from exporters.models import Producer, ProducerState
from kit.fields import TranslatedField
from markets import mails
from markets.models.listing_state import (
    LAST_RANK,
    LONGEST_NOTE,
    LONGEST_PROMOTION,
    MISSIONS_REASONS,
    MOST_PROMOTED,
    PRODUCERS_VERBS,
    DeclineReason,
    ListingState,
)
from markets.models.listing_words import ListingQuerySet
from markets.models.market import Market


class MarketListing(WorkflowModel):
    """One row a product and market, made by the first decision: before it, a request is derived, not stored.

    Whoever belongs to the producer decides nothing about it as a mission: SelfReview.
    """

    S = ListingState
    CODED_WHYS: ClassVar = {"decline": in_words(DeclineReason)}
    TRANSITIONS: ClassVar = {
        "list": ({S.REQUESTED, S.WITHDRAWN}, S.LISTED),
        "decline": ({S.REQUESTED}, S.DECLINED),
        "withdraw": ({S.LISTED}, S.WITHDRAWN),
        "propose": ({S.REQUESTED}, S.PROPOSED),
        "accept": ({S.PROPOSED}, S.LISTED),
        "refuse": ({S.PROPOSED}, S.DECLINED),
        "promote": ({S.LISTED}, S.LISTED),
        "rank": ({S.LISTED}, S.LISTED),
        "reword": ({S.LISTED}, S.LISTED),
    }

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="listings", verbose_name=_("product"))
    market = models.ForeignKey(Market, on_delete=models.PROTECT, related_name="listings", verbose_name=_("market"))
    state = models.CharField(_("state"), max_length=10, choices=S.choices, default=S.REQUESTED)
    pitch = TranslatedField(_("pitch"), max_length=400)
    rank = models.PositiveIntegerField(_("rank"), default=1000, help_text=_("1 comes first"))
    promoted_until = models.DateField(_("promoted until"), null=True, blank=True)
    decline_reason = models.CharField(_("reason"), max_length=12, choices=DeclineReason.choices, blank=True)
    decline_note = models.TextField(_("note to the producer"), max_length=LONGEST_NOTE, blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True, editable=False)
    decided_by = models.ForeignKey(
        User,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("decided by"),
    )

    objects = ListingQuerySet.as_manager()

    class Meta:
        verbose_name = _("market listing")
        verbose_name_plural = _("market listings")
        ordering = ["market", "rank", "pk"]
        permissions = [
            ("decide_listing", "Can decide listings in own markets"),
            ("review_everywhere", "Can review and decide in every market"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["product", "market"], name="markets_listing_once"),
            models.CheckConstraint(
                condition=~Q(state="declined") | ~Q(decline_reason=""),
                name="markets_listing_declined_has_reason",
                violation_error_message=_("Declining needs a reason."),
            ),
            models.CheckConstraint(condition=Q(rank__gt=0), name="markets_listing_rank_positive"),
        ]
        indexes = [
            models.Index(
                fields=["market", "rank", "product"], name="markets_listing_page", condition=Q(state="listed")
            ),
            models.Index(
                fields=["promoted_until"],
                name="markets_listing_promoted",
                condition=Q(state="listed", promoted_until__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product} – {self.market}"

    @classmethod
    def of(cls, product: Product, market: Market) -> MarketListing:
        """The row of this pair, saved or not: an unsaved one is a request that nobody decided yet."""
        return cls.objects.filter(product=product, market=market).first() or cls(product=product, market=market)

    def list(self, *, by: User, pitch: dict[str, str] | None = None, rank: int | None = None) -> None:
        """Offer the product in the market, at the end of its page unless `rank` says where (1 comes first).

        Those that stand at that rank make room. Raises TransitionNotAllowed, Refused (product_not_public,
        not_requested).
        """
        with self._ranking(), self._deciding("list", by=by):
            self._refuse_unpublished()
            if self.market_id not in self.product.target_markets:
                raise Refused(_("The producer does not ask for this market."), code="not_requested")
            self._set_pitch(pitch)
            self._stand_at(rank)
            self.decline_reason = self.decline_note = ""
            mails.listing_listed(self)

    def decline(self, *, by: User, reason: str, note: str = "") -> None:
        """Do not offer it, and tell the producer why. Raises TransitionNotAllowed, Refused (product_not_public,
        not_requested, reason_unknown)."""
        with self._deciding("decline", by=by, why=reason):
            self._refuse_unpublished()
            if self.market_id not in self.product.target_markets:
                raise Refused(_("The producer does not ask for this market."), code="not_requested")
            if reason not in dict(MISSIONS_REASONS):
                raise Refused(_("Declining needs a reason."), code="reason_unknown")
            self.decline_reason, self.decline_note = reason, note[:LONGEST_NOTE]
            mails.listing_declined(self)

    def withdraw(self, *, by: User, why: str = "") -> None:
        """Stop offering it, and tell the producer. Raises TransitionNotAllowed."""
        with self._deciding("withdraw", by=by, why=why):
            self.promoted_until = None
            mails.listing_withdrawn(self, why=why)

    def propose(self, *, by: User, pitch: dict[str, str] | None = None) -> None:
        """Ask the producer of a published product that did not ask for this market; the producer decides.

        Raises TransitionNotAllowed, Refused (product_not_public, already_requested).
        """
        with self._deciding("propose", by=by):
            self._refuse_unpublished()
            if self.market_id in self.product.target_markets:
                raise Refused(_("The producer asks for this market already."), code="already_requested")
            self._set_pitch(pitch)
            mails.listing_proposed(self)

    def accept(self, *, by: User) -> None:
        """The producer agrees: the market joins the product's public content, and the product is listed there.

        Raises TransitionNotAllowed, Refused (product_not_public, in_review).
        """
        proposer = self.decided_by
        with self._ranking(), self._deciding("accept", by=by):
            self.product.add_target_market(self.market_id, by=by)
            self._stand_at(None)
            mails.proposal_answered(self, to=proposer)

    def refuse(self, *, by: User, why: str = "") -> None:
        """The producer does not want to be offered there. Raises TransitionNotAllowed."""
        proposer = self.decided_by
        with self._deciding("refuse", by=by, why=why):
            self.decline_reason, self.decline_note = DeclineReason.PRODUCER, why[:LONGEST_NOTE]
            mails.proposal_answered(self, to=proposer)

    def promote(self, *, by: User, until: datetime.date | None) -> None:
        """Show it first in the market, until that day (UTC, included); None ends it.

        Raises TransitionNotAllowed, Refused (promotion_day, not_promotable, promoted_full).
        """
        self._refuse_undecided()
        why = until.isoformat() if until else ""
        with self._ranking(), self.moving("promote", by=by, why=why):  # two at once must not be the 12th together
            self._refuse_own(by)
            if until is not None:
                self._refuse_promotion(until)
            self.promoted_until = until

    def rank_at(self, rank: int, *, by: User) -> None:
        """Give it its place in the market's page, 1 comes first; those that stand there make room.

        Raises TransitionNotAllowed, SelfReview, Refused (rank).
        """
        self._refuse_undecided()
        with self._ranking(), self.moving("rank", by=by, why=str(rank)):
            self._refuse_own(by)
            if not 1 <= rank <= LAST_RANK:
                raise Refused(_("A rank is a whole number from 1."), code="rank")
            self._stand_at(rank)

    def reword(self, *, by: User, pitch: dict[str, str]) -> None:
        """Say otherwise why buyers want it. Raises TransitionNotAllowed, SelfReview."""
        self._refuse_undecided()
        with self.moving("reword", by=by):
            self._refuse_own(by)
            self._set_pitch(pitch)

    def lock(self) -> None:
        """Lock and reload the row. Its market stays at hand: that key never changes."""
        market = self.market
        super().lock()
        self.market = market

    @contextmanager
    def _ranking(self) -> Iterator[None]:
        """Hold the market before the row, so that nobody else changes the order of its page meanwhile."""
        with transaction.atomic():
            self.market = Market.objects.select_for_update(no_key=True).get(pk=self.market_id)
            yield

    @contextmanager
    def _deciding(self, verb: str, *, by: User, why: str = "") -> Iterator[None]:
        """Make the row if this is the first decision, move it, and push the market into the search row.

        Two people who decide first at once: the row is unique, the second waits for the first and is refused.
        """
        with transaction.atomic():
            if self._state.adding:
                pair = {"product": self.product, "market": self.market}
                type(self).objects.bulk_create([type(self)(**pair)], ignore_conflicts=True)
                self.pk = type(self).objects.values_list("pk", flat=True).get(**pair)
                self._state.adding = False
            with self.moving(verb, by=by, why=why):
                if verb not in PRODUCERS_VERBS:
                    self._refuse_own(by)
                lock_standing(self.product_id)
                self.decided_at, self.decided_by = timezone.now(), by
                yield
            listed = type(self).objects.listed().filter(product=self.product_id)
            set_markets(self.product_id, dict(listed.values_list("market", "rank")))

    def _refuse_undecided(self) -> None:
        """What nobody decided has no row: it is in no place that could change."""
        if self._state.adding:
            raise self.not_possible()

    def _refuse_own(self, by: User) -> None:
        if Producer.objects.of_member(by).filter(products=self.product_id).exists():
            raise SelfReview(_("You cannot review a product that you or your producer wrote."))

    def _refuse_unpublished(self) -> None:
        self.product = Product.objects.select_related("producer").get(pk=self.product_id)
        if self.product.state != ProductState.PUBLISHED or self.product.producer.state != ProducerState.LISTED:
            raise Refused(_("This product is not public."), code="product_not_public")

    def _refuse_promotion(self, until: datetime.date) -> None:
        today = timezone.now().date()
        if not today <= until <= today + LONGEST_PROMOTION:
            raise Refused(_("Choose a day from today to 180 days ahead."), code="promotion_day")
        category = self.product.category
        if category and not (category.may_be_promoted and (not category.parent or category.parent.may_be_promoted)):
            raise Refused(_("Products of this category are not promoted."), code="not_promotable")
        others = type(self).objects.promoted().filter(market=self.market_id).exclude(pk=self.pk)
        if others.count() >= MOST_PROMOTED:
            raise Refused(
                _("At most 12 products are promoted in a market: end another one first."), code="promoted_full"
            )

    def _set_pitch(self, pitch: dict[str, str] | None) -> None:
        if pitch is not None:
            field: models.Field[Any, Any] = type(self)._meta.get_field("pitch")
            self.pitch = field.clean(pitch, self)

    def _others(self) -> ListingQuerySet:
        return type(self).objects.listed().filter(market=self.market_id).exclude(pk=self.pk)

    def _stand_at(self, rank: int | None) -> None:
        """Take that rank (None: the end). If it is taken, all down to the next free one move by one, in their order."""
        others = self._others()
        if rank is None:
            rank = (others.aggregate(last=models.Max("rank"))["last"] or 0) + 1
        elif others.filter(rank=rank).exists():
            self._make_room(others, rank)
        self.rank = rank
        set_market_rank(self.product_id, self.market_id, rank)

    def _make_room(self, others: ListingQuerySet, rank: int) -> None:
        next_one = others.filter(rank=OuterRef("rank") + 1)
        last = others.filter(~Exists(next_one), rank__gte=rank).aggregate(last=models.Min("rank"))["last"]
        others.filter(rank__range=(rank, last)).update(rank=F("rank") + 1)
        shift_market_ranks(self.market_id, (rank, last))

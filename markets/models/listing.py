"""What a mission decided about one product in one market."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import ClassVar

from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.workflow import Refused, WorkflowModel
from catalog.indexing import set_markets
from catalog.models import Product, ProductState
from exporters.models import ProducerState
from kit.fields import TranslatedField
from markets import mails
from markets.models.market import Market


class ListingState(models.TextChoices):
    REQUESTED = "requested", _("requested")
    LISTED = "listed", _("listed")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", _("withdrawn")
    PROPOSED = "proposed", _("proposed to the producer")


class DeclineReason(models.TextChoices):
    NO_DEMAND = "no_demand", _("no demand now")
    NOT_ALLOWED = "not_allowed", _("not allowed in this market")
    PRICE = "price", _("price not competitive")
    LABEL = "label", _("label not ready")
    CERTIFICATE = "certificate", _("certificate missing")
    CAPACITY = "capacity", _("capacity too small")
    OTHER = "other", _("other")


class ListingQuerySet(models.QuerySet["MarketListing"]):
    """Words about listings."""

    def listed(self) -> ListingQuerySet:
        """Decided as listed, whatever became of the product since."""
        return self.filter(state=ListingState.LISTED)

    def public(self) -> ListingQuerySet:
        """Listed, of a published product that still names the market."""
        return self.listed().filter(
            product__state=ProductState.PUBLISHED,
            product__producer__state=ProducerState.LISTED,
            product__target_markets__contains=[F("market_id")],
        )

    def promoted(self) -> ListingQuerySet:
        """Listed and promoted today; never of a category that may not be promoted."""
        return self.listed().filter(promoted_until__gte=timezone.now().date(), product__category__may_be_promoted=True)


class MarketListing(WorkflowModel):
    """One row a product and market, made by the first decision: before it, a request is derived, not stored."""

    S = ListingState
    TRANSITIONS: ClassVar = {
        "list": ({S.REQUESTED, S.WITHDRAWN}, S.LISTED),
        "decline": ({S.REQUESTED}, S.DECLINED),
        "withdraw": ({S.LISTED}, S.WITHDRAWN),
        "propose": ({S.REQUESTED}, S.PROPOSED),
        "accept": ({S.PROPOSED}, S.LISTED),
        "refuse": ({S.PROPOSED}, S.DECLINED),
    }

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="listings", verbose_name=_("product"))
    market = models.ForeignKey(Market, on_delete=models.PROTECT, related_name="listings", verbose_name=_("market"))
    state = models.CharField(_("state"), max_length=10, choices=S.choices, default=S.REQUESTED)
    pitch = TranslatedField(_("pitch"), max_length=400)
    rank = models.PositiveIntegerField(_("rank"), default=1000, help_text=_("1 comes first"))
    promoted_until = models.DateField(_("promoted until"), null=True, blank=True)
    decline_reason = models.CharField(_("reason"), max_length=12, choices=DeclineReason.choices, blank=True)
    decline_note = models.TextField(_("note to the producer"), max_length=500, blank=True)
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
        ]

    def __str__(self) -> str:
        return f"{self.product} – {self.market}"

    @classmethod
    def of(cls, product: Product, market: Market) -> MarketListing:
        """The row of this pair, saved or not: an unsaved one is a request that nobody decided yet."""
        return cls.objects.filter(product=product, market=market).first() or cls(product=product, market=market)

    def list(self, *, by: User, pitch: dict[str, str] | None = None, rank: int | None = None) -> None:
        """Offer the product in the market. Raises TransitionNotAllowed, Refused (product_not_public, not_requested)."""
        with self._deciding("list", by=by):
            self._refuse_unrequested()
            self.pitch = pitch if pitch is not None else self.pitch
            self.rank = rank if rank is not None else self.rank
            self.decline_reason = self.decline_note = ""

    def decline(self, *, by: User, reason: str, note: str = "") -> None:
        """Do not offer it, and tell the producer why. Raises TransitionNotAllowed."""
        with self._deciding("decline", by=by, why=reason):
            self._refuse_unrequested()
            self.decline_reason, self.decline_note = reason, note
            mails.listing_declined(self)

    def withdraw(self, *, by: User, why: str = "") -> None:
        """Stop offering it. Raises TransitionNotAllowed."""
        with self._deciding("withdraw", by=by, why=why):
            self.promoted_until = None

    @contextmanager
    def _deciding(self, verb: str, *, by: User, why: str = "") -> Iterator[None]:
        """Make the row if this is the first decision, move it, and push the market into the search row.

        Two people who decide first at once: the row is unique, the second waits for the first and is refused.
        """
        with transaction.atomic():
            if self._state.adding:
                row, _made = type(self).objects.get_or_create(product=self.product, market=self.market)
                self.pk = row.pk
                self._state.adding = False
            with self.moving(verb, by=by, why=why):
                self.decided_at, self.decided_by = timezone.now(), by
                yield
            set_markets(
                self.product_id,
                type(self).objects.listed().filter(product=self.product_id).values_list("market", flat=True),
            )

    def _refuse_unrequested(self) -> None:
        self.product.refresh_from_db()
        if self.product.state != ProductState.PUBLISHED:
            raise Refused(_("This product is not public."), code="product_not_public")
        if self.market_id not in self.product.target_markets:
            raise Refused(_("The producer does not ask for this market."), code="not_requested")

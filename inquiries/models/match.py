"""A product that may answer a buying request, and what its producer says to it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import ClassVar

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User, Viewer
from accounts.workflow import Refused, WorkflowModel, in_words
from catalog.models import Product, ProductState
from exporters.models import Producer, ProducerState
from inquiries import offers, request_mails
from inquiries.models.abuse import SenderBlock
from inquiries.models.buying_request import BuyingRequest, OwnRequest
from inquiries.models.buying_request_state import LONGEST_NOTE, RequestState
from inquiries.models.enquiry import Enquiry
from inquiries.models.quotation import Quotation


class MatchState(models.TextChoices):
    PROPOSED = "proposed", pgettext_lazy("match", "may fit")
    INVITED = "invited", pgettext_lazy("match", "invited to offer")
    OFFERED = "offered", pgettext_lazy("match", "offer made")
    PASSED = "passed", pgettext_lazy("match", "no offer")


class PassReason(models.TextChoices):
    CAPACITY = "capacity", _("the quantity is too large for us")
    QUANTITY = "quantity", _("the quantity is too small for us")
    PRICE = "price", _("the price is too low")
    TIME = "time", _("there is not enough time")
    CERTIFICATE = "certificate", _("we do not hold the certificate")
    OTHER_GOODS = "other_goods", _("we do not make this")
    MARKET = "market", _("we do not sell to this country")
    OTHER = "other", pgettext_lazy("reason", "another reason")


SEEN_BY_PRODUCERS = (MatchState.INVITED, MatchState.OFFERED, MatchState.PASSED)


class MatchQuerySet(models.QuerySet["Match"]):
    """Words about matches."""

    def best_first(self) -> MatchQuerySet:
        """In the order in which they are shown."""
        return self.order_by("-score", "pk")

    def answered_by(self, user: Viewer) -> MatchQuerySet:
        """Invitations of the producers that `user` is a member of. A local officer answers none."""
        members = Producer.objects.of_member(user)
        return self.filter(product__producer__in=members, state__in=SEEN_BY_PRODUCERS)

    def decided_by_staff(self, user: Viewer) -> MatchQuerySet:
        """Those of the requests that `user` decides about. The power is asked elsewhere."""
        return self.filter(request__in=BuyingRequest.objects.decided_by_staff(user))


class Match(WorkflowModel):
    """A buying request × a product. `reasons` say what speaks for it, `lacking` what is missing or not known.

    Both are [[code, {parameter: value}], …], put into words by inquiries/match_words.py. `score` is 0 to 100.
    """

    S = MatchState
    CODED_WHYS: ClassVar = {"pass_on": in_words(PassReason)}
    TRANSITIONS: ClassVar = {
        "invite_producer": ({S.PROPOSED}, S.INVITED),
        "offer": ({S.INVITED}, S.OFFERED),
        "pass_on": ({S.INVITED}, S.PASSED),
    }

    request = models.ForeignKey(
        BuyingRequest, on_delete=models.CASCADE, related_name="matches", verbose_name=_("buying request")
    )
    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="matches", verbose_name=_("product"))
    state = models.CharField(_("state"), max_length=8, choices=S.choices, default=S.PROPOSED)
    score = models.PositiveSmallIntegerField(_("score"), default=0)
    reasons = models.JSONField(_("what speaks for it"), default=list, blank=True)
    lacking = models.JSONField(_("what is missing"), default=list, blank=True)
    proposed_at = models.DateTimeField(_("proposed"), auto_now_add=True)
    invited_at = models.DateTimeField(_("invited"), null=True, blank=True, editable=False)
    invited_by = models.ForeignKey(
        User,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("invited by"),
    )
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True, editable=False)
    pass_reason = models.CharField(_("reason"), max_length=12, choices=PassReason.choices, blank=True)
    pass_note = models.TextField(_("note"), max_length=LONGEST_NOTE, blank=True)

    objects = MatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("match")
        verbose_name_plural = _("matches")
        ordering = ["request", "-score", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["request", "product"], name="inquiries_match_once"),
            models.CheckConstraint(
                condition=~Q(state="passed") | ~Q(pass_reason=""),
                name="inquiries_match_passed_has_reason",
                violation_error_message=_("Say why you make no offer."),
            ),
        ]
        indexes = [
            models.Index(fields=["product", "state", "-id"], name="inquiries_match_of_product"),
        ]

    def __str__(self) -> str:
        return f"{self.request} – {self.product}"

    def invite(self, *, by: User) -> None:
        """Ask the producer for an offer.

        Raises TransitionNotAllowed, OwnRequest, Refused (request_not_open, product_not_public).
        """
        with self._while_open(), self.moving("invite_producer", by=by):
            if Producer.objects.of_member(by).filter(products=self.product_id).exists():
                raise OwnRequest(_("You cannot invite a producer that you belong to."))
            self._refuse_unpublished()
            if SenderBlock.objects.in_force().between(self.request.importer, self.product.producer).exists():
                raise Refused(_("This producer does not take enquiries from this importer."), code="blocked")
            self.invited_at, self.invited_by = timezone.now(), by
            request_mails.producer_invited(self)

    def offer(self, quotation: Quotation, *, quantity: Decimal, unit_price: Decimal, by: User) -> Enquiry:
        """Answer with an offer: a thread with its quotation, shown to the importer when it has a place.

        Raises TransitionNotAllowed, Refused (request_not_open, product_not_public, quotation_lapsed).
        """
        with self._while_open(), self.moving("offer", by=by):
            self._refuse_unpublished()
            if self.request.importer.user_id == by.pk:
                raise OwnRequest(_("You cannot answer a request of your own company."))
            self.answered_at = timezone.now()
            return offers.begin(self, quotation, quantity=quantity, unit_price=unit_price, by=by)

    def pass_on(self, *, by: User, reason: str, note: str = "") -> None:
        """The producer makes no offer, and says why. Raises TransitionNotAllowed, Refused (reason_unknown)."""
        with self.moving("pass_on", by=by, why=reason):
            if reason not in PassReason.values:
                raise Refused(_("Say why you make no offer."), code="reason_unknown")
            self.answered_at, self.pass_reason, self.pass_note = timezone.now(), reason, note[:LONGEST_NOTE]

    @contextmanager
    def _while_open(self) -> Iterator[None]:
        """Hold the request, which must be open, before the row."""
        with transaction.atomic():
            self.request.lock()
            if self.request.state != RequestState.OPEN or self.request.deadline < timezone.now().date():
                raise Refused(_("This buying request is not open any more."), code="request_not_open")
            yield

    def _refuse_unpublished(self) -> None:
        self.product = Product.objects.select_related("producer", "unit").get(pk=self.product_id)
        if self.product.state != ProductState.PUBLISHED or self.product.producer.state != ProducerState.LISTED:
            sentence = _("“%(product)s” is not public any more.") % {"product": self.product}
            raise Refused(sentence, code="product_not_public")

    def lock(self) -> None:
        """Lock and reload the row. Its request and product stay at hand: those keys never change."""
        request, product = self.request, self.product
        super().lock()
        self.request, self.product = request, product

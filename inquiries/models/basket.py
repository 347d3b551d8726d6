"""The enquiry basket: what a person means to ask for, kept as a draft until it is sent."""

from __future__ import annotations

import datetime
import hashlib
import secrets
from typing import Final

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxLengthValidator
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.workflow import Refused
from catalog.models import Incoterm, Product
from inquiries.models.asked_terms import MOST_CERTIFICATES, certificate_code, validate_certificate_codes
from inquiries.models.basket_line import BasketLine
from inquiries.models.enquiry_round import MOST_LINES, MOST_PRODUCERS
from inquiries.models.enquiry_state import Need
from kit.countries import validate_country
from kit.text import validate_text
from promotion.models.campaign import CODE_LENGTH

VISITORS_KEPT: Final = datetime.timedelta(days=30)
LONGEST_MESSAGE: Final = 3000
TERMS: Final = ("destination_country", "destination_port", "incoterm_id", "place", "wanted_on")
CHOSEN: Final = ("certificates", "needs", "campaigns")
MOST_CAMPAIGNS: Final = 5


class BasketFull(Refused):
    """A basket has a greatest size."""

    code = "basket_full"


class BasketGone(Refused):
    """A visitor's basket that was joined to the one of their account."""

    code = "basket_gone"


class BasketQuerySet(models.QuerySet["Basket"]):
    """Words about baskets."""

    def of_user(self, user: User) -> BasketQuerySet:
        """The one of a signed-in person."""
        return self.filter(user=user)

    def of_key(self, key: str) -> BasketQuerySet:
        """The one of the visitor who holds this key."""
        return self.filter(key_hash=hash_of(key))

    def awaiting(self, user: User) -> BasketQuerySet:
        """Baskets of visitors who registered as `user` and have not signed in since."""
        return self.filter(awaits=user)

    def abandoned(self) -> BasketQuerySet:
        """Baskets of visitors that nobody changed for 30 days: their cookies ran out."""
        return self.filter(user=None, changed_at__lt=timezone.now() - VISITORS_KEPT)


class BasketManager(models.Manager["Basket"]):
    """Starts baskets and brings them together."""

    def start_for(self, user: User) -> Basket:
        """The basket of a signed-in person, made when there is none."""
        return self.get_or_create(user=user, defaults={"needs": [Need.QUOTATION]})[0]

    def start(self) -> tuple[Basket, str]:
        """A visitor's new basket, and the key to it, which is stored nowhere."""
        key = secrets.token_urlsafe(32)
        return self.create(key_hash=hash_of(key), needs=[Need.QUOTATION]), key

    def join(self, user: User, key: str = "") -> None:
        """Bring what `user` gathered before signing in, under this key or before registering, into their basket.

        Safe to call twice. The newer word stands where two baskets say different things.
        """
        with transaction.atomic():
            mine = models.Q(awaits=user)
            if key:
                mine |= models.Q(key_hash=hash_of(key))
            found = list(self.select_for_update().filter(mine, user=None).order_by("changed_at", "pk"))
            if found:
                own = self.select_for_update().get(pk=self.start_for(user).pk)
                for basket in found:
                    own.take_over(basket)


class Basket(models.Model):
    """A draft of enquiries: of a signed-in person, or of a visitor who holds the key to it.

    What is said here holds for every line that does not say otherwise.
    """

    user = models.OneToOneField(
        User, on_delete=models.CASCADE, null=True, blank=True, related_name="basket", verbose_name=_("user")
    )
    key_hash = models.CharField(max_length=64, null=True, blank=True, unique=True, editable=False)
    awaits = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )  # who registered from this basket and has not signed in yet
    destination_country = models.CharField(
        _("country of destination"), max_length=2, blank=True, validators=[validate_country]
    )
    destination_port = models.CharField(
        _("port or city of destination"), max_length=80, blank=True, validators=[validate_text]
    )
    incoterm = models.ForeignKey(
        Incoterm, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Incoterm")
    )
    place = models.CharField(_("named place"), max_length=80, blank=True, validators=[validate_text])
    wanted_on = models.DateField(_("wanted by"), null=True, blank=True)
    certificates = ArrayField(
        certificate_code(),
        verbose_name=_("wanted certificates"),
        default=list,
        blank=True,
        size=MOST_CERTIFICATES,
        validators=[validate_certificate_codes],
    )
    needs = ArrayField(
        models.CharField(max_length=12, choices=Need.choices),
        verbose_name=_("what is needed"),
        default=list,
        blank=True,
    )
    message = models.TextField(
        _("message"),
        blank=True,
        max_length=LONGEST_MESSAGE,
        validators=[validate_text, MaxLengthValidator(LONGEST_MESSAGE)],
    )
    request_draft = models.JSONField(
        _("draft of a buying request"), default=dict, db_default={}, blank=True, editable=False
    )  # what was typed, by the names of the form: each a list
    campaigns = ArrayField(
        models.CharField(max_length=CODE_LENGTH),
        verbose_name=_("campaigns that led here"),
        default=list,
        blank=True,
        editable=False,
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    changed_at = models.DateTimeField(_("changed"), default=timezone.now, editable=False)

    objects = BasketManager.from_queryset(BasketQuerySet)()

    class Meta:
        verbose_name = _("enquiry basket")
        verbose_name_plural = _("enquiry baskets")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(user__isnull=False, key_hash__isnull=True)
                | models.Q(user__isnull=True, key_hash__isnull=False),
                name="inquiries_basket_one_holder",
            ),
            models.CheckConstraint(
                condition=models.Q(needs__contained_by=[need.value for need in Need]), name="inquiries_basket_needs"
            ),
        ]
        indexes = [models.Index(fields=["changed_at"], condition=models.Q(user=None), name="inquiries_basket_visitors")]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"

    def add(self, product: Product, *, campaign: str = "") -> BasketLine:
        """Put a public product in, with its least quantity to begin with. Twice has one effect.

        `campaign` is the code of the short link that led to it. Raises BasketFull beyond 50 products or 20 producers.
        """
        with transaction.atomic():
            self.lock()
            line = self.lines.filter(product=product).first()
            if line is None:
                self._refuse_if_full(product)
                line = BasketLine(basket=self, product=product, quantity=product.moq)
            line.removed_at = None
            line.save()
            if campaign and campaign not in self.campaigns and len(self.campaigns) < MOST_CAMPAIGNS:
                self.campaigns = [*self.campaigns, campaign]
                self.save(update_fields=["campaigns"])
            self.touch()
        return line

    def remove(self, pk: int) -> BasketLine | None:
        """Take a line out; it can be put back until the basket is saved. None when it is not in it."""
        return self._mark(pk, timezone.now())

    def put_back(self, pk: int) -> BasketLine | None:
        """Put a line in again that was taken out. Raises BasketFull; None when it is not there any more."""
        return self._mark(pk, None)

    def forget_removed(self) -> None:
        """Lines that were taken out can no longer be put back."""
        self.lines.removed().delete()

    def sent_out(self, lines: list[int]) -> None:
        """These lines went to their producers with the message. The terms stay for the next time."""
        self.lines.filter(pk__in=lines).delete()
        self.forget_removed()
        self.message, self.wanted_on, self.campaigns = "", None, []
        self.save(update_fields=["message", "wanted_on", "campaigns"])
        self.touch()

    def keep_request(self, typed: dict[str, list[str]]) -> None:
        """Keep a buying request that cannot be handed in yet, in place of the one before; {} keeps none."""
        with transaction.atomic():
            self.lock()
            self.request_draft = typed
            self.save(update_fields=["request_draft"])
            self.touch()

    def touch(self) -> None:
        """It was worked on: a visitor's is kept for 30 days from now."""
        self.changed_at = timezone.now()
        self.save(update_fields=["changed_at"])

    def await_login_of(self, user: User) -> None:
        """Its visitor registers as `user`: their first sign-in, from whatever browser, finds it."""
        if self.user_id is None:
            self.awaits = user
            self.save(update_fields=["awaits"])

    def take_over(self, other: Basket) -> None:
        """Everything that a newer basket says, which then is gone. Both are locked by the caller."""
        for name in TERMS:
            setattr(self, name, getattr(other, name) or getattr(self, name))
        for name in CHOSEN:
            setattr(self, name, list(dict.fromkeys([*getattr(other, name), *getattr(self, name)]))[:MOST_CERTIFICATES])
        self.message = _both(self.message, other.message)
        self.request_draft = other.request_draft or self.request_draft
        self.changed_at = timezone.now()
        self.save()
        known = {line.product_id: line for line in self.lines.all()}
        for line in other.lines.in_it():
            if older := known.get(line.product_id):
                line.fill_from(older)
                older.delete()
            line.basket = self
            line.save()
        other.delete()

    def _mark(self, pk: int, removed_at: datetime.datetime | None) -> BasketLine | None:
        with transaction.atomic():
            self.lock()
            line = self.lines.select_related("product__producer").filter(pk=pk).first()
            if line is not None and line.removed_at is not None and removed_at is None:
                self._refuse_if_full(line.product)
            if line is not None:
                line.removed_at = removed_at
                line.save(update_fields=["removed_at"])
                self.touch()
        return line

    def lock(self) -> None:
        """Wait for whoever works on it. Raises BasketGone when it became part of a person's own meanwhile."""
        if not Basket.objects.select_for_update().filter(pk=self.pk).values_list("pk", flat=True).first():
            raise BasketGone(_("This basket is now in the account that you signed in to. Open it there."))

    def _refuse_if_full(self, product: Product) -> None:
        producers = list(self.lines.in_it().values_list("product__producer", flat=True))
        if len(producers) >= MOST_LINES:
            raise BasketFull(
                _("The basket holds at most %(most)d products. Send it or take some out first.") % {"most": MOST_LINES}
            )
        if len({*producers, product.producer_id}) > MOST_PRODUCERS:
            raise BasketFull(
                _("The basket holds products of at most %(most)d producers. Send it or take some out first.")
                % {"most": MOST_PRODUCERS}
            )


def hash_of(key: str) -> str:
    """How a visitor's key stands in the table."""
    return hashlib.sha256(key.encode()).hexdigest()


def _both(older: str, newer: str) -> str:
    """Two messages: the newer one first, the older one below it where there is room."""
    if not older or not newer or older == newer:
        return newer or older
    both = f"{newer}\n\n{older}"
    return both if len(both) <= LONGEST_MESSAGE else newer

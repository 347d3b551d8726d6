"""Price offers: what one unit costs under which Incoterm, where, from which quantity, until when."""

from __future__ import annotations

import datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from catalog.models.reference import Incoterm
from catalog.offers import MAX_VALID_DAYS, last_day_allowed
from kit.money import CURRENCY_CHOICES
from kit.text import validate_text

EXACTLY_ONE_HOLDER = models.Q(product__isnull=False, revision__isnull=True) | models.Q(
    product__isnull=True, revision__isnull=False
)


class PriceOffer(models.Model):
    """A price per unit under an Incoterms 2020 rule at a named place. Belongs to one product or one revision."""

    product = models.ForeignKey(
        "catalog.Product", on_delete=models.CASCADE, null=True, blank=True, related_name="offers"
    )
    revision = models.ForeignKey(
        "catalog.ProductRevision", on_delete=models.CASCADE, null=True, blank=True, related_name="offers"
    )
    incoterm = models.ForeignKey(Incoterm, on_delete=models.PROTECT, related_name="+", verbose_name=_("Incoterm"))
    place = models.CharField(_("named place"), max_length=80, validators=[validate_text])
    currency = models.CharField(_("currency"), max_length=3, choices=CURRENCY_CHOICES, default="USD")
    unit_price = models.DecimalField(
        _("price per unit"), max_digits=14, decimal_places=4, validators=[MinValueValidator(Decimal("0.0001"))]
    )
    from_quantity = models.DecimalField(
        _("from quantity"), max_digits=12, decimal_places=2, validators=[MinValueValidator(Decimal("0.01"))]
    )
    valid_until = models.DateField(_("valid until"))

    class Meta:
        verbose_name = _("price offer")
        verbose_name_plural = _("price offers")
        ordering = ["incoterm", "place", "currency", "from_quantity", "pk"]
        constraints = [
            models.CheckConstraint(condition=EXACTLY_ONE_HOLDER, name="catalog_priceoffer_one_holder"),
            models.CheckConstraint(
                condition=models.Q(unit_price__gt=0),
                name="catalog_priceoffer_price_positive",
                violation_error_message=_("The price is above zero."),
            ),
            models.CheckConstraint(
                condition=models.Q(from_quantity__gt=0),
                name="catalog_priceoffer_quantity_positive",
                violation_error_message=_("The quantity is above zero."),
            ),
            models.UniqueConstraint(
                fields=["product", "incoterm", "place", "currency", "from_quantity"],
                name="catalog_priceoffer_once_product",
                violation_error_message=_("This rule, place and quantity already has a price."),
            ),
            models.UniqueConstraint(
                fields=["revision", "incoterm", "place", "currency", "from_quantity"],
                name="catalog_priceoffer_once_revision",
                violation_error_message=_("This rule, place and quantity already has a price."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.incoterm_id} {self.place} {self.currency} {self.unit_price}"

    def clean(self) -> None:
        """A price holds for at most 180 days from the day on which it is given (UTC)."""
        last = last_day_allowed(timezone.now().date())
        if self.valid_until and self.valid_until > last:
            sentence = _("A price holds for at most %(days)d days: until %(last)s.")
            params = {"days": MAX_VALID_DAYS, "last": date_format(last)}
            raise ValidationError({"valid_until": ValidationError(sentence, code="valid_too_long", params=params)})

    def is_expired(self, today: datetime.date | None = None) -> bool:
        """Has its last day passed (UTC day)? An expired price is shown as "on request"."""
        return self.valid_until < (today or timezone.now().date())

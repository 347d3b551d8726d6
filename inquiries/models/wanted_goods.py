"""What an importer wants who did not find it: the goods, how much of them, where to, and on which terms."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxLengthValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalog.models import Category, Commodity, HSCode, Unit
from inquiries.models.asked_terms import WantedTerms, certificate_code
from inquiries.models.buying_request_state import (
    LONGEST_SPECIFICATION,
    LONGEST_TITLE,
    MOST_CERTIFICATES,
    Frequency,
)
from kit.countries import validate_country
from kit.languages import CONTENT_LANGUAGE_NAMES, CONTENT_LANGUAGES
from kit.text import validate_name, validate_text


class WantedGoods(WantedTerms):
    """The content of a request, coded as far as it goes: so each reader has it in their language. The rest as written.

    `quantity` is in `unit`, at each `frequency`; `target_price` is per unit. `country` is where the goods go, any
    country; `language` is that of the texts. `hs` has 2, 4 or 6 digits. `certificates` are codes of their types.
    """

    CONTENT: ClassVar[tuple[str, ...]] = (
        "title", "category", "commodity", "hs", "quantity", "unit", "frequency", "specification", "certificates",
        "incoterm", "place", "country", "destination_port", "target_price", "currency", "deadline", "language",
    )  # fmt: skip

    title = models.CharField(_("what is wanted"), max_length=LONGEST_TITLE, validators=[validate_name])
    category = models.ForeignKey(
        Category, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("category")
    )
    commodity = models.ForeignKey(
        Commodity, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("commodity")
    )
    hs = models.ForeignKey(
        HSCode, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("HS code")
    )
    quantity = models.DecimalField(
        _("quantity"), max_digits=12, decimal_places=2, validators=[MinValueValidator(Decimal("0.01"))]
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("unit"))
    frequency = models.CharField(_("how often"), max_length=5, choices=Frequency.choices, default=Frequency.ONCE)
    specification = models.TextField(
        _("specification"),
        max_length=LONGEST_SPECIFICATION,
        blank=True,
        validators=[validate_text, MaxLengthValidator(LONGEST_SPECIFICATION)],
    )
    certificates = ArrayField(
        certificate_code(),
        verbose_name=_("wanted certificates"),
        default=list,
        blank=True,
        size=MOST_CERTIFICATES,
    )
    country = models.CharField(
        _("destination"), max_length=2, validators=[validate_country], help_text=_("ISO 3166-1 alpha-2")
    )
    deadline = models.DateField(_("deadline"), help_text=_("Last day (UTC)"))
    language = models.CharField(
        _("language of the texts"),
        max_length=2,
        choices=[(key, CONTENT_LANGUAGE_NAMES[key]) for key in CONTENT_LANGUAGES],
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(quantity__gt=0),
                name="inquiries_request_quantity_positive",
                violation_error_message=_("The quantity is above zero."),
            ),
            models.CheckConstraint(
                condition=Q(target_price__isnull=True) | (Q(target_price__gt=0) & ~Q(currency="")),
                name="inquiries_request_price_has_currency",
                violation_error_code="price_currency",
                violation_error_message=_("The target price is above zero and needs its currency."),
            ),
        ]

    @property
    def hs_prefix(self) -> str:
        """The digits that were asked for, of the HS code or of the commodity's; "" when there are words only."""
        return self.hs_id or (self.commodity.hs6_id if self.commodity else "")

"""What a producer offers in answer to an enquiry: versions, each a whole of its own."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from decimal import Decimal

from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from accounts.workflow import Refused
from catalog.loading import loading_of
from catalog.models import Incoterm, Product, Unit
from inquiries.models.message import LANGUAGE_CHOICES
from kit.fields import TranslatedField
from kit.money import CURRENCY_CHOICES
from kit.text import validate_text

LONGEST_VALIDITY_DAYS = 180
LONGEST_NOTE = 2000
MOST_LINES = 50


class PaymentTerms(models.TextChoices):
    """How the buyer pays, in the words of trade."""

    TT_ADVANCE = "tt_advance", pgettext_lazy("payment", "T/T in advance")
    TT_DEPOSIT = "tt_deposit", pgettext_lazy("payment", "T/T, a deposit and the rest before shipment")
    TT_DOCUMENTS = "tt_documents", pgettext_lazy("payment", "T/T, a deposit and the rest against copies of documents")
    LC_SIGHT = "lc_sight", pgettext_lazy("payment", "L/C at sight, irrevocable")
    LC_USANCE = "lc_usance", pgettext_lazy("payment", "L/C with a term, irrevocable")
    DP = "dp", pgettext_lazy("payment", "documents against payment (D/P)")
    OPEN_ACCOUNT = "open_account", pgettext_lazy("payment", "open account")
    AGREED = "agreed", pgettext_lazy("payment", "to be agreed")


class QuotationQuerySet(models.QuerySet["Quotation"]):
    """Words about quotations."""

    def latest_of_each(self) -> QuotationQuerySet:
        """The newest version of each enquiry: the one that can be accepted."""
        newer = self.model.objects.filter(enquiry=models.OuterRef("enquiry"), version__gt=models.OuterRef("version"))
        return self.filter(~models.Exists(newer))

    def for_showing(self) -> QuotationQuerySet:
        """With all that its table shows. Two queries."""
        return self.select_related("incoterm", "enquiry__producer", "enquiry__importer").prefetch_related(
            "lines__unit", "lines__product__commodity"
        )


class Quotation(models.Model):
    """One version of an offer; never changed, a new version takes its place. Prices are per unit in `currency`."""

    enquiry = models.ForeignKey(
        "inquiries.Enquiry", on_delete=models.CASCADE, related_name="quotations", verbose_name=_("enquiry")
    )
    version = models.PositiveSmallIntegerField(_("version"), default=1, editable=False)
    incoterm = models.ForeignKey(Incoterm, on_delete=models.PROTECT, related_name="+", verbose_name=_("Incoterm"))
    place = models.CharField(_("named place"), max_length=80, validators=[validate_text])
    currency = models.CharField(_("currency"), max_length=3, choices=CURRENCY_CHOICES, default="USD")
    valid_until = models.DateField(_("valid until"))
    lead_time_days = models.PositiveSmallIntegerField(
        _("lead time (days)"), validators=[MinValueValidator(1), MaxValueValidator(730)]
    )
    payment_terms = models.CharField(_("payment"), max_length=14, choices=PaymentTerms.choices)
    deposit_percent = models.PositiveSmallIntegerField(
        _("deposit (%)"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    payment_days = models.PositiveSmallIntegerField(
        _("term of payment (days)"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(365)]
    )
    packing_note = models.CharField(_("packing"), max_length=300, blank=True, validators=[validate_text])
    note = models.TextField(
        _("note"), max_length=LONGEST_NOTE, blank=True, validators=[validate_text, MaxLengthValidator(LONGEST_NOTE)]
    )
    language = models.CharField(_("language of the notes"), max_length=2, choices=LANGUAGE_CHOICES, default="id")
    created_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, editable=False, related_name="+", verbose_name=_("quoted by")
    )
    created_at = models.DateTimeField(_("quoted"), auto_now_add=True)

    objects = QuotationQuerySet.as_manager()

    class Meta:
        verbose_name = _("quotation")
        verbose_name_plural = _("quotations")
        ordering = ["enquiry", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["enquiry", "version"], name="inquiries_quotation_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.number}"

    @property
    def number(self) -> str:
        """How people name it: the enquiry's number and the version."""
        return f"{self.enquiry.number}-Q{self.version}"

    def is_lapsed(self, today: datetime.date | None = None) -> bool:
        """Has its last day passed (UTC day)?"""
        return self.valid_until < (today or timezone.now().date())

    def refuse_unfit(self, lines: Sequence[QuotationLine], *, producer_id: int) -> None:
        """Raises Refused (nothing_quoted, quotation_lapsed, other_producer)."""
        if not lines:
            raise Refused(_("A quotation needs at least one product."), code="nothing_quoted")
        if self.is_lapsed():
            raise Refused(_("Its last day is past."), code="quotation_lapsed")
        if any(line.product is not None and line.product.producer_id != producer_id for line in lines):
            raise Refused(_("Only your own products can be quoted."), code="other_producer")

    def keep(self, lines: Sequence[QuotationLine]) -> None:
        """Write it down with its lines, and with what their products say now of their packing."""
        self.save(force_insert=True)
        for position, line in enumerate(lines, 1):
            line.quotation, line.position = self, position
            line.keep_facts()
        QuotationLine.objects.bulk_create(lines)

    def total(self) -> Decimal:
        """Its lines' amounts in `currency`, all of them in this one currency; 4 decimals at most."""
        return sum((line.amount() for line in self.lines.all()), Decimal(0))


class QuotationLine(models.Model):
    """One product of a quotation. Packing is kept as it was offered: the product may change."""

    quotation = models.ForeignKey(
        Quotation, on_delete=models.CASCADE, related_name="lines", verbose_name=_("quotation")
    )
    position = models.PositiveSmallIntegerField(_("position"))
    product = models.ForeignKey(
        Product, on_delete=models.SET_NULL, null=True, related_name="quotation_lines", verbose_name=_("product")
    )
    title = TranslatedField(_("title"), max_length=120)
    quantity = models.DecimalField(
        _("quantity"), max_digits=12, decimal_places=2, validators=[MinValueValidator(Decimal("0.01"))]
    )
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("unit")
    )
    unit_price = models.DecimalField(
        _("price per unit"), max_digits=14, decimal_places=4, validators=[MinValueValidator(Decimal("0.0001"))]
    )
    units_per_carton = models.DecimalField(
        _("units per carton"), max_digits=10, decimal_places=2, null=True, blank=True, editable=False
    )
    carton_cbm = models.DecimalField(
        _("volume of a carton (m³)"), max_digits=8, decimal_places=3, null=True, blank=True, editable=False
    )
    carton_gross_kg = models.DecimalField(
        _("gross weight of a carton (kg)"), max_digits=8, decimal_places=3, null=True, blank=True, editable=False
    )

    class Meta:
        verbose_name = _("line of a quotation")
        verbose_name_plural = _("lines of quotations")
        ordering = ["quotation", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["quotation", "position"], name="inquiries_quotationline_position_once"),
            models.CheckConstraint(
                condition=models.Q(quantity__gt=0, unit_price__gt=0),
                name="inquiries_quotationline_above_zero",
                violation_error_message=_("Quantity and price are above zero."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quotation_id} {self.position}"

    def amount(self) -> Decimal:
        """Quantity × price, in the quotation's currency; not rounded."""
        return self.quantity * self.unit_price

    def keep_facts(self) -> None:
        """Write down what the product says now of its title, its unit and its cartons."""
        product = self.product
        if product is None:
            return
        self.title, self.unit = product.title, product.unit
        self.units_per_carton, self.carton_gross_kg = product.units_per_carton, product.gross_kg
        self.carton_cbm = loading_of(product, []).cbm

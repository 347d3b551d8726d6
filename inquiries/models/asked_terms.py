"""What an importer asks about one product: coded, so that each side reads it in its own language."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.models import Incoterm
from catalog.vocabulary import vocabulary
from kit.money import CURRENCY_CHOICES
from kit.text import validate_text

MOST_SAMPLES = 999
MOST_CERTIFICATES = 20
LONGEST_NOTE = 1000


def validate_certificate_codes(codes: object) -> None:
    """Refuse what is not the code of a certificate type."""
    given = set(codes) if isinstance(codes, list) else set()
    if given and (wrong := given - set(vocabulary().certificate_types)):
        raise ValidationError(
            _("Unknown kind of certificate: %(codes)s."),
            code="certificate_type",
            params={"codes": ", ".join(sorted(map(str, wrong)))},
        )


def certificate_code() -> models.CharField[str, str]:
    """A field for one code of a certificate type."""
    return models.CharField(max_length=20, validators=[RegexValidator(r"^[-a-zA-Z0-9_]+\Z")])


def _above_zero(name: str, message: Any) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=models.Q(**{f"{name}__isnull": True}) | models.Q(**{f"{name}__gt": 0}),
        name=f"%(app_label)s_%(class)s_{name}_positive",
        violation_error_message=message,
    )


class WantedTerms(models.Model):
    """The terms that somebody has in mind: `target_price` per unit, in `currency`, and an Incoterm with its place."""

    target_price = models.DecimalField(
        _("target price per unit"),
        max_digits=14,
        decimal_places=4,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal("0.0001"))],
    )
    currency = models.CharField(_("currency"), max_length=3, blank=True, choices=CURRENCY_CHOICES)
    incoterm = models.ForeignKey(
        Incoterm, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Incoterm")
    )
    place = models.CharField(_("named place"), max_length=80, blank=True, validators=[validate_text])
    destination_port = models.CharField(
        _("port or city of destination"), max_length=80, blank=True, validators=[validate_text]
    )

    class Meta:
        abstract = True


class AskedTerms(WantedTerms):
    """The terms of one line. Each may be left out: then the terms given for the whole hold.

    `quantity` is in the product's own unit, `target_price` per that unit; `certificates` are codes of
    certificate types.
    """

    quantity = models.DecimalField(
        _("quantity"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal("0.01"))],
    )
    certificates = ArrayField(
        certificate_code(),
        verbose_name=_("wanted certificates"),
        default=list,
        blank=True,
        size=MOST_CERTIFICATES,
        validators=[validate_certificate_codes],
    )
    samples = models.PositiveSmallIntegerField(
        _("samples"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_SAMPLES)],
    )
    note = models.TextField(
        _("note"), max_length=LONGEST_NOTE, blank=True, validators=[validate_text, MaxLengthValidator(LONGEST_NOTE)]
    )

    TERMS: ClassVar[tuple[str, ...]] = (
        "quantity",
        "target_price",
        "currency",
        "incoterm_id",
        "place",
        "destination_port",
        "certificates",
        "samples",
        "note",
    )

    class Meta:
        abstract = True
        constraints = [
            _above_zero("quantity", _("The quantity is above zero.")),
            _above_zero("target_price", _("The target price is above zero.")),
            models.CheckConstraint(
                condition=models.Q(target_price__isnull=True) | ~models.Q(currency=""),
                name="%(app_label)s_%(class)s_price_has_currency",
                violation_error_code="price_currency",
                violation_error_message=_("The target price needs its currency."),
            ),
        ]

    def terms(self) -> dict[str, Any]:
        """What was asked, as keyword arguments for another row of asked terms."""
        return {name: getattr(self, name) for name in self.TERMS}

"""The export passport: what a product says. Shared by the public product and its revisions."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models.functions import Length
from django.db.models.lookups import GreaterThan
from django.utils.translation import gettext_lazy as _

from catalog.models.reference import AttributeTemplate, Category, Commodity, HSCode, Unit
from catalog.target_markets import validate_target_market
from kit.fields import TranslatedField
from kit.languages import Picked, pick
from kit.money import CURRENCY_CHOICES
from kit.text import validate_text


class BusinessModel(models.TextChoices):
    BRAND = "brand", _("own brand")
    OEM = "oem", _("made to the buyer's design (OEM)")
    ODM = "odm", _("our design under the buyer's brand (ODM)")


def positive(name: str, message: str | Any) -> models.CheckConstraint:
    """A CHECK that a number is above zero when it is given."""
    return models.CheckConstraint(
        condition=models.Q(**{f"{name}__isnull": True}) | models.Q(**{f"{name}__gt": 0}),
        name=f"%(app_label)s_%(class)s_{name}_positive",
        violation_error_message=message,
    )


def decimal_field(label: Any, digits: int, places: int, **kwargs: Any) -> models.DecimalField[Any, Any]:
    """An optional number above zero."""
    return models.DecimalField(
        label,
        max_digits=digits,
        decimal_places=places,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(10) ** -places)],
        **kwargs,
    )


class Passport(models.Model):
    """The content of a product. Required facts are asked at submit, not here: a draft may be incomplete.

    Quantities are in `unit`; weights in kg, lengths in cm, times in days.
    """

    HOLDER: ClassVar[str]  # the name of the foreign key by which offers and photos are held

    title = TranslatedField(_("title"), max_length=120)
    summary = TranslatedField(_("summary"), max_length=300)
    description = TranslatedField(_("description"), max_length=5000)
    category = models.ForeignKey(
        Category, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("category")
    )
    commodity = models.ForeignKey(
        Commodity, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("commodity")
    )
    hs6 = models.ForeignKey(
        HSCode, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("HS code")
    )
    attributes = models.JSONField(_("attributes"), default=dict, blank=True)

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("unit")
    )
    moq = decimal_field(_("minimum order quantity (MOQ)"), 12, 2)
    capacity_per_month = decimal_field(_("capacity per month"), 14, 2)
    lead_time_days = models.PositiveSmallIntegerField(
        _("lead time (days)"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(730)]
    )
    sample_quantity = decimal_field(_("sample quantity"), 10, 2)
    sample_price = models.DecimalField(
        _("price of the sample"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0))],
    )
    sample_currency = models.CharField(_("currency of the sample"), max_length=3, blank=True, choices=CURRENCY_CHOICES)
    sample_days = models.PositiveSmallIntegerField(
        _("days until the sample is sent"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(365)],
    )
    sample_note = TranslatedField(_("note on samples"), max_length=300)

    units_per_carton = decimal_field(_("units per carton"), 10, 2)
    carton_length_cm = decimal_field(_("carton length (cm)"), 6, 1)
    carton_width_cm = decimal_field(_("carton width (cm)"), 6, 1)
    carton_height_cm = decimal_field(_("carton height (cm)"), 6, 1)
    gross_kg = decimal_field(_("gross weight of a carton (kg)"), 8, 3)
    net_kg = decimal_field(_("net weight of a carton (kg)"), 8, 3)
    packing_note = TranslatedField(_("note on packing"), max_length=300)

    materials = TranslatedField(_("materials"), max_length=300)
    materials_origin = TranslatedField(_("origin of materials"), max_length=200)
    shelf_life_days = models.PositiveSmallIntegerField(
        _("shelf life (days)"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(7300)]
    )
    storage = TranslatedField(_("storage"), max_length=200)
    brand = models.CharField(_("brand"), max_length=80, blank=True, validators=[validate_text])
    business_models = ArrayField(
        models.CharField(max_length=5, choices=BusinessModel.choices),
        verbose_name=_("brand, OEM or ODM"),
        default=list,
        blank=True,
    )
    target_markets = ArrayField(
        models.CharField(max_length=2, validators=[validate_target_market]),
        verbose_name=_("target markets"),
        default=list,
        blank=True,
        help_text=_("ISO 3166-1 alpha-2 codes"),
    )
    confirmed_on = models.DateField(_("facts confirmed on"), null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            positive("moq", _("The minimum order is above zero.")),
            positive("capacity_per_month", _("The capacity is above zero.")),
            positive("lead_time_days", _("The lead time is at least one day.")),
            positive("units_per_carton", _("A carton holds at least one unit.")),
            positive("carton_length_cm", _("The carton's length is above zero.")),
            positive("carton_width_cm", _("The carton's width is above zero.")),
            positive("carton_height_cm", _("The carton's height is above zero.")),
            positive("gross_kg", _("The gross weight is above zero.")),
            positive("net_kg", _("The net weight is above zero.")),
            models.CheckConstraint(
                condition=models.Q(net_kg__isnull=True)
                | models.Q(gross_kg__isnull=True)
                | models.Q(net_kg__lte=models.F("gross_kg")),
                name="%(app_label)s_%(class)s_net_within_gross",
                violation_error_code="net_within_gross",
                violation_error_message=_("The net weight is not above the gross weight."),
            ),
            models.CheckConstraint(
                condition=models.Q(sample_price__isnull=True) | ~models.Q(sample_currency=""),
                name="%(app_label)s_%(class)s_sample_currency",
                violation_error_code="sample_currency",
                violation_error_message=_("The price of the sample needs its currency."),
            ),
            models.CheckConstraint(
                condition=models.Q(hs6__isnull=True) | models.Q(GreaterThan(Length(models.F("hs6")), 5)),
                name="%(app_label)s_%(class)s_hs6_has_six_digits",
                violation_error_code="hs6",
                violation_error_message=_("The HS code has 6 digits."),
            ),
            models.CheckConstraint(
                condition=models.Q(business_models__contained_by=[model.value for model in BusinessModel]),
                name="%(app_label)s_%(class)s_business_models",
                violation_error_message=_("Choose among own brand, OEM and ODM."),
            ),
        ]

    @classmethod
    def content_fields(cls) -> list[models.Field[Any, Any]]:
        """The fields of the passport itself, in order: what a revision copies."""
        names = {field.name for field in Passport._meta.get_fields()}
        return [field for field in cls._meta.concrete_fields if field.name in names]

    def copy_fields_from(self, other: Passport) -> None:
        """Take over every passport field of `other` (offers and photos are copied by the verbs)."""
        for field in self.content_fields():
            setattr(self, field.attname, getattr(other, field.attname))

    @property
    def title_text(self) -> Picked:
        """The title for the reader, with the language it is in."""
        return pick(self.title)

    @property
    def template(self) -> AttributeTemplate | None:
        """The attribute template of the category, else of its parent; None without either."""
        if self.category is None:
            return None
        return self.category.template or (self.category.parent.template if self.category.parent else None)

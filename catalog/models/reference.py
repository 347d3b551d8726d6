"""Reference data of the trade, loaded by `load_reference` and edited by staff."""

from __future__ import annotations

import datetime
from decimal import Decimal

from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from kit.fields import TranslatedField
from kit.languages import pick
from kit.units import SPACE


class AttributeTemplate(models.Model):
    """The typed facts that a kind of product states, e.g. footwear: upper, sole, sizes."""

    slug = models.SlugField(_("code"), max_length=40, primary_key=True)
    name = TranslatedField(_("name"), max_length=80, blank=False)

    class Meta:
        verbose_name = _("attribute template")
        verbose_name_plural = _("attribute templates")
        ordering = ["slug"]

    def __str__(self) -> str:
        return pick(self.name).text or self.slug


class AttributeKind(models.TextChoices):
    TEXT = "text", _("text")
    NUMBER = "number", _("number")
    INTEGER = "integer", _("whole number")
    CHOICE = "choice", _("one of a list")
    CHOICES = "choices", _("several of a list")
    YES_NO = "yes_no", _("yes or no")


class AttributeField(models.Model):
    """One fact of a template. `choices` is [{"value": …, "label": {"id": …, "en": …}}]; `unit` is shown as written."""

    template = models.ForeignKey(
        AttributeTemplate, on_delete=models.CASCADE, related_name="fields", verbose_name=_("template")
    )
    key = models.SlugField(_("code"), max_length=40, validators=[RegexValidator(r"^[a-z][a-z0-9_]*\Z")])
    label = TranslatedField(_("label"), max_length=80, blank=False)
    hint = TranslatedField(_("hint"), max_length=160)
    kind = models.CharField(_("kind"), max_length=10, choices=AttributeKind.choices, default=AttributeKind.TEXT)
    unit = models.CharField(_("unit"), max_length=12, blank=True)
    choices = models.JSONField(_("choices"), default=list, blank=True)
    required = models.BooleanField(_("required to submit"), default=False)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("attribute")
        verbose_name_plural = _("attributes")
        ordering = ["template", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["template", "key"], name="catalog_attributefield_once"),
        ]

    def __str__(self) -> str:
        return pick(self.label).text or self.key


class CategoryQuerySet(models.QuerySet["Category"]):
    """Words about categories."""

    def top(self) -> CategoryQuerySet:
        """The upper of the two levels."""
        return self.filter(parent__isnull=True)


class Category(models.Model):
    """A shelf of the catalogue; two levels. `template` of a lower one falls back to its parent's."""

    slug = models.SlugField(_("code"), max_length=50, unique=True)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("parent")
    )
    name = TranslatedField(_("name"), max_length=80, blank=False)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    icon = models.SlugField(_("icon"), max_length=40, blank=True)
    template = models.ForeignKey(
        AttributeTemplate,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="categories",
        verbose_name=_("attribute template"),
    )
    may_be_promoted = models.BooleanField(
        _("may be promoted"), default=True, help_text=_("Off for tobacco and alcohol: never on the home page.")
    )
    notice = TranslatedField(_("notice shown on its products"), max_length=300)

    objects = CategoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        ordering = ["position", "slug"]

    def __str__(self) -> str:
        return pick(self.name).text or self.slug


class HSCode(models.Model):
    """A code of the Harmonized System 2022: chapter (2 digits), heading (4) or subheading (6)."""

    code = models.CharField(_("code"), max_length=6, primary_key=True)
    level = models.PositiveSmallIntegerField(_("digits"), choices=[(2, "2"), (4, "4"), (6, "6")])
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    name = models.CharField(_("name"), max_length=600)

    class Meta:
        verbose_name = _("HS code")
        verbose_name_plural = _("HS codes")
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.dotted} {self.name}"

    @property
    def dotted(self) -> str:
        """As customs write it: 640399 → 6403.99."""
        return f"{self.code[:4]}.{self.code[4:]}" if len(self.code) > 4 else self.code


class Commodity(models.Model):
    """A concept of the trade thesaurus. `synonyms` is {"es": ["ojotas", …], …}: for search, never shown."""

    slug = models.SlugField(_("code"), max_length=60, unique=True)
    name = TranslatedField(_("name"), max_length=120, blank=False)
    synonyms = models.JSONField(_("synonyms"), default=dict, blank=True)
    hs6 = models.ForeignKey(HSCode, on_delete=models.PROTECT, related_name="commodities", verbose_name=_("HS code"))
    category = models.ForeignKey(
        Category, on_delete=models.PROTECT, related_name="commodities", verbose_name=_("category")
    )

    class Meta:
        verbose_name = _("commodity")
        verbose_name_plural = _("commodities")
        ordering = ["slug"]

    def __str__(self) -> str:
        return pick(self.name).text or self.slug


COUNTED = ("piece", "pack")


class Unit(models.Model):
    """A unit of UN/ECE Recommendation 20 or 21 (pair: PR, kilogram: KGM, carton: XCT)."""

    code = models.CharField(_("code"), max_length=3, primary_key=True)
    symbol = models.CharField(_("symbol"), max_length=12)
    name = TranslatedField(_("name"), max_length=60, blank=False)
    kind = models.CharField(
        _("kind"),
        max_length=8,
        choices=[
            ("piece", _("pieces")),
            ("mass", _("mass")),
            ("length", _("length")),
            ("area", _("area")),
            ("volume", _("volume")),
            ("pack", _("packs")),
        ],
    )

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        ordering = ["kind", "code"]

    def __str__(self) -> str:
        return pick(self.name).text or self.code

    @property
    def is_counted(self) -> bool:
        """Is it ordered in whole numbers? Pieces and packs are; what is weighed or measured has decimals."""
        return self.kind in COUNTED


class Incoterm(models.Model):
    """A rule of Incoterms 2020 (a trademark of ICC)."""

    code = models.CharField(_("code"), max_length=3, primary_key=True)
    name = models.CharField(_("name"), max_length=60)
    sea_only = models.BooleanField(_("sea and inland waterway only"), default=False)
    seller_pays_main_carriage = models.BooleanField(_("seller pays main carriage"), default=False)
    seller_insures = models.BooleanField(_("seller insures"), default=False)
    place_kind = models.CharField(_("named place"), max_length=60)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("Incoterm")
        verbose_name_plural = _("Incoterms")
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Container(models.Model):
    """A sea container with planning figures: usable volume (m³) and greatest payload (kg)."""

    code = models.CharField(_("code"), max_length=4, primary_key=True)
    name = models.CharField(_("name"), max_length=60)
    usable_cbm = models.DecimalField(_("usable volume (m³)"), max_digits=6, decimal_places=3)
    max_payload_kg = models.PositiveIntegerField(_("greatest payload (kg)"))
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("container")
        verbose_name_plural = _("containers")
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return self.name

    @property
    def size(self) -> str:
        """As bills of lading write it in every language: “20′ GP”."""
        return f"{self.code[:2]}′{SPACE}{self.code[2:]}"


class ExchangeRate(models.Model):
    """US dollars for one unit of a currency on a day, kept by staff with its source."""

    currency = models.CharField(_("currency"), max_length=3, help_text=_("ISO 4217"))
    day = models.DateField(_("day"))
    usd = models.DecimalField(
        _("USD for one unit"), max_digits=18, decimal_places=10, validators=[MinValueValidator(0.0000000001)]
    )
    source = models.CharField(_("source"), max_length=200)
    is_demo = models.BooleanField(_("demonstration figure"), default=False)

    class Meta:
        verbose_name = _("exchange rate")
        verbose_name_plural = _("exchange rates")
        ordering = ["currency", "-day"]
        constraints = [
            models.UniqueConstraint(
                fields=["currency", "day"],
                name="catalog_exchangerate_once",
                violation_error_message=_("There is a rate of this currency and day."),
            ),
            models.CheckConstraint(
                condition=models.Q(usd__gt=0),
                name="catalog_exchangerate_positive",
                violation_error_message=_("A rate is above zero."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.currency} {self.day:%Y-%m-%d}"

    @classmethod
    def newest(cls, day: datetime.date) -> dict[str, Decimal]:
        """Each currency's newest rate up to `day`; the US dollar is 1."""
        return {**dict(cls.newest_rows(day).values_list("currency", "usd")), "USD": Decimal(1)}

    @classmethod
    def newest_rows(cls, day: datetime.date) -> models.QuerySet[ExchangeRate]:
        """The same with source and day."""
        return cls.objects.filter(day__lte=day).order_by("currency", "-day").distinct("currency")


class ExportFigure(models.Model):
    """An export value as it was published, with its exact text (Kota Mojokerto 2021). Never added up."""

    place = models.CharField(_("place"), max_length=80)
    year = models.PositiveSmallIntegerField(_("year"))
    name_id = models.CharField(_("product (Indonesian)"), max_length=120)
    name_en = models.CharField(_("product (English)"), max_length=120)
    commodity = models.ForeignKey(
        Commodity, on_delete=models.SET_NULL, null=True, blank=True, verbose_name=_("commodity")
    )
    value_as_published = models.CharField(_("value as published"), max_length=60)
    amount = models.DecimalField(_("amount"), max_digits=18, decimal_places=2, null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3)
    destination_note = models.TextField(_("destinations"), blank=True)
    ambiguity_note = models.TextField(_("what is uncertain"), blank=True)
    source = models.CharField(_("source"), max_length=200)

    class Meta:
        verbose_name = _("export figure")
        verbose_name_plural = _("export figures")
        ordering = ["place", "year", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["place", "year", "name_en"], name="catalog_exportfigure_once"),
        ]

    def __str__(self) -> str:
        return f"{self.place} {self.year}: {self.name_en}"

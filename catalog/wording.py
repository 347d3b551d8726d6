"""What a passport says, fact by fact, in the reader's words; works on snapshots (catalog/content.py)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils import formats
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog import attributes
from catalog.models import AttributeField, BusinessModel, Category, Commodity, HSCode, ProductRevision, Unit
from catalog.unit_names import quantity
from kit.countries import country_name
from kit.fields import TranslatedField
from kit.languages import CONTENT_LANGUAGE_NAMES, CONTENT_LANGUAGES, interface_language, pick
from kit.money import format_money
from kit.units import format_cm, format_kg, format_number

Snapshot = Mapping[str, Any]
LEFT_OUT = {"confirmed_on"}  # set by submitting, not a claim
PARTS = {"offers": gettext_lazy("Prices"), "photos": gettext_lazy("Photos")}
DAYS = {"lead_time_days", "sample_days", "shelf_life_days"}
PER_UNIT = {"moq", "capacity_per_month", "sample_quantity", "units_per_carton"}


@dataclass(frozen=True)
class Fact:
    """One line of a field. Facts of two contents are the same line when their keys are equal.

    `language` marks the text for readers and machines; `amount` is what a price may be compared by; `photo` is the
    key of a picture.
    """

    text: str
    key: str = ""
    label: str = ""
    language: str = ""
    amount: Decimal | None = None
    photo: str = ""


@dataclass(frozen=True)
class Wording:
    """The names behind the keys of some snapshots, read once."""

    categories: Mapping[int, str] = field(default_factory=dict)
    commodities: Mapping[int, str] = field(default_factory=dict)
    hs_codes: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    attributes: Mapping[str, AttributeField] = field(default_factory=dict)

    @classmethod
    def of(cls, *snapshots: Snapshot | None) -> Wording:
        """The names that these snapshots need. At most five queries."""
        given = [snapshot for snapshot in snapshots if snapshot]

        def values(name: str) -> set[Any]:
            return {snapshot.get(name) for snapshot in given} - {None, ""}

        templates = Category.objects.filter(pk__in=values("category")).values_list("template", "parent__template")
        codes = {own or parent for own, parent in templates}
        fields = AttributeField.objects.filter(template__in=codes - {None}).order_by("position", "pk")
        return cls(
            categories={row.pk: str(row) for row in Category.objects.filter(pk__in=values("category"))},
            commodities={row.pk: str(row) for row in Commodity.objects.filter(pk__in=values("commodity"))},
            hs_codes={row.pk: str(row) for row in HSCode.objects.filter(pk__in=values("hs6"))},
            units={row.pk: str(row) for row in Unit.objects.filter(pk__in=values("unit"))},
            attributes={row.key: row for row in fields},
        )

    def facts(self, name: str, content: Snapshot | None) -> list[Fact]:
        """The facts of one field; none when it is empty."""
        value = (content or {}).get(name)
        if content is None or value in (None, "", [], {}):
            return []
        if name == "offers":
            return [self._offer(offer, content) for offer in value]
        if name == "photos":
            return [Fact(pick(row["alt"]).text, key=row["photo"], photo=row["photo"]) for row in value]
        if name == "attributes":
            return list(self._attributes(value))
        if name == "target_markets":
            return [Fact(f"{country_name(code)} ({code})", key=code) for code in value]
        if name == "business_models":
            return [Fact(str(BusinessModel(code).label), key=code) for code in value]
        if isinstance(ProductRevision._meta.get_field(name), TranslatedField):
            return [
                Fact(value[key], key, str(CONTENT_LANGUAGE_NAMES[key]), interface_language(key))
                for key in CONTENT_LANGUAGES
                if value.get(key)
            ]
        return [Fact(self._scalar(name, value, content), language="en" if name == "hs6" else "")]

    def _scalar(self, name: str, value: Any, content: Snapshot) -> str:
        names: Mapping[str, Mapping[Any, str]] = {
            "category": self.categories,
            "commodity": self.commodities,
            "hs6": self.hs_codes,
            "unit": self.units,
        }
        if name in names:
            return names[name].get(value, str(value))
        if name in DAYS:
            return _("%(number)s days") % {"number": format_number(value)}
        if name in PER_UNIT:
            return quantity(Decimal(value), content.get("unit"))
        if name.endswith("_cm"):
            return format_cm(Decimal(value))
        if name.endswith("_kg"):
            return format_kg(Decimal(value))
        if name == "sample_price":
            return format_money(Decimal(value), content.get("sample_currency") or "")
        return str(value)

    def _attributes(self, values: Mapping[str, Any]) -> Iterable[Fact]:
        known = [key for key in self.attributes if key in values]
        for key in [*known, *(key for key in values if key not in self.attributes)]:
            described = self.attributes.get(key)
            text = attributes.shown_value(described, values[key]) if described else str(values[key])
            yield Fact(text, key=key, label=str(described or key))

    def _offer(self, offer: Mapping[str, Any], content: Snapshot) -> Fact:
        amount = Decimal(offer["unit_price"])
        until = formats.date_format(datetime.date.fromisoformat(offer["valid_until"]))
        return Fact(
            _("%(price)s until %(day)s") % {"price": format_money(amount, offer["currency"]), "day": until},
            key="|".join([offer["incoterm"], offer["place"], offer["currency"], offer["from_quantity"]]),
            label=_("%(rule)s %(place)s, from %(quantity)s")
            % {
                "rule": offer["incoterm"],
                "place": offer["place"],
                "quantity": quantity(Decimal(offer["from_quantity"]), content.get("unit")),
            },
            amount=amount,
        )


def field_names() -> list[str]:
    """The fields of a passport in the order of its pages, with "offers" and "photos"."""
    names = [one.attname.removesuffix("_id") for one in ProductRevision.content_fields()]
    names = [name for name in names if name not in LEFT_OUT | {"sample_currency"}]
    moq = names.index("moq")
    return [*names[:3], "photos", *names[3:moq], "offers", *names[moq:]]


def field_label(name: str) -> str:
    """What the field is called on a page; also of "certificates", which stand outside the revision."""
    if name in PARTS:
        return str(PARTS[name])
    if name == "certificates":
        return _("Certificates")
    return capfirst(str(ProductRevision._meta.get_field(name).verbose_name))  # type: ignore[union-attr]

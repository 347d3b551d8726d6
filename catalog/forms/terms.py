"""Trade terms: unit, minimum order, capacity, lead time, prices and samples."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from catalog.forms.offers import OfferRows, as_text, currency_choices, offer_rows
from catalog.forms.step import StepForm
from catalog.models import PriceOffer, ProductRevision, Unit
from kit.numbers import NumberField
from kit.units import is_whole

OFFERS = "offers"
IN_UNITS = ("moq", "capacity_per_month", "sample_quantity")
UNIT_PLACES = ", ".join(f"#id_{name} + span" for name in IN_UNITS)
OFFER_FIELDS = ("incoterm", "place", "currency", "unit_price", "from_quantity", "valid_until")


def quantity(label: Any, digits: int, *, least: str = "0.01", needed: bool = False) -> NumberField:
    """A number above zero in the unit of the product."""
    attrs = {"data-needed": "1"} if needed else {}
    return NumberField(
        label=label,
        required=False,
        max_digits=digits,
        decimal_places=2,
        min_value=Decimal(least),
        widget=forms.TextInput(attrs=attrs),
    )


class TermsForm(StepForm):
    """The second step; `offers` are its rows, saved with it."""

    name: ClassVar[str] = "terms"

    unit = forms.ModelChoiceField(
        Unit.objects.all(),
        required=False,
        empty_label=_("Choose …"),
        label=_("Unit"),
        help_text=_("What you count: minimum order, capacity and prices are in it."),
        widget=forms.Select(attrs={"data-needed": "1", "data-unit-for": UNIT_PLACES}),
    )
    moq = quantity(_("Minimum order (MOQ)"), 12, needed=True)
    capacity_per_month = quantity(_("Capacity per month"), 14, needed=True)
    sample_quantity = quantity(_("Units in a sample"), 10)
    sample_price = NumberField(
        label=_("Price of the sample"), required=False, max_digits=12, decimal_places=2, min_value=Decimal(0),
        help_text=_("0 when it is free."),
    )  # fmt: skip

    class Meta:
        model = ProductRevision
        fields = [
            "unit", "moq", "capacity_per_month", "lead_time_days",
            "sample_quantity", "sample_price", "sample_currency", "sample_days", "sample_note",
        ]  # fmt: skip
        labels = {
            "lead_time_days": _("Lead time"),
            "sample_currency": _("Currency"),
            "sample_days": _("Days until it is sent"),
            "sample_note": _("Note on samples"),
        }
        help_texts = {"lead_time_days": _("From the confirmed order until the goods are ready.")}

    def __init__(self, data: QueryDict | None = None, *, spare: int = 1, **kwargs: Any) -> None:
        self._saved_offers = list(kwargs["instance"].offers.all())
        has_rows = data is not None and f"{OFFERS}-TOTAL_FORMS" in data
        self.offers: OfferRows = offer_rows(data if has_rows else None, self._saved_offers, spare=spare)
        super().__init__(data, **kwargs)

    def add_fields(self) -> None:
        for name in ("lead_time_days", "sample_days"):
            self.fields[name].widget.attrs["data-suffix"] = _("days")
        self.fields["lead_time_days"].widget.attrs["data-needed"] = "1"
        for name in IN_UNITS:
            self.fields[name].widget.attrs["data-suffix"] = str(self.revision.unit or _("units"))
        self.fields["sample_currency"].widget.choices = [("", "—"), *currency_choices()]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("sample_price") is not None and not cleaned.get("sample_currency"):
            self.add_error("sample_currency", _("The price of the sample needs its currency."))
        self._refuse_parts(cleaned)
        return cleaned

    def _refuse_parts(self, cleaned: dict[str, Any]) -> None:
        """Nobody orders half a pair. (A capacity is an average, and a sample or a carton may be a part of a dozen.)"""
        unit = cleaned.get("unit") if self.is_sent("unit") else self.revision.unit
        if unit is None or not unit.is_counted:
            return
        sentence = _("Enter a whole number: the unit “%(unit)s” is counted.") % {"unit": unit}
        moq = cleaned.get("moq")
        if moq is not None and not is_whole(moq):
            self.add_error("moq", sentence)
        if self.offers.is_bound:
            self.offers.refuse_parts(sentence)
        elif any(not is_whole(offer.from_quantity) for offer in self._saved_offers):
            self.add_error("unit", _("A saved price begins at a part of this unit: change that price first."))

    def is_valid(self) -> bool:
        return super().is_valid() and (not self.offers.is_bound or self.offers.is_valid())

    def content_names(self) -> list[str]:
        return [*super().content_names(), OFFERS]

    def stored(self, name: str) -> Any:
        if name != OFFERS:
            return super().stored(name)
        return sorted((_plain(_values(offer)) for offer in self._saved_offers), key=json.dumps)

    def typed(self, name: str) -> Any:
        if name != OFFERS:
            return super().typed(name)
        if not self.offers.is_bound:
            return self.stored(name)
        if not self.offers.is_valid():
            return hashlib.sha256(repr(sorted(self.data.items())).encode()).hexdigest()
        return sorted((_plain(row) for row in self.offers.kept()), key=json.dumps)

    def save_parts(self, revision: ProductRevision) -> None:
        if not self.offers.is_bound or not self.offers.is_valid():
            return
        revision.offers.all().delete()
        revision.offers.bulk_create(
            PriceOffer(revision=revision, **{name: row[name] for name in OFFER_FIELDS}) for row in self.offers.kept()
        )

    def in_words(self, name: str, *, mine: bool) -> str:
        if name != OFFERS:
            return super().in_words(name, mine=mine)
        if not mine or not self.offers.is_bound:
            return "\n".join(str(offer) for offer in self._saved_offers)
        if not self.offers.is_valid():
            return str(_("The prices as you typed them."))
        return "\n".join(as_text(row) for row in self.offers.kept())

    def write_stored(self, data: QueryDict, name: str) -> None:
        if name != OFFERS:
            return super().write_stored(data, name)
        for key in [key for key in data if key.startswith(f"{OFFERS}-")]:
            del data[key]

    def label_of(self, name: str) -> str:
        return str(_("Prices")) if name == OFFERS else super().label_of(name)

    def problems(self) -> Iterator[str]:
        yield from super().problems()
        if self.offers.is_bound and not self.offers.is_valid():
            yield str(_("prices"))


def _values(offer: PriceOffer) -> dict[str, Any]:
    return {name: getattr(offer, name) for name in OFFER_FIELDS}


def _plain(row: dict[str, Any]) -> list[str]:
    def text(value: Any) -> str:
        if isinstance(value, Decimal):
            return format(value.normalize(), "f")
        return str(getattr(value, "pk", value))

    return [text(row[name]) for name in OFFER_FIELDS]

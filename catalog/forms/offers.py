"""Price offers as rows: added and removed without JavaScript too, judged together (tiers)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.models import Incoterm, PriceOffer
from catalog.offers import broken_tiers, last_day_allowed
from kit.money import CURRENCIES
from kit.numbers import NumberField
from kit.text import clean_name
from kit.units import is_whole

MAX_ROWS = 40
PREFIX = "offers"


@dataclass(frozen=True)
class Row:
    """An offer as it was typed, for the rules of tiers."""

    number: int
    incoterm_id: object
    place: str
    currency: str
    unit_price: Decimal | None
    from_quantity: Decimal | None
    valid_until: datetime.date | None


class OfferForm(forms.ModelForm[PriceOffer]):
    """One price: per unit, under a rule, at a place, from a quantity, until a day."""

    unit_price = NumberField(label=_("Price per unit"), max_digits=14, decimal_places=4, min_value=Decimal("0.0001"))
    from_quantity = NumberField(label=_("From quantity"), max_digits=12, decimal_places=2, min_value=Decimal("0.01"))

    class Meta:
        model = PriceOffer
        fields = ["incoterm", "place", "from_quantity", "unit_price", "currency", "valid_until"]
        labels = {
            "incoterm": _("Incoterm 2020"),
            "place": _("Place or port"),
            "currency": _("Currency"),
            "valid_until": _("Valid until"),
        }
        widgets = {
            "valid_until": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            "place": forms.TextInput(attrs={"placeholder": "Tanjung Perak, Surabaya", "autocomplete": "off"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.now().date()  # UTC, as the rule of the model
        self.fields["valid_until"].widget.attrs["max"] = last_day_allowed(today).isoformat()
        self.fields["currency"].widget.choices = currency_choices()
        self.fields["incoterm"].widget.choices = self.incoterm_choices or incoterm_choices()
        self.fields["incoterm"].error_messages["required"] = _("Choose the rule.")
        self.fields["place"].error_messages["required"] = _("A price without its place cannot be compared.")

    incoterm_choices: list[tuple[str, str]] | None = None

    def clean_place(self) -> str:
        return clean_name(self.cleaned_data["place"])


class OfferRows(forms.BaseFormSet[OfferForm]):
    """The rows of one revision. Errors of tiers stand beside the row that breaks them."""

    def add_fields(self, form: OfferForm, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["DELETE"].label = _("Remove this price")

    def clean(self) -> None:
        if self.total_form_count() > MAX_ROWS:
            raise forms.ValidationError(_("At most %(most)d prices."), params={"most": MAX_ROWS})
        reasons = {
            "dearer": _("A larger quantity cannot cost more per unit than a smaller one."),
            "twice": _("This rule, place and quantity already has a price."),
        }
        for broken in broken_tiers(self._typed_rows()):
            name = "unit_price" if broken.reason == "dearer" else "from_quantity"
            self.forms[broken.offer.number].add_error(name, str(reasons[broken.reason]))

    def refuse_parts(self, sentence: str) -> None:
        """Mark the rows that begin at a part of a unit, for units that are ordered in whole numbers."""
        self.is_valid()  # judges the rows, so that their numbers are read
        for row in self._typed_rows():
            if row.from_quantity is not None and not is_whole(row.from_quantity):
                self.forms[row.number].add_error("from_quantity", sentence)

    def kept(self) -> list[dict[str, Any]]:
        """The values of every row that stays."""
        return [
            form.cleaned_data
            for number, form in enumerate(self.forms)
            if not self._should_delete_form(form) and (number < self.initial_form_count() or form.has_changed())
        ]

    def _should_delete_form(self, form: OfferForm) -> bool:
        """Marked to be removed, or emptied."""
        typed = ("place", "unit_price", "from_quantity", "valid_until")
        is_empty = not any(str(form.data.get(form.add_prefix(name)) or "").strip() for name in typed)
        return is_empty or bool(super()._should_delete_form(form))  # type: ignore[misc]

    def _typed_rows(self) -> Iterable[Row]:
        for number, form in enumerate(self.forms):
            told = getattr(form, "cleaned_data", {})
            if self._should_delete_form(form) or not told.get("incoterm"):
                continue
            yield Row(
                number,
                told["incoterm"].pk,
                told.get("place", ""),
                told.get("currency", ""),
                told.get("unit_price"),
                told.get("from_quantity"),
                told.get("valid_until"),
            )


def offer_rows(data: Any, offers: Iterable[PriceOffer], *, spare: int = 1) -> OfferRows:
    """The rows: those saved, and `spare` empty ones to fill."""
    initial = [
        {
            "incoterm": offer.incoterm_id,
            "place": offer.place,
            "currency": offer.currency,
            "unit_price": offer.unit_price,
            "from_quantity": offer.from_quantity,
            "valid_until": offer.valid_until,
        }
        for offer in offers
    ]
    if data is not None:  # a row that is new to the page stays new, though a save while typing wrote it meanwhile
        told = str(data.get(f"{PREFIX}-INITIAL_FORMS", ""))
        initial = initial[: int(told)] if told.isascii() and told.isdigit() and len(told) < 5 else []
    rows = forms.formset_factory(
        _with_choices(),
        formset=OfferRows,
        extra=spare if initial else max(spare, 1),
        can_delete=True,
        max_num=MAX_ROWS,
        absolute_max=MAX_ROWS + 1,
    )
    return rows(data, prefix=PREFIX, initial=initial)  # type: ignore[return-value]


def _with_choices() -> type[OfferForm]:
    """The form with the Incoterms read once for all rows."""
    return type("OfferForm", (OfferForm,), {"incoterm_choices": incoterm_choices(), "Meta": OfferForm.Meta})


def incoterm_choices() -> list[tuple[str, str]]:
    """Code and name of each rule of Incoterms 2020, after an empty choice."""
    return [("", "—"), *((term.code, str(term)) for term in Incoterm.objects.all())]


def currency_choices() -> list[tuple[str, str]]:
    """The code is what traders read; the name says it to the others."""
    return [(code, f"{code} – {currency.name}") for code, currency in CURRENCIES.items()]


def as_text(row: Mapping[str, Any]) -> str:
    """A row in words, for comparisons: written like a saved offer."""
    return str(PriceOffer(**{name: value for name, value in row.items() if name != "DELETE"}))

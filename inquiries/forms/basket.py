"""What a browser may send about an enquiry basket: the terms for all of it, and what differs for one product."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import partial
from typing import Any, ClassVar

from django import forms
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.submissions import KeyedForm
from catalog.models import Incoterm
from catalog.unit_names import unit_name
from catalog.vocabulary import vocabulary
from inquiries.models import Basket, BasketLine, Need
from inquiries.models.asked_terms import LONGEST_NOTE, MOST_SAMPLES
from inquiries.models.basket import LONGEST_MESSAGE
from inquiries.price_offers import price_to_show
from kit.countries import country_choices
from kit.form_fields import Wrong, errors_of
from kit.money import CURRENCIES
from kit.numbers import NumberField
from kit.text import clean_name, clean_text
from kit.units import is_whole

USUAL_CURRENCY = "USD"


class IncotermField(forms.TypedChoiceField):
    """A rule of Incoterms 2020 from the rows at hand; `unset` names the choice of none."""

    def __init__(self, *, unset: Any, **kwargs: Any) -> None:
        def choices() -> list[tuple[str, Any]]:
            return [("", unset), *((code, str(rule)) for code, rule in vocabulary().incoterms.items())]

        super().__init__(
            label=_("Incoterm 2020"), required=False, choices=choices, coerce=_incoterm, empty_value=None, **kwargs
        )


def _incoterm(code: str) -> Incoterm:
    return vocabulary().incoterms[code]


def _certificates() -> list[tuple[str, str]]:
    return [(row.pk, str(row)) for row in vocabulary().certificate_types.values() if row.gives_badge]


def _countries() -> list[tuple[str, str]]:
    return [("", str(_("Choose …"))), *country_choices()]


class TermsForm(forms.ModelForm[Any]):
    """Terms on one line are cleaned of what cannot be seen; what the database checks, the fields have said."""

    ONE_LINE: ClassVar = ("place", "destination_port")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        return cleaned | {name: clean_name(cleaned[name]) for name in self.ONE_LINE if cleaned.get(name)}

    def _post_clean(self) -> None:
        """Without asking the database about its constraints, a query for each of every line."""
        checked = self.instance.full_clean
        self.instance.full_clean = partial(checked, validate_constraints=False)
        try:
            super()._post_clean()  # type: ignore[misc]
        finally:
            del self.instance.full_clean


class BasketForm(TermsForm):
    """The terms that hold for every product of the basket."""

    destination_country = forms.ChoiceField(
        label=_("Country of destination"),
        choices=_countries,
        required=False,
        widget=forms.Select(attrs={"data-needed": "1", "autocomplete": "country"}),
    )
    incoterm = IncotermField(unset=_("No preference"))
    certificates = forms.MultipleChoiceField(
        label=_("Wanted certificates"), required=False, choices=_certificates, widget=forms.CheckboxSelectMultiple
    )
    needs = forms.MultipleChoiceField(
        label=_("What do you need?"), required=False, choices=Need.choices, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Basket
        fields = [
            "destination_country",
            "destination_port",
            "incoterm",
            "place",
            "wanted_on",
            "certificates",
            "needs",
            "message",
        ]
        labels = {"wanted_on": _("Wanted by")}
        help_texts = {
            "message": _("Write in your own language. Each producer gets it as you wrote it, the rest in theirs."),
        }
        widgets = {
            "destination_port": forms.TextInput(attrs={"autocomplete": "off"}),
            "place": forms.TextInput(attrs={"autocomplete": "off"}),
            "wanted_on": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            "message": forms.Textarea(attrs={"rows": 4, "maxlength": LONGEST_MESSAGE}),
        }

    def clean_wanted_on(self) -> Any:
        day = self.cleaned_data["wanted_on"]
        if day and "wanted_on" in self.changed_data and day < timezone.localdate():
            raise forms.ValidationError(_("This day is past. Give a day from today on."), code="past")
        return day

    def clean_message(self) -> str:
        return clean_text(self.cleaned_data["message"])


class LineForm(TermsForm):
    """What is asked about one product; what stays empty is as said for the whole basket."""

    quantity = NumberField(
        label=_("Quantity"), required=False, max_digits=12, decimal_places=2, min_value=Decimal("0.01")
    )
    target_price = NumberField(
        label=_("Target price per unit"),
        required=False,
        max_digits=14,
        decimal_places=4,
        min_value=Decimal("0.0001"),
    )
    currency = forms.ChoiceField(
        label=_("Currency"), required=False, choices=[(code, code) for code in CURRENCIES], initial=USUAL_CURRENCY
    )
    samples = NumberField(
        label=_("Samples (how many)"),
        required=False,
        max_digits=3,
        decimal_places=0,
        min_value=1,
        max_value=MOST_SAMPLES,
    )
    incoterm = IncotermField(unset=_("Same as above"))
    certificates = forms.MultipleChoiceField(
        label=_("Wanted certificates"), required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = BasketLine
        fields = [
            "quantity",
            "target_price",
            "currency",
            "samples",
            "incoterm",
            "place",
            "destination_port",
            "certificates",
            "note",
        ]
        labels = {"note": _("Note to this producer about this product")}
        widgets = {
            "destination_port": forms.TextInput(attrs={"autocomplete": "off"}),
            "place": forms.TextInput(attrs={"autocomplete": "off"}),
            "note": forms.Textarea(attrs={"rows": 2, "maxlength": LONGEST_NOTE}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        product = self.instance.product
        unit = unit_name(product.unit_id)
        for name in ("quantity", "samples") if unit else ():
            self.fields[name].widget.attrs["data-suffix"] = unit
        self.fields["certificates"].choices = self._certificates()  # type: ignore[attr-defined]
        if not self.instance.currency:
            self.initial["currency"] = self.usual_currency()

    def usual_currency(self) -> str:
        """The currency of the price that the page shows beside it."""
        line = self.instance
        incoterm = line.incoterm_id or line.basket.incoterm_id
        shown = price_to_show(line.quantity, line.product.offers.all(), incoterm=incoterm)
        return shown.currency if shown else USUAL_CURRENCY

    def _certificates(self) -> list[tuple[str, str]]:
        """The kinds that products of this category have, and those that were asked for already."""
        rows = vocabulary()
        shelves = {category.slug for category in rows.path_to(self.instance.product.category_id)}
        return [
            (row.pk, str(row))
            for row in rows.certificate_types.values()
            if row.pk in self.instance.certificates
            or (row.gives_badge and (not row.category_slugs or shelves & set(row.category_slugs)))
        ]

    def clean_quantity(self) -> Decimal | None:
        amount: Decimal | None = self.cleaned_data["quantity"]
        unit = vocabulary().units.get(self.instance.product.unit_id or "")
        if amount is not None and unit is not None and unit.is_counted and not is_whole(amount):
            raise forms.ValidationError(_("Give a whole number: this product is sold by the piece."), code="whole")
        return amount

    def clean_note(self) -> str:
        return clean_text(self.cleaned_data["note"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("target_price") is None and "target_price" not in self.errors:
            cleaned["currency"] = ""
        elif not cleaned.get("currency"):
            cleaned["currency"] = self.usual_currency()
        return cleaned

    @property
    def says_own(self) -> bool:
        """Does this line say more than its quantity, or is something of that wrong? Then its part is open."""
        told = ("target_price", "samples", "incoterm_id", "place", "destination_port", "certificates", "note")
        return any(getattr(self.instance, name) for name in told) or bool(set(self.errors) - {"quantity"})


class SendForm(KeyedForm):
    """What sending asks for beside the basket itself."""

    consent = forms.BooleanField(
        label=_("I agree that these producers and the Indonesian mission see this and my company, to answer me."),
        error_messages={"required": _("Without this nobody can answer you. Please tick it to send.")},
    )


class BasketForms:
    """The whole page as one form: the terms, a form for each product that is in the basket, and the sending.

    `country` is that of the importer: where goods usually go. `has_agreed`: they pressed “send” before in this visit.
    """

    def __init__(
        self,
        basket: Basket,
        lines: Iterable[BasketLine],
        said: Mapping[str, Any] | None = None,
        *,
        country: str = "",
        has_agreed: bool = False,
    ) -> None:
        self.basket = basket
        known = {} if basket.destination_country else {"destination_country": country}
        self.terms = BasketForm(said, instance=basket, initial=known)
        pressed = said if said is not None and said.get("do") == "send" else None
        self.sending = SendForm(pressed, initial={"consent": has_agreed})
        self.lines = [
            LineForm(
                said if said is None or f"line-{line.pk}-quantity" in said else None,
                instance=line,
                prefix=f"line-{line.pk}",
            )
            for line in lines
        ]

    def __iter__(self) -> Any:
        return iter([self.terms, *self.lines])

    def is_valid(self) -> bool:
        """Is everything right that was sent? A line that came in since the page was opened was not asked."""
        return all(form.is_valid() for form in self if form.is_bound)

    def may_be_sent(self) -> bool:
        """Is all of it right, and is there what sending asks for? Else it is said beside its field."""
        is_valid = self.is_valid()
        if "destination_country" not in self.terms.errors and not self.terms.cleaned_data["destination_country"]:
            self.terms.add_error("destination_country", _("Choose where the goods are to go."))
        return self.sending.is_valid() and is_valid and not self.terms.errors

    def wrong(self) -> list[Wrong]:
        """All that is wrong, in the order of the page; what is wrong in a line names its product."""
        found = [
            Wrong(control, f"{form.instance.product}: {label}", message)
            for form in self.lines
            for control, label, message in errors_of(form)
        ]
        found += errors_of(self.terms)
        return found + [wrong._replace(label="") for wrong in errors_of(self.sending)]

    def save(self) -> None:
        """Store all of it: as many statements for one line as for fifty. Raises BasketGone."""
        told = [form.instance for form in self.lines if form.is_bound]
        with transaction.atomic():
            self.basket.lock()
            self.basket.changed_at = timezone.now()
            self.terms.save()
            BasketLine.objects.bulk_update(told, LineForm.Meta.fields)

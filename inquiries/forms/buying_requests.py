"""What a browser may send about buying requests."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, ClassVar, cast

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.submissions import KeyedForm
from catalog.commodities import FoundCommodity, find_commodities
from catalog.filters import Read
from catalog.forms.offers import currency_choices, incoterm_choices
from catalog.forms.what import HSCodeField, category_choices
from catalog.models import Category, Commodity, HSCode, Unit
from catalog.vocabulary import vocabulary
from inquiries.models import BuyingRequest
from inquiries.models.buying_request_state import LONGEST_NOTE, Outcome, RejectReason, last_deadline
from inquiries.models.match import PassReason
from kit.countries import country_choices
from kit.languages import content_key, pick
from kit.numbers import NumberField
from kit.text import clean_name, clean_text, validate_name
from kit.units import is_whole


def _countries() -> list[tuple[str, str]]:
    return [("", _("Choose …")), *country_choices()]


def _certificates() -> list[tuple[str, str]]:
    rows = (row for row in vocabulary().certificate_types.values() if row.gives_badge)
    return sorted(((row.code, pick(row.name).text or row.code) for row in rows), key=lambda one: one[1].casefold())


class BuyingRequestForm(KeyedForm, forms.ModelForm[BuyingRequest]):
    """A buying request, new or changed. A commodity is chosen by `commodity_words`, looked up in four languages."""

    commodity = forms.ModelChoiceField(Commodity.objects.all(), required=False, widget=forms.HiddenInput)
    hs = HSCodeField(
        HSCode.objects.all(),
        required=False,
        label=gettext_lazy("HS code (2, 4 or 6 digits)"),
        help_text=gettext_lazy("If you know it. The commodity has one of its own."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 12, "autocomplete": "off"}),
        error_messages={"invalid_choice": gettext_lazy("This is no code of HS 2022 with 2, 4 or 6 digits.")},
    )
    quantity = NumberField(label=gettext_lazy("Quantity"), max_digits=12, decimal_places=2, min_value=Decimal("0.01"))
    certificates = forms.MultipleChoiceField(
        label=gettext_lazy("Wanted certificates"),
        choices=_certificates,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    country = forms.ChoiceField(label=gettext_lazy("Destination"), choices=_countries)
    target_price = NumberField(
        label=gettext_lazy("Target price per unit"),
        required=False,
        max_digits=14,
        decimal_places=4,
        min_value=Decimal("0.0001"),
    )
    picture = forms.FileField(
        label=gettext_lazy("Picture"),
        required=False,
        help_text=gettext_lazy("A photo of what you look for (JPEG, PNG or WebP, 15 MB at most)."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )
    remove_picture = forms.BooleanField(label=gettext_lazy("Remove the picture"), required=False)
    seen_version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = BuyingRequest
        fields: ClassVar = [
            "title", "category", "commodity", "hs", "quantity", "unit", "frequency", "specification", "certificates",
            "incoterm", "place", "country", "destination_port", "target_price", "currency", "deadline", "language",
        ]  # fmt: skip
        labels: ClassVar = {
            "title": gettext_lazy("What do you look for?"),
            "category": gettext_lazy("Category"),
            "unit": gettext_lazy("Unit"),
            "frequency": gettext_lazy("How often"),
            "specification": gettext_lazy("Specification"),
            "incoterm": gettext_lazy("Incoterm 2020"),
            "place": gettext_lazy("Place or port of the Incoterm"),
            "destination_port": gettext_lazy("Port or city of destination"),
            "currency": gettext_lazy("Currency"),
            "deadline": gettext_lazy("Offers until"),
            "language": gettext_lazy("Language of your text"),
        }
        help_texts: ClassVar = {
            "title": gettext_lazy("In a few words, as you would search for it."),
            "specification": gettext_lazy("Materials, sizes, colours, packing: whatever a producer must know."),
            "deadline": gettext_lazy("At most 180 days ahead."),
        }
        widgets: ClassVar = {
            "specification": forms.Textarea(attrs={"rows": 5}),
            "deadline": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.now().date()  # UTC, as the rule of the model
        self.fields["deadline"].widget.attrs |= {"min": today.isoformat(), "max": last_deadline(today).isoformat()}
        self.fields["currency"].widget.choices = [("", "—"), *currency_choices()]
        self.fields["incoterm"].widget.choices = incoterm_choices()
        cast(forms.ModelChoiceField[Category], self.fields["category"]).queryset = Category.objects.all()
        self.fields["category"].widget.choices = category_choices()
        unit = cast(forms.ModelChoiceField[Unit], self.fields["unit"])
        unit.queryset, unit.empty_label = Unit.objects.all(), _("Choose …")
        self.initial.setdefault("language", content_key())
        if self.instance.picture_key is None:
            del self.fields["remove_picture"]

    def clean_title(self) -> str:
        """On one line, without hidden characters."""
        title = clean_name(self.cleaned_data["title"])
        validate_name(title)
        return title

    def clean_place(self) -> str:
        return clean_name(self.cleaned_data["place"])

    def clean_destination_port(self) -> str:
        return clean_name(self.cleaned_data["destination_port"])

    def clean_specification(self) -> str:
        return clean_text(self.cleaned_data["specification"])

    def clean_deadline(self) -> datetime.date:
        """From today to 180 days ahead (UTC)."""
        deadline: datetime.date = self.cleaned_data["deadline"]
        today = timezone.now().date()
        if not today <= deadline <= last_deadline(today):
            raise forms.ValidationError(_("The deadline is a day from today to 180 days ahead."), code="deadline")
        return deadline

    def clean(self) -> dict[str, Any]:
        """A price has its currency; what is counted has no parts."""
        cleaned = super().clean() or {}
        if cleaned.get("target_price") and not cleaned.get("currency") and "currency" not in self.errors:
            self.add_error("currency", _("A price needs its currency."))
        unit, quantity = cleaned.get("unit"), cleaned.get("quantity")
        if unit and quantity and unit.is_counted and not is_whole(quantity):
            sentence = _("Enter a whole number: the unit “%(unit)s” is counted.") % {"unit": unit}
            self.add_error("quantity", sentence)
        return cleaned

    def chosen_commodity(self) -> Commodity | None:
        """The commodity as the page shows it, whether it was just chosen or is the saved one."""
        chosen = str(self["commodity"].value() or "")
        is_key = chosen.isascii() and chosen.isdigit() and len(chosen) < 10
        return Commodity.objects.select_related("hs6").filter(pk=chosen).first() if is_key else None

    def content(self) -> dict[str, Any]:
        """What was said, by the names of BuyingRequest.CONTENT."""
        return {name: self.cleaned_data[name] for name in BuyingRequest.CONTENT}


class RejectForm(forms.Form):
    """The decision of the staff; the reason is coded, so that the importer reads it in their language."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    reason = forms.ChoiceField(
        label=gettext_lazy("Reason"), required=False, choices=[("", gettext_lazy("Choose …")), *RejectReason.choices]
    )
    note = forms.CharField(
        label=gettext_lazy("Note, in the importer's language"),
        max_length=LONGEST_NOTE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, decision: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = decision == "reject"

    def clean_note(self) -> str:
        return clean_text(self.cleaned_data["note"])


class CloseForm(forms.Form):
    """What came of a request."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("What came of it?"), choices=[("", gettext_lazy("Choose …")), *Outcome.choices]
    )


class PassForm(forms.Form):
    """Why a producer makes no offer."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Why not?"), choices=[("", gettext_lazy("Choose …")), *PassReason.choices]
    )
    note = forms.CharField(
        label=gettext_lazy("Note to the mission"),
        max_length=LONGEST_NOTE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean_note(self) -> str:
        return clean_text(self.cleaned_data["note"])


def as_typed(data: QueryDict) -> dict[str, Any]:
    """What was typed, to fill the form with before it is judged."""
    several = {"certificates"}
    return {name: data.getlist(name) if name in several else data[name] for name in data}


def from_search(wanted: Read) -> dict[str, Any]:
    """A search as the beginning of a request: its words, and the filters that say what is wanted."""
    return dict(_said(wanted.query, wanted.chosen))


def _said(query: str, chosen: Mapping[str, list[str]]) -> Iterator[tuple[str, Any]]:
    if query:
        yield "title", query[:120]
        if found := _exactly(query):
            yield "commodity", found.commodity.pk
    slugs = vocabulary().category_keys
    for name, field in (("hs", "hs"), ("incoterm", "incoterm"), ("market", "country")):
        if values := chosen.get(name):
            yield field, values[0]
    if slugs and (values := chosen.get("category")):
        yield "category", slugs.get(values[0])
    if values := chosen.get("certificate"):
        yield "certificates", values
    if values := chosen.get("moq_max"):
        yield "quantity", Decimal(values[0])
    if values := chosen.get("price_max"):
        yield "target_price", Decimal(values[0])
        yield "currency", "USD"


def _exactly(query: str) -> FoundCommodity | None:
    """The commodity that is called just so; None when several or none may be meant."""
    found = find_commodities(query, 2)
    names = {name.casefold() for one in found[:1] for name in [*one.commodity.name.values(), one.synonym]}
    return found[0] if query.casefold() in names else None

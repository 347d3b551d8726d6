"""What a producer offers: the head of a quotation and a row for each product."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.submissions import KeyedForm
from catalog.forms.offers import currency_choices, incoterm_choices
from catalog.models import Product
from catalog.offers import last_day_allowed
from catalog.unit_names import unit_name
from inquiries.asked_facts import asked_terms
from inquiries.models import DeclineReason, Enquiry, PaymentTerms, Quotation, QuotationLine
from inquiries.models.ending import LONGEST_WHY
from inquiries.quoting import first_lines, first_values, other_terms
from kit.languages import content_key, pick
from kit.numbers import NumberField
from kit.text import clean_name
from kit.units import is_whole

PREFIX = "lines"
WITH_DEPOSIT = (PaymentTerms.TT_DEPOSIT, PaymentTerms.TT_DOCUMENTS)
WITH_TERM = (PaymentTerms.LC_USANCE, PaymentTerms.OPEN_ACCOUNT)


class LineForm(forms.Form):
    """The price of one product. Left empty, the product is not part of the quotation."""

    product = forms.IntegerField(widget=forms.HiddenInput)
    quantity = NumberField(
        label=_("Quantity"), required=False, max_digits=12, decimal_places=2, min_value=Decimal("0.01")
    )
    unit_price = NumberField(
        label=_("Price per unit"), required=False, max_digits=14, decimal_places=4, min_value=Decimal("0.0001")
    )

    def __init__(
        self, *args: Any, products: dict[int, Product], asked: dict[int, list[tuple[str, str]]], **kwargs: Any
    ) -> None:
        self.products = products
        super().__init__(*args, **kwargs)
        told = self.data.get(self.add_prefix("product")) if self.is_bound else self.initial.get("product")
        key = int(str(told)) if str(told).isascii() and str(told).isdigit() else 0
        self.of: Product | None = products.get(key)
        self.asked = asked.get(key, [])
        if self.of is not None:
            self.fields["quantity"].widget.attrs["data-suffix"] = unit_name(self.of.unit_id)
            self.fields["unit_price"].widget.attrs["data-suffix"] = f"/ {unit_name(self.of.unit_id)}"

    @property
    def title(self) -> str:
        """What the product is called."""
        return pick(self.of.title).text if self.of else ""

    def clean_product(self) -> Product:
        """Only a product that was asked about."""
        product = self.products.get(self.cleaned_data["product"])
        if product is None:
            raise forms.ValidationError(_("This product is not part of the enquiry."), code="other_product")
        return product

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        quantity, price = cleaned.get("quantity"), cleaned.get("unit_price")
        if price is not None and quantity is None and "quantity" not in self.errors:
            self.add_error("quantity", _("For which quantity is this price?"))
        product = cleaned.get("product")
        is_counted = product is not None and product.unit is not None and product.unit.is_counted
        if quantity is not None and is_counted and not is_whole(quantity):
            self.add_error("quantity", _("Enter a whole number: this unit is counted."))
        return cleaned

    def line(self) -> QuotationLine | None:
        """The row to keep, if it has a price."""
        told = self.cleaned_data
        if told.get("unit_price") is None:
            return None
        return QuotationLine(product=told["product"], quantity=told["quantity"], unit_price=told["unit_price"])


class QuotationForm(KeyedForm, forms.ModelForm[Quotation]):
    """The terms of a quotation; its rows are in `lines`."""

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Quotation
        fields = [
            "incoterm", "place", "currency", "valid_until", "lead_time_days", "payment_terms", "deposit_percent",
            "payment_days", "packing_note", "note",
        ]  # fmt: skip
        labels = {
            "incoterm": _("Incoterm 2020"),
            "place": _("Place or port"),
            "lead_time_days": _("Lead time"),
            "deposit_percent": _("Deposit"),
            "payment_days": _("Term of payment"),
            "packing_note": _("Packing"),
            "note": _("Note to the importer"),
        }
        help_texts = {
            "lead_time_days": _("From the confirmed order until the goods are ready."),
            "deposit_percent": _("Of the total, if you ask for a deposit."),
            "payment_days": _("After shipment, for an L/C with a term or an open account."),
            "note": _("Indonesian is fine: prices and terms are read in the importer's language."),
        }
        widgets = {
            "valid_until": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            "place": forms.TextInput(attrs={"autocomplete": "off"}),
            "note": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, data: QueryDict | None = None, *, enquiry: Enquiry, seen: int = 0) -> None:
        latest = enquiry.quotations.prefetch_related("lines").order_by("-version").first()
        initial = {**first_values(enquiry, latest), "seen": seen}
        super().__init__(data, initial=initial)
        self.other_terms = other_terms(enquiry, latest)
        known = {line.product.pk: line for line in enquiry.lines.all() if line.product is not None}
        of = {
            "products": {key: line.product for key, line in known.items()},
            "asked": {key: asked_terms(line) for key, line in known.items()},
        }
        rows = forms.formset_factory(LineForm, extra=0, max_num=len(known), absolute_max=len(known) + 1)
        self.lines = rows(data, prefix=PREFIX, initial=first_lines(enquiry, latest), form_kwargs=of)
        today = timezone.now().date()  # UTC, as the rule of the model
        self.fields["valid_until"].widget.attrs.update(min=today.isoformat(), max=last_day_allowed(today).isoformat())
        self.fields["currency"].widget.choices = currency_choices()
        self.fields["incoterm"].widget.choices = incoterm_choices()
        self.fields["payment_terms"].widget.choices = [("", _("Choose …")), *PaymentTerms.choices]
        for name, suffix in (("lead_time_days", _("days")), ("payment_days", _("days")), ("deposit_percent", "%")):
            self.fields[name].widget.attrs["data-suffix"] = suffix

    def clean_place(self) -> str:
        return clean_name(self.cleaned_data["place"])

    def clean_valid_until(self) -> Any:
        day, today = self.cleaned_data["valid_until"], timezone.now().date()
        if day < today:
            raise forms.ValidationError(_("Its last day is past."), code="lapsed")
        if day > last_day_allowed(today):
            raise forms.ValidationError(_("A quotation holds for at most 180 days."), code="valid_too_long")
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        payment = cleaned.get("payment_terms")
        if payment in WITH_DEPOSIT and cleaned.get("deposit_percent") is None and "deposit_percent" not in self.errors:
            self.add_error("deposit_percent", _("How much is the deposit?"))
        if payment in WITH_TERM and cleaned.get("payment_days") is None and "payment_days" not in self.errors:
            self.add_error("payment_days", _("How long is the term?"))
        if payment not in WITH_DEPOSIT:
            cleaned["deposit_percent"] = None
        if payment not in WITH_TERM:
            cleaned["payment_days"] = None
        return cleaned

    def is_valid(self) -> bool:
        """The terms, the rows, and at least one price."""
        good = [super().is_valid(), self.lines.is_valid()]
        if all(good) and not self.quoted():
            self.add_error(None, _("Give a price for at least one product."))
            return False
        return all(good)

    def quotation(self) -> Quotation:
        """The version to offer, not saved; its notes are in the language of the page."""
        quotation: Quotation = self.save(commit=False)
        quotation.language = content_key()
        return quotation

    def quoted(self) -> Sequence[QuotationLine]:
        """The rows with a price."""
        return [line for row in self.lines if (line := row.line()) is not None]


class AcceptQuotationForm(forms.Form):
    """Which version the importer had before them."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class DeclineQuotationForm(AcceptQuotationForm):
    """Why the importer does not take it: the producer reads the reason in their language."""

    reason = forms.ChoiceField(label=_("Why not?"), choices=DeclineReason.choices, widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("Note to the producer"),
        required=False,
        max_length=LONGEST_WHY,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

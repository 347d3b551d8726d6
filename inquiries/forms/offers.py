"""What a producer may send as an offer to a buying request."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.submissions import KeyedForm
from catalog.forms.offers import currency_choices, incoterm_choices
from catalog.unit_names import unit_name
from inquiries.models import Match, PaymentTerms, Quotation
from inquiries.models.quotation import LONGEST_VALIDITY_DAYS
from inquiries.price_offers import price_for
from kit.languages import content_key
from kit.numbers import NumberField
from kit.text import clean_name, clean_text
from kit.units import is_whole

VALID_DAYS = 30
NEEDS_DEPOSIT = (PaymentTerms.TT_DEPOSIT, PaymentTerms.TT_DOCUMENTS)
NEEDS_DAYS = (PaymentTerms.LC_USANCE, PaymentTerms.OPEN_ACCOUNT)


class OfferForm(KeyedForm, forms.ModelForm[Quotation]):
    """A quotation of one product, filled in with what the importer asks for and what the product says."""

    quantity = NumberField(label=gettext_lazy("Quantity"), max_digits=12, decimal_places=2, min_value=Decimal("0.01"))
    unit_price = NumberField(
        label=gettext_lazy("Price per unit"), max_digits=14, decimal_places=4, min_value=Decimal("0.0001")
    )

    class Meta:
        model = Quotation
        fields: ClassVar = [
            "incoterm", "place", "currency", "valid_until", "lead_time_days", "payment_terms", "deposit_percent",
            "payment_days", "packing_note", "note", "language",
        ]  # fmt: skip
        labels: ClassVar = {
            "incoterm": gettext_lazy("Incoterm 2020"),
            "place": gettext_lazy("Place or port"),
            "currency": gettext_lazy("Currency"),
            "valid_until": gettext_lazy("Valid until"),
            "lead_time_days": gettext_lazy("Lead time"),
            "payment_terms": gettext_lazy("Payment"),
            "deposit_percent": gettext_lazy("Deposit (%)"),
            "payment_days": gettext_lazy("Term of payment (days)"),
            "packing_note": gettext_lazy("Packing"),
            "note": gettext_lazy("Note to the importer"),
            "language": gettext_lazy("Language of your note"),
        }
        help_texts: ClassVar = {
            "note": gettext_lazy("Shown as you write it. The rest is read by the importer in their own language."),
            "deposit_percent": gettext_lazy("Where you ask for a deposit."),
            "payment_days": gettext_lazy("Where you give a term."),
        }
        widgets: ClassVar = {
            "valid_until": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            "lead_time_days": forms.NumberInput(attrs={"data-suffix": gettext_lazy("days")}),
            "note": forms.Textarea(attrs={"rows": 4}),
        }

    def __init__(self, *args: Any, match: Match, **kwargs: Any) -> None:
        kwargs["initial"] = first_values(match) | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self.match, unit = match, unit_name(match.product.unit_id)
        today = timezone.now().date()
        last = today + datetime.timedelta(days=LONGEST_VALIDITY_DAYS)
        self.fields["valid_until"].widget.attrs |= {"min": today.isoformat(), "max": last.isoformat()}
        self.fields["currency"].widget.choices = currency_choices()
        self.fields["incoterm"].widget.choices = incoterm_choices()
        self.fields["quantity"].widget.attrs["data-suffix"] = unit
        if unit:
            self.fields["unit_price"].label = _("Price per %(unit)s") % {"unit": unit}

    def clean_place(self) -> str:
        return clean_name(self.cleaned_data["place"])

    def clean_packing_note(self) -> str:
        return clean_name(self.cleaned_data["packing_note"])

    def clean_note(self) -> str:
        return clean_text(self.cleaned_data["note"])

    def clean_valid_until(self) -> datetime.date:
        """From today to 180 days ahead (UTC)."""
        day: datetime.date = self.cleaned_data["valid_until"]
        today = timezone.now().date()
        if not today <= day <= today + datetime.timedelta(days=LONGEST_VALIDITY_DAYS):
            raise forms.ValidationError(_("Choose a day from today to 180 days ahead."), code="valid_until")
        return day

    def clean(self) -> dict[str, Any]:
        """What the payment terms need; whole numbers of what is counted."""
        cleaned = super().clean() or {}
        terms = cleaned.get("payment_terms")
        if terms in NEEDS_DEPOSIT and not cleaned.get("deposit_percent"):
            self.add_error("deposit_percent", _("How large is the deposit?"))
        if terms in NEEDS_DAYS and not cleaned.get("payment_days"):
            self.add_error("payment_days", _("How many days?"))
        unit, quantity = self.match.product.unit, cleaned.get("quantity")
        if unit and quantity and unit.is_counted and not is_whole(quantity):
            sentence = _("Enter a whole number: the unit “%(unit)s” is counted.") % {"unit": unit}
            self.add_error("quantity", sentence)
        return cleaned


def first_values(match: Match) -> dict[str, Any]:
    """What an offer begins with. A price of the catalogue stands with its own terms, where it is under those asked."""
    request, product, today = match.request, match.product, timezone.now().date()
    quantity = request.quantity if product.unit_id == request.unit_id else None
    asked, currency = request.incoterm_id or "FOB", request.currency or "USD"
    own = price_for(quantity, product.offers.all(), today, incoterm=asked, currency=currency)
    if own is not None and (own.incoterm_id, own.currency) != (asked, currency):
        own = None
    return {
        "quantity": quantity,
        "unit_price": own.unit_price if own else None,
        "incoterm": asked,
        "place": own.place if own else request.place,
        "currency": currency,
        "valid_until": today + datetime.timedelta(days=VALID_DAYS),
        "lead_time_days": product.lead_time_days,
        "payment_terms": PaymentTerms.TT_DEPOSIT,
        "deposit_percent": 30,
        "language": content_key(),
    }

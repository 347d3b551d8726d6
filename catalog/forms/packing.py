"""Packing: what a carton holds, how large and heavy it is."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.forms.step import StepForm
from catalog.models import ProductRevision
from kit.numbers import NumberField


def measure(label: Any, pack: str, suffix: str, digits: int, places: int) -> NumberField:
    """A number above zero with its unit beside it; `pack` is its name for the preview while typing."""
    attrs = {"data-suffix": suffix} | ({"data-pack": pack} if pack else {})
    return NumberField(
        label=label,
        required=False,
        max_digits=digits,
        decimal_places=places,
        min_value=Decimal(1).scaleb(-places),
        widget=forms.TextInput(attrs=attrs),
    )


class PackingForm(StepForm):
    """The third step. Lengths in cm, weights in kg."""

    name: ClassVar[str] = "packing"

    units_per_carton = measure(_("Units per carton"), "units", "", 10, 2)
    carton_length_cm = measure(_("Length of the carton"), "length", "cm", 6, 1)
    carton_width_cm = measure(_("Width of the carton"), "width", "cm", 6, 1)
    carton_height_cm = measure(_("Height of the carton"), "height", "cm", 6, 1)
    gross_kg = measure(_("Gross weight of the carton"), "gross", "kg", 8, 3)
    net_kg = measure(_("Net weight of the carton"), "", "kg", 8, 3)

    class Meta:
        model = ProductRevision
        fields = [
            "units_per_carton", "carton_length_cm", "carton_width_cm", "carton_height_cm",
            "gross_kg", "net_kg", "packing_note",
        ]  # fmt: skip
        labels = {"packing_note": _("Note on packing")}
        help_texts = {"packing_note": _("Inner packing, pallets, labels: what the buyer should know.")}

    def add_fields(self) -> None:
        self.fields["units_per_carton"].widget.attrs["data-suffix"] = str(self.revision.unit or _("units"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        gross, net = cleaned.get("gross_kg"), cleaned.get("net_kg")
        if gross is not None and net is not None and net > gross:
            self.add_error("net_kg", _("The net weight is not above the gross weight."))
        return cleaned

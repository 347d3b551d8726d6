"""What a browser may send about importers."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms import NewAccountForm, PersonNameField
from kit.contacts import validate_public_url
from kit.countries import country_choices

TIME_ZONES = {  # of the capital; any other country starts with UTC, and everybody can choose
    "AR": "America/Argentina/Buenos_Aires",
    "BR": "America/Sao_Paulo",
    "CL": "America/Santiago",
    "CO": "America/Bogota",
    "ID": "Asia/Jakarta",
    "MX": "America/Mexico_City",
    "PE": "America/Lima",
}


def _countries() -> list[tuple[str, str]]:
    return [("", str(_("Choose …"))), *country_choices()]


class RegisterImporterForm(NewAccountForm):
    """A new account with its importing company."""

    company = PersonNameField(
        label=_("Company"), max_length=160, widget=forms.TextInput(attrs={"autocomplete": "organization"})
    )
    country = forms.ChoiceField(
        label=_("Country"), choices=_countries, widget=forms.Select(attrs={"autocomplete": "country"})
    )
    website = forms.URLField(
        label=_("Website"),
        required=False,
        assume_scheme="https",
        validators=[validate_public_url],
        help_text=_("Producers answer companies first that they can look up."),
    )
    field_order = ["company", "country", "website", "name", "email", "password", "language"]

    def time_zone(self) -> str:
        """Where the company's country is, roughly."""
        return TIME_ZONES.get(self.cleaned_data["country"], "UTC")

"""The company profile: its fields, grouped as on the page, and what differs when somebody else was faster."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.forms import PersonNameField
from accounts.models import User
from exporters.forms import RegencyField
from exporters.models import ExportExperience, Producer, Regency
from exporters.npwp import digits_of
from kit.contacts import to_e164, validate_public_url
from kit.countries import country_choices, country_name
from kit.text import clean_name, clean_text
from kit.translated_forms import TranslatedFormField

SPOKEN = [
    ("id", _("Indonesian")), ("en", _("English")), ("es", _("Spanish")), ("pt", _("Portuguese")),
    ("zh", _("Chinese")), ("ar", _("Arabic")), ("ja", _("Japanese")), ("ko", _("Korean")),
    ("nl", _("Dutch")), ("de", _("German")), ("fr", _("French")), ("ru", _("Russian")),
]  # fmt: skip
MOST_COUNTRIES = 60


class Conflict(NamedTuple):
    """A field that two people changed: what is stored now and what this person wrote."""

    label: str
    stored: str
    own: str


class ProducerForm(forms.ModelForm[Producer]):
    """All that a producer says about itself."""

    trade_name = PersonNameField(label=_("Trade name"), help_text=_("The name that importers see."), max_length=120)
    legal_name = PersonNameField(
        label=_("Legal name"), required=False, max_length=160, help_text=_("As on the NIB; not shown to the public.")
    )
    nib = forms.CharField(
        label=_("Business number (NIB)"),
        required=False,
        max_length=30,
        help_text=_("13 digits; not shown to the public."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    npwp = forms.CharField(
        label=_("Tax number (NPWP)"),
        required=False,
        max_length=40,
        help_text=_("15 or 16 digits, 22 with the branch; not shown to the public."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    regency = RegencyField()
    story = TranslatedFormField(
        label=_("Your story"),
        required=False,
        max_length=3000,
        rows=6,
        help_text=_("Who you are, what you make and how. Write one language well; the others can follow."),
    )
    export_experience = forms.ChoiceField(
        label=_("Export experience"), required=False, choices=[("", _("Choose …")), *ExportExperience.choices]
    )
    exports_to = forms.MultipleChoiceField(
        label=_("Exports to"),
        required=False,
        choices=country_choices,
        help_text=_("Several: with Ctrl or Cmd held down; on a phone tick them."),
        widget=forms.SelectMultiple(attrs={"size": 6}),
    )
    languages_spoken = forms.MultipleChoiceField(
        label=_("Languages spoken"), required=False, choices=SPOKEN, widget=forms.CheckboxSelectMultiple
    )
    contact_name = PersonNameField(label=_("Contact person"), required=False)
    contact_phone = forms.CharField(
        label=_("Phone"),
        required=False,
        max_length=40,
        help_text=_("With its country code, e.g. +62 812 3456 7890."),
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    website = forms.URLField(
        label=_("Website"),
        required=False,
        assume_scheme="https",
        help_text=_("With https://"),
        validators=[validate_public_url],
    )
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    class Meta:
        model = Producer
        fields = [
            "trade_name", "legal_name", "nib", "npwp", "regency", "address", "story", "founded", "employees",
            "export_experience", "exports_to", "languages_spoken", "contact_name", "contact_phone", "contact_email",
            "website",
        ]  # fmt: skip
        labels = {
            "address": _("Street address"),
            "founded": _("Founded in"),
            "employees": _("Employees"),
            "contact_email": _("Contact e-mail"),
        }
        help_texts = {
            "address": _("Street, number and village; not shown to the public."),
            "founded": _("A year, e.g. 2009."),
        }
        widgets = {
            "address": forms.Textarea(attrs={"rows": 2}),
            "founded": forms.TextInput(attrs={"inputmode": "numeric"}),
            "employees": forms.TextInput(attrs={"inputmode": "numeric"}),
        }

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = self.instance.version
        self.fields["employees"].localize = True  # 1.200 is a number of people, as one writes it
        self.fields["founded"].localize = False
        if not self.instance.has_member(user):  # an officer may not move a producer out of their regencies
            regency = cast(forms.ModelChoiceField[Any], self.fields["regency"])
            regency.queryset = Regency.objects.filter(officers__user=user)

    def clean_nib(self) -> str:
        return digits_of(self.cleaned_data["nib"])

    def clean_npwp(self) -> str:
        return digits_of(self.cleaned_data["npwp"])

    def clean_address(self) -> str:
        return clean_text(self.cleaned_data["address"])

    def clean_contact_name(self) -> str:
        return clean_name(self.cleaned_data["contact_name"])

    def clean_contact_phone(self) -> str:
        raw = self.cleaned_data["contact_phone"].strip()
        return to_e164(raw) if raw else ""

    def clean_exports_to(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["exports_to"]
        if len(chosen) > MOST_COUNTRIES:
            raise ValidationError(_("Choose %(most)d countries at most."), params={"most": MOST_COUNTRIES})
        return chosen

    def conflicts(self, stored: Producer) -> Iterator[Conflict]:
        """The fields whose value here is not the one that `stored`, fresh from the database, has."""
        for name in self.Meta.fields:
            if name not in self.cleaned_data:
                continue
            now, own = getattr(stored, name), self.cleaned_data[name]
            if now != own:
                yield Conflict(str(self.fields[name].label), _in_words(name, now), _in_words(name, own))


def _in_words(name: str, value: Any) -> str:
    if name == "exports_to":
        return ", ".join(country_name(code) for code in value)
    if name == "languages_spoken":
        return ", ".join(str(dict(SPOKEN).get(code, code)) for code in value)
    if isinstance(value, dict):
        return " · ".join(f"{language}: {text}" for language, text in value.items())
    return "" if value is None else str(value)

"""What a browser may send about importers."""

from __future__ import annotations

import re
from typing import Any, ClassVar, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.forms import NewAccountForm, PersonNameField
from catalog.commodities import hs_digits
from catalog.models import HSCode
from catalog.vocabulary import vocabulary
from inquiries.models.importer import LONGEST_NOTE, MOST_CHOSEN, Importer
from inquiries.tax_numbers import LONGEST, hint_of
from kit.contacts import validate_public_url
from kit.countries import country_choices
from kit.languages import CONTENT_LANGUAGE_NAMES, pick
from kit.text import clean_name, clean_text

TIME_ZONES: Final = {  # of the capital; any other country starts with UTC, and everybody can choose
    "AR": "America/Argentina/Buenos_Aires",
    "BR": "America/Sao_Paulo",
    "CL": "America/Santiago",
    "CO": "America/Bogota",
    "ID": "Asia/Jakarta",
    "MX": "America/Mexico_City",
    "PE": "America/Lima",
}
OF_COMPANY: Final = ("company", "country", "tax_number", "website", "buys_categories", "buys_hs", "languages")


def _countries() -> list[tuple[str, str]]:
    return [("", str(_("Choose …"))), *country_choices()]


def _categories() -> list[tuple[str, list[tuple[str, str]]]]:
    """The categories of the catalogue, the lower level under the name of its upper one."""
    rows = vocabulary()
    return [
        (pick(top.name).text, [(one.slug, pick(one.name).text) for one in (top, *rows.children_of(top.pk))])
        for top in rows.top_categories()
    ]


class HSCodesField(forms.CharField):
    """HS codes of 2, 4 or 6 digits that exist in HS 2022, dotted or not, between commas, spaces or line ends."""

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        """The digits of each, in the order given, none twice."""
        asked = [part for part in re.split(r"[,;\s]+", super().clean(value)) if part]
        codes = list(dict.fromkeys(hs_digits(part) or part for part in asked))
        if len(codes) > MOST_CHOSEN:
            raise ValidationError(_("Choose %(most)d at most."), code="too_many", params={"most": MOST_CHOSEN})
        known = set(
            HSCode.objects.filter(pk__in=[code for code in codes if code.isascii()]).values_list("pk", flat=True)
        )
        if unknown := [clean_name(code)[:20] for code in codes if code not in known]:
            raise ValidationError(
                _("Not a code of HS 2022 with 2, 4 or 6 digits: %(codes)s."),
                code="hs",
                params={"codes": ", ".join(unknown[:5])},
            )
        return codes


class CompanyFields(forms.Form):
    """What an importer says about their company; all but two fields may be left for later."""

    FOLDED: ClassVar[tuple[str, ...]] = OF_COMPANY[2:]
    company = PersonNameField(
        label=gettext_lazy("Company"), max_length=160, widget=forms.TextInput(attrs={"autocomplete": "organization"})
    )
    country = forms.ChoiceField(
        label=gettext_lazy("Country"), choices=_countries, widget=forms.Select(attrs={"autocomplete": "country"})
    )
    tax_number = forms.CharField(
        label=gettext_lazy("Tax number"),
        required=False,
        max_length=LONGEST,
        help_text=gettext_lazy("Such as RUT, CNPJ, RFC, CUIT, RUC or NIT, as your country calls it."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    website = forms.URLField(
        label=gettext_lazy("Website"),
        required=False,
        assume_scheme="https",
        max_length=200,
        validators=[validate_public_url],
        help_text=gettext_lazy("Producers answer companies first that they can look up."),
    )
    buys_categories = forms.MultipleChoiceField(
        label=gettext_lazy("Categories that you buy"),
        required=False,
        choices=_categories,
        help_text=gettext_lazy("Several: with Ctrl or Cmd held down; on a phone tick them."),
        widget=forms.SelectMultiple(attrs={"size": 8}),
    )
    buys_hs = HSCodesField(
        label=gettext_lazy("HS codes that you buy"),
        required=False,
        max_length=400,
        help_text=gettext_lazy("With 2, 4 or 6 digits, several with commas between them: 64, 6403, 6403.99."),
    )
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages that you read"),
        required=False,
        choices=list(CONTENT_LANGUAGE_NAMES.items()),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        country = self.data.get("country") or self.initial.get("country") or ""
        self.fields["tax_number"].help_text = hint_of(str(country))

    def clean_tax_number(self) -> str:
        """On one line, without hidden characters."""
        return clean_name(self.cleaned_data["tax_number"])

    def clean_buys_categories(self) -> list[str]:
        """As they were chosen, not too many."""
        chosen: list[str] = self.cleaned_data["buys_categories"]
        if len(chosen) > MOST_CHOSEN:
            raise ValidationError(_("Choose %(most)d at most."), code="too_many", params={"most": MOST_CHOSEN})
        return chosen

    def said(self) -> dict[str, Any]:
        """The facts of a valid form, by the fields of an Importer."""
        return {name: self.cleaned_data[name] for name in OF_COMPANY}

    def folded_fields(self) -> list[forms.BoundField]:
        """What may be said later."""
        return [self[name] for name in self.FOLDED]

    def is_wrong_inside(self) -> bool:
        """Is there an error among the folded fields?"""
        return bool(set(self.errors) & set(self.FOLDED))


class RegisterImporterForm(CompanyFields, NewAccountForm):
    """A new account with its importing company; all but five fields may be left for later."""

    field_order = ["company", "country", "name", "email", "password", "language", *OF_COMPANY[2:]]
    FOLDED = ("language", *OF_COMPANY[2:])

    def time_zone(self) -> str:
        """Where the company's country is, roughly."""
        return TIME_ZONES.get(self.cleaned_data["country"], "UTC")


class SeenForm(forms.Form):
    """A form about a company as the page showed it: `seen_version`."""

    seen_version = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)

    def see(self, version: int) -> None:
        """Let what was typed count for this version, which the person sees beside it now."""
        again: Any = self.data.copy()  # type: ignore[attr-defined]  # of a request: a QueryDict
        again["seen_version"] = str(version)
        self.data = again


class ImporterProfileForm(CompanyFields, SeenForm):
    """The company as its importer sees and changes it."""

    @classmethod
    def of(cls, importer: Importer, data: Any = None) -> ImporterProfileForm:
        """The form with what the company says now."""
        said = {name: getattr(importer, name) for name in OF_COMPANY}
        return cls(data, initial={**said, "seen_version": importer.version})


class VerifyForm(SeenForm):
    """How staff know the company."""

    note = forms.CharField(
        label=gettext_lazy("How you checked, for the staff"),
        help_text=gettext_lazy("Registers, websites, calls; without names of persons."),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean_note(self) -> str:
        """Without hidden characters."""
        return clean_text(self.cleaned_data["note"])


class UnverifyForm(forms.Form):
    """Why a verification is taken back."""

    why = forms.CharField(
        label=gettext_lazy("Reason, in the importer's language"),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean_why(self) -> str:
        """Without hidden characters."""
        return clean_text(self.cleaned_data["why"])

"""What staff may send about enquiries."""

from __future__ import annotations

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.submissions import KeyedForm
from inquiries.models import Said, Side
from inquiries.models.ending import LONGEST_WHY
from inquiries.models.message import LONGEST_TEXT
from kit.languages import content_key
from kit.text import clean_text

NUMBER = re.compile(r"(?:[A-Z]{2}-\d{4}-)?0*(\d{1,9})", re.IGNORECASE)


class SearchForm(forms.Form):
    """Words of a company's name, or an enquiry's number."""

    q = forms.CharField(required=False, max_length=100)

    def number(self) -> int | None:
        """The number that was typed, whole ("CL-2026-0318") or its last part."""
        match = NUMBER.fullmatch(self.cleaned_data["q"].strip())
        return int(match[1]) if match else None


class StepInForm(KeyedForm):
    """A word of the mission."""

    to = forms.ChoiceField(
        label=_("To"),
        choices=[
            (Side.PRODUCER, _("the producer only")),
            (Side.IMPORTER, _("the importer only")),
            ("", _("both sides")),
        ],
        required=False,
        initial=Side.PRODUCER,
        widget=forms.RadioSelect,
        help_text=_("A question to the importer stops the producer's clock until it is answered."),
    )
    text = forms.CharField(
        label=_("Message"), max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 4}), required=True
    )

    def clean_text(self) -> str:
        """Without hidden characters."""
        return clean_text(self.cleaned_data["text"])

    def said(self) -> Said:
        """The message, in the language of the desk."""
        return Said(text=self.cleaned_data["text"], language=content_key(), to=self.cleaned_data["to"])


class DiscardForm(forms.Form):
    """Why a held enquiry is not passed on."""

    why = forms.CharField(label=_("Why not?"), max_length=LONGEST_WHY, help_text=_("Kept in the history."))
    block = forms.BooleanField(
        label=_("Take no more enquiries from this importer"), required=False,
        help_text=_("For all producers, until the block is lifted."),
    )  # fmt: skip

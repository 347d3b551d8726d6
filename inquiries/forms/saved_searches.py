"""What a browser may send about saved searches."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.forms import PersonNameField
from catalog.list_page import canonical, in_words
from inquiries.models import Frequency
from inquiries.models.saved_search import LONGEST_NAME, LONGEST_QUERY


class SavedSearchForm(forms.Form):
    """What a saved search is called, and how often it writes."""

    name = PersonNameField(label=gettext_lazy("Name of the search"), max_length=LONGEST_NAME)
    frequency = forms.ChoiceField(
        label=gettext_lazy("Write to me about new products"), choices=Frequency.choices, widget=forms.RadioSelect
    )


class NewSearchForm(SavedSearchForm):
    """A search to save: its address comes from the list of products."""

    query = forms.CharField(max_length=LONGEST_QUERY, required=False, widget=forms.HiddenInput)

    @classmethod
    def about(cls, query: str) -> NewSearchForm:
        """The empty form about a canonical address, with a name to begin with."""
        name = ", ".join(in_words(query))[:LONGEST_NAME]
        return cls(initial={"query": query, "name": name, "frequency": Frequency.WEEKLY})

    def clean_query(self) -> str:
        """What of it is known, always written alike."""
        return canonical(QueryDict(self.cleaned_data["query"]))

    def clean(self) -> dict[str, Any]:
        """A search for nothing in particular is none."""
        cleaned = super().clean() or {}
        if not cleaned.get("query"):
            raise forms.ValidationError(_("Search for something first, or choose a filter."), code="empty_search")
        return cleaned

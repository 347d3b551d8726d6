"""What a browser may send about webhooks."""

from __future__ import annotations

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from kit.text import clean_name
from webhooks.events import event_choices
from webhooks.models import Webhook


class WebhookForm(forms.ModelForm[Webhook]):
    """Where to, and what it is told. The table of the desk adds which missions there are to choose."""

    events = forms.MultipleChoiceField(
        label=_("Told when …"), label_suffix="", choices=event_choices, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Webhook
        fields = ("name", "address", "mission", "events")
        widgets: ClassVar = {"address": forms.URLInput(attrs={"class": "long-input"})}

    def clean_name(self) -> str:
        """On one line, without hidden characters."""
        return clean_name(self.cleaned_data["name"])

"""The form of a canned comment: which fields it suits is ticked, not typed."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.models import CannedComment
from catalog.wording import field_label, field_names


def judged_fields() -> list[str]:
    """What a reviewer may ask about: the passport's fields and the certificates, which stand outside it."""
    return [*field_names(), "certificates"]


class CannedCommentForm(forms.ModelForm[CannedComment]):
    """A canned comment, with its text in four languages."""

    about = forms.MultipleChoiceField(
        label=_("for these fields"),
        help_text=_("None: for every field."),
        choices=lambda: [(name, field_label(name)) for name in judged_fields()],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    class Meta:
        model = CannedComment
        fields = ("code", "reason", "name", "text", "about", "position", "is_offered")

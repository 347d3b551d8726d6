"""What a reviewer may send: a verdict per field, missing translations, and one decision about the whole."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.missing_texts import TRANSLATABLE
from catalog.models import ProductRevision, Reason
from catalog.models.request import Asked
from kit.fields import TranslatedField
from kit.languages import CONTENT_LANGUAGE_NAMES, CONTENT_LANGUAGES, interface_language
from kit.text import clean_text

FINE, ASK = "fine", "ask"
LONGEST_COMMENT = 1000


class ReviewForm(forms.Form):
    """One form for the whole page; what was typed comes back with every refusal.

    `decision` is approve, request_changes or reject; the other buttons need nothing of it.
    """

    seen_version = forms.IntegerField(widget=forms.HiddenInput)
    why = forms.CharField(
        label=gettext_lazy("Reason of the rejection, for the producer"),
        max_length=LONGEST_COMMENT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(
        self, data: Any = None, *, revision: ProductRevision, fields: Sequence[str], comment_label: str
    ) -> None:
        super().__init__(data, initial={"seen_version": revision.version})
        self.decision = data.get("do", "") if data else ""
        self.revision = revision
        self.judged = list(fields)
        for name in self.judged:
            self._add_verdict(name, comment_label)
        for name, language in missing_translations(revision):
            self._add_translation(name, language)

    def _add_verdict(self, name: str, comment_label: str) -> None:
        self.fields[f"verdict-{name}"] = forms.ChoiceField(
            choices=[(FINE, _("Fine")), (ASK, _("Ask for a change"))],
            initial=FINE,
            required=False,
            widget=forms.RadioSelect,
        )
        self.fields[f"reason-{name}"] = forms.ChoiceField(
            label=_("Reason"), choices=[("", _("Choose a reason")), *Reason.choices], required=False
        )
        self.fields[f"comment-{name}"] = forms.CharField(
            label=comment_label,
            max_length=LONGEST_COMMENT,
            required=False,
            widget=forms.Textarea(attrs={"rows": 2}),
        )

    def _add_translation(self, name: str, language: str) -> None:
        field = ProductRevision._meta.get_field(name)
        longest = field.max_length if isinstance(field, TranslatedField) else None
        attrs = {"rows": 2 if name != "description" else 5, "lang": interface_language(language)}
        self.fields[f"text-{name}-{language}"] = forms.CharField(
            label=_("Missing: %(language)s") % {"language": CONTENT_LANGUAGE_NAMES[language]},
            max_length=longest,
            required=False,
            widget=forms.Textarea(attrs=attrs),
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        asking = [name for name in self.judged if cleaned.get(f"verdict-{name}") == ASK]
        if self.decision == "request_changes":
            self._check_requests(asking)
        elif self.decision == "approve" and asking:
            self.add_error(None, _("You ask for changes: request them, or mark every field as fine to approve."))
        elif self.decision == "reject" and not cleaned.get("why", "").strip():
            self.add_error("why", _("Say why, in the producer's language."))
        return cleaned

    def asked(self) -> list[Asked]:
        """The requests, in the order of the page."""
        return [
            Asked(name, self.cleaned_data[f"reason-{name}"], clean_text(self.cleaned_data[f"comment-{name}"]))
            for name in self.judged
            if self.cleaned_data[f"verdict-{name}"] == ASK
        ]

    def translations(self) -> dict[str, dict[str, str]]:
        """The texts that the reviewer wrote: {"title": {"es": "…"}}."""
        written: dict[str, dict[str, str]] = {}
        for name, language in missing_translations(self.revision):
            if text := clean_text(self.cleaned_data.get(f"text-{name}-{language}", "")):
                written.setdefault(name, {})[language] = text
        return written

    def see(self, version: int) -> None:
        """Say which version the page shows now, keeping all that was typed."""
        self.data = {**{name: self.data.get(name) for name in self.data}, "seen_version": str(version)}

    def _check_requests(self, asking: Sequence[str]) -> None:
        if not asking:
            self.add_error(None, _("Mark at least one field with “Ask for a change”."))
        for name in asking:
            if not self.cleaned_data.get(f"reason-{name}"):
                self.add_error(f"reason-{name}", _("Choose a reason."))
            if not self.cleaned_data.get(f"comment-{name}", "").strip():
                self.add_error(f"comment-{name}", _("Say what to change, in the producer's language."))


def missing_translations(revision: ProductRevision) -> list[tuple[str, str]]:
    """(field, language) of the texts that a reviewer may write; an untouched summary may stay empty."""
    return [
        (name, language)
        for name in TRANSLATABLE
        for language in CONTENT_LANGUAGES
        if not getattr(revision, name).get(language)
    ]

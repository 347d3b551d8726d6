"""What a reviewer may send: a verdict per field, missing translations, ticks, and one decision about the whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.missing_texts import TRANSLATABLE
from catalog.models import CannedComment, ProductRevision, Reason
from catalog.models.request import Asked
from kit.fields import TranslatedField
from kit.languages import CONTENT_LANGUAGE_NAMES, CONTENT_LANGUAGES, interface_language, pick
from kit.text import clean_text

FINE, ASK = "fine", "ask"
LONGEST_COMMENT = 1000


@dataclass(frozen=True)
class Helps:
    """What makes the form quick: comments to choose, what to look at, and the language of the producer (id, pt-br)."""

    canned: Sequence[CannedComment] = ()
    checklist: Sequence[tuple[str, str]] = ()
    language: str = "id"

    def text(self, comment: CannedComment) -> str:
        """The comment as the producer reads it."""
        return pick(comment.text, self.language).text

    def for_field(self, name: str) -> list[CannedComment]:
        """The comments that suit a field, those made for it first."""
        return sorted((one for one in self.canned if one.suits(name)), key=lambda one: not one.about)


class CannedSelect(forms.Select):
    """Comments to choose; each option carries its text and its reason for the script that fills them in."""

    def __init__(self, helps: Helps, comments: Sequence[CannedComment]) -> None:
        super().__init__(attrs={"data-canned": ""})
        self.helps, self.comments = helps, {comment.code: comment for comment in comments}

    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option: dict[str, Any] = super().create_option(*args, **kwargs)
        if comment := self.comments.get(str(option["value"])):
            option["attrs"] |= {"data-text": self.helps.text(comment), "data-reason": comment.reason}
        return option


class ReviewForm(forms.Form):
    """One form for the whole page; what was typed comes back with every refusal.

    A canned comment that was chosen stands for a reason and a comment that were left empty. `decision` is approve,
    request_changes or reject; the other buttons need nothing of it.
    """

    seen_version = forms.IntegerField(widget=forms.HiddenInput)
    why = forms.CharField(
        label=gettext_lazy("Reason of the rejection, for the producer"),
        max_length=LONGEST_COMMENT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    exception = forms.CharField(
        label=gettext_lazy("Why you approve it without them"),
        max_length=LONGEST_COMMENT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(
        self,
        data: Any = None,
        *,
        revision: ProductRevision,
        fields: Sequence[str],
        comment_label: str,
        helps: Helps | None = None,
    ) -> None:
        super().__init__(data, initial={"seen_version": revision.version})
        self.helps = helps or Helps()
        self.decision = data.get("do", "") if data else ""
        self.revision = revision
        self.judged = list(fields)
        for name in self.judged:
            self._add_verdict(name, comment_label)
        self.fields["checked"] = forms.MultipleChoiceField(
            label=_("Checklist"),
            choices=list(self.helps.checklist),
            widget=forms.CheckboxSelectMultiple,
            required=False,
        )
        for name, language in missing_translations(revision):
            self._add_translation(name, language)

    def _add_verdict(self, name: str, comment_label: str) -> None:
        self.fields[f"verdict-{name}"] = forms.ChoiceField(
            choices=[(FINE, _("Fine")), (ASK, _("Ask for a change"))],
            initial=FINE,
            required=False,
            widget=forms.RadioSelect,
        )
        comments = self.helps.for_field(name)
        self.fields[f"canned-{name}"] = forms.ChoiceField(
            label=_("Ready comment"),
            choices=[("", _("Write it yourself")), *((one.code, str(one)) for one in comments)],
            widget=CannedSelect(self.helps, comments),
            required=False,
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
        self._fill_in(cleaned, asking)
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

    def checked(self) -> list[str]:
        """The codes of the ticked items of the checklist."""
        return list(self.cleaned_data.get("checked", ()))

    def translations(self) -> dict[str, dict[str, str]]:
        """The texts that the reviewer wrote: {"title": {"es": "…"}}."""
        written: dict[str, dict[str, str]] = {}
        for name, language in missing_translations(self.revision):
            if text := clean_text(self.cleaned_data.get(f"text-{name}-{language}", "")):
                written.setdefault(name, {})[language] = text
        return written

    def see(self, version: int) -> None:
        """Say which version the page shows now, keeping all that was typed."""
        data: Any = self.data
        self.data = data.copy()
        self.data["seen_version"] = str(version)  # type: ignore[index]

    def _fill_in(self, cleaned: dict[str, Any], asking: Sequence[str]) -> None:
        """What a chosen comment says, where nothing was typed; a reason or a text of one's own goes before it."""
        by_code = {comment.code: comment for comment in self.helps.canned}
        for name in asking:
            comment = by_code.get(cleaned.get(f"canned-{name}", ""))
            if comment is None:
                continue
            cleaned[f"reason-{name}"] = cleaned.get(f"reason-{name}") or comment.reason
            if not cleaned.get(f"comment-{name}", "").strip():
                cleaned[f"comment-{name}"] = self.helps.text(comment)

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

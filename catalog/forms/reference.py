"""Form fields of the reference tables that staff edit: options of an attribute, synonyms of a commodity."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from catalog.models import AttributeField, AttributeKind, Commodity
from kit.languages import CONTENT_LANGUAGES
from kit.text import clean_name
from kit.translated_forms import TranslatedFormField

SEPARATOR = "|"
CODE = re.compile(r"^[a-z0-9][a-z0-9_.-]{0,39}\Z")


class ChoicesField(forms.CharField):
    """Options of an attribute, one a line: code | Indonesian | English | Spanish | Portuguese."""

    widget = forms.Textarea(attrs={"rows": 4, "spellcheck": "false"})

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, str) else "\n".join(_line(choice) for choice in value or [])

    def clean(self, value: Any) -> Any:
        lines = [line.strip() for line in str(value or "").splitlines()]
        choices = [_choice(line) for line in lines if line]
        codes = [choice["value"] for choice in choices]
        if len(set(codes)) < len(codes):
            raise ValidationError(_("Each code may stand there once."), code="choice_twice")
        return choices

    def has_changed(self, initial: Any, data: Any) -> bool:
        return str(self.prepare_value(initial)).split() != str(data or "").split()


class AttributeFieldForm(forms.ModelForm[AttributeField]):
    """One attribute of a template."""

    choices = ChoicesField(
        label=_("options"),
        required=False,
        help_text=_("One a line: code | Indonesian | English | Spanish | Portuguese"),
    )

    class Meta:
        model = AttributeField
        fields = ("key", "label", "hint", "kind", "unit", "choices", "required", "position")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        needs_choices = cleaned.get("kind") in (AttributeKind.CHOICE, AttributeKind.CHOICES)
        if needs_choices and not cleaned.get("choices") and "choices" not in self.errors:
            self.add_error("choices", _("Give at least one option."))
        return cleaned


class SynonymsField(TranslatedFormField):
    """Words by language, separated by commas; stored as lists."""

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, Mapping):
            return value
        return {key: words if isinstance(words, str) else ", ".join(words) for key, words in value.items()}

    def clean(self, value: Any) -> Any:
        return {key: _words(text) for key, text in super().clean(value).items() if _words(text)}

    def has_changed(self, initial: Any, data: Any) -> bool:
        before = {key: words for key, words in (initial or {}).items() if words}
        return before != {key: _words(text) for key, text in self.to_python(data).items() if _words(text)}


class CommodityForm(forms.ModelForm[Commodity]):
    """A concept of the thesaurus with its synonyms."""

    synonyms = SynonymsField(
        label=_("synonyms"), help_text=_("Separated by commas; for search, never shown."), required=False, rows=2
    )

    class Meta:
        model = Commodity
        fields = ("slug", "name", "synonyms", "hs6", "category")


def _line(choice: Mapping[str, Any]) -> str:
    labels = choice.get("label") or {}
    return f" {SEPARATOR} ".join([str(choice["value"]), *(labels.get(key, "") for key in CONTENT_LANGUAGES)])


def _choice(line: str) -> dict[str, Any]:
    code, *labels = [clean_name(part) for part in line.split(SEPARATOR)]
    if not CODE.match(code) or not any(labels) or len(labels) > len(CONTENT_LANGUAGES):
        raise ValidationError(
            _("“%(line)s” is not like: code | Indonesian | English | Spanish | Portuguese"),
            code="choice_line",
            params={"line": line[:60]},
        )
    return {"value": code, "label": {key: text for key, text in zip(CONTENT_LANGUAGES, labels, strict=False) if text}}


def _words(text: str) -> list[str]:
    return list(dict.fromkeys(_stripped(text.split(","))))


def _stripped(words: Iterable[str]) -> Iterable[str]:
    return (word.strip() for word in words if word.strip())

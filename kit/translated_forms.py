"""A form field for a text in our four languages: one control a language, the reader's own first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from kit.languages import CONTENT_LANGUAGE_NAMES, CONTENT_LANGUAGES, content_key, interface_language
from kit.text import clean_name, clean_text

LONG = 160  # characters; from more on the control has several lines


class LanguageControl(NamedTuple):
    """What the template draws for one language. `tag` is the language as HTML writes it."""

    key: str
    tag: str
    label: str
    name: str
    control_id: str
    text: str


class TranslatedWidget(forms.Widget):
    """One input or text area a language; those of other languages than the reader's can be folded away."""

    template_name = "components/translated.html"
    use_fieldset = True

    def __init__(self, *, max_length: int | None = None, rows: int = 0, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.max_length = max_length
        self.rows = rows

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        texts = value if isinstance(value, Mapping) else {}
        own = content_key()
        controls = [
            self._control(key, name, context["widget"]["attrs"].get("id", ""), str(texts.get(key, "")))
            for key in sorted(CONTENT_LANGUAGES, key=lambda key: key != own)
        ]
        context["widget"] |= {
            "own": controls[0],
            "others": controls[1:],
            "filled": sum(1 for control in controls[1:] if control.text),
            "max_length": self.max_length,
            "rows": self.rows,
            "is_invalid": context["widget"]["attrs"].get("aria-invalid") == "true",
        }
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> dict[str, str] | None:
        """Texts by language; None when the form was sent without any of them."""
        found = {key: data.get(f"{name}_{key}") for key in CONTENT_LANGUAGES}
        if all(text is None for text in found.values()):
            return None
        return {key: text or "" for key, text in found.items()}

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return all(f"{name}_{key}" not in data for key in CONTENT_LANGUAGES)

    def id_for_label(self, id_: str) -> str:
        return ""

    @staticmethod
    def _control(key: str, name: str, base_id: str, text: str) -> LanguageControl:
        label = str(CONTENT_LANGUAGE_NAMES[key])
        return LanguageControl(key, interface_language(key), label, f"{name}_{key}", f"{base_id}_{key}", text)


class TranslatedFormField(forms.Field):
    """{"id"|"en"|"es"|"pt": text}, cleaned of hidden characters; `max_length` bounds each language in characters."""

    widget: type[TranslatedWidget] = TranslatedWidget

    def __init__(self, *, max_length: int | None = None, rows: int | None = None, **kwargs: Any) -> None:
        self.max_length = max_length
        self.rows = (0 if max_length and max_length <= LONG else 3) if rows is None else rows
        for unused in ("encoder", "decoder"):  # given by JSONField.formfield
            kwargs.pop(unused, None)
        if not isinstance(kwargs.get("widget"), TranslatedWidget):
            kwargs["widget"] = TranslatedWidget(max_length=max_length, rows=self.rows)
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> dict[str, str]:
        texts = value if isinstance(value, Mapping) else {}
        clean = clean_text if self.rows else clean_name
        cleaned = {key: clean(str(texts.get(key) or "")) for key in CONTENT_LANGUAGES}
        return {key: text for key, text in cleaned.items() if text}

    def validate(self, value: dict[str, str]) -> None:
        super().validate(value)
        errors = [
            ValidationError(
                _("%(language)s: at most %(limit)d characters; now there are %(count)d."),
                code="max_length",
                params={"language": CONTENT_LANGUAGE_NAMES[key], "limit": self.max_length, "count": len(text)},
            )
            for key, text in value.items()
            if self.max_length is not None and len(text) > self.max_length
        ]
        if errors:
            raise ValidationError(errors)

    def has_changed(self, initial: Any, data: Any) -> bool:
        before = {key: text for key, text in (initial or {}).items() if text}
        return before != self.to_python(data)

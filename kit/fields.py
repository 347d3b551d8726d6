"""Model fields for texts kept in several languages."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from kit.languages import CONTENT_LANGUAGES
from kit.translated_forms import TranslatedFormField


def validate_translations(value: object) -> None:
    """Refuse anything but {"id"|"en"|"es"|"pt": text}."""
    if not isinstance(value, dict):
        raise ValidationError(_("Give the text by language."), code="translations_shape")
    if wrong := sorted(set(value) - set(CONTENT_LANGUAGES)):
        raise ValidationError(
            _("Unknown language: %(languages)s."), code="translations_language", params={"languages": ", ".join(wrong)}
        )
    if any(not isinstance(text, str) for text in value.values()):
        raise ValidationError(_("Each language needs a text."), code="translations_text")


class TranslatedField(models.JSONField):
    """One text in up to four languages: {"id": …, "en": …, "es": …, "pt": …}; absent languages are left out.

    `max_length` bounds each language's text in characters. Empty texts are dropped when saved.
    """

    default_validators = [validate_translations]

    def __init__(self, *args: Any, max_length: int | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("default", dict)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)
        self.max_length = max_length

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        if self.max_length is not None:
            kwargs["max_length"] = self.max_length
        return name, path, args, kwargs

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        super().validate(value, model_instance)
        for language, text in (value or {}).items():
            if self.max_length is not None and len(text) > self.max_length:
                raise ValidationError(
                    _("%(language)s: at most %(limit)d characters."),
                    code="max_length",
                    params={"language": language, "limit": self.max_length},
                )

    def formfield(self, **kwargs: Any) -> Any:
        """One control a language, in our forms and in the admin alike."""
        return super().formfield(**{"form_class": TranslatedFormField, "max_length": self.max_length, **kwargs})

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if isinstance(value, dict):
            value = {key: text for key, text in value.items() if text}
        return super().get_db_prep_value(value, connection, prepared)

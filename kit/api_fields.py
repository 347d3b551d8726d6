"""Serializer parts that several apps use: a text in four languages, a page of things, what a verb's refusal says."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from django.core.exceptions import ValidationError as DjangoValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiExample, extend_schema_field, extend_schema_serializer, inline_serializer
from rest_framework import serializers

from kit.languages import CONTENT_LANGUAGES
from kit.translated_forms import TranslatedFormField

Texts = dict[str, str]


@extend_schema_field(
    {
        "type": "object",
        "description": "The text by language; absent languages are left out.",
        "properties": {key: {"type": "string"} for key in CONTENT_LANGUAGES},
        "additionalProperties": False,
        "example": {"id": "Sandal kulit", "en": "Leather sandals"},
    }
)
class TextsField(serializers.Field):  # type: ignore[type-arg]
    """{"id"|"en"|"es"|"pt": text}, cleaned as the pages' forms clean it; `max_length` bounds each language."""

    default_error_messages = {
        "shape": _("Give the text by language."),
        "language": _("Unknown language: {language}."),
        "text": _("Each language needs a text."),
    }

    def __init__(self, *, max_length: int | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.max_length = max_length

    def to_internal_value(self, data: Any) -> Texts:
        if not isinstance(data, Mapping):
            self.fail("shape")
        if unknown := sorted(set(data) - set(CONTENT_LANGUAGES)):
            self.fail("language", language=str(unknown[0])[:20])
        if not all(isinstance(text, str) for text in data.values()):
            self.fail("text")
        try:
            cleaned: Texts = TranslatedFormField(max_length=self.max_length, required=False).clean(data)
        except DjangoValidationError as error:
            raise serializers.ValidationError(error.messages) from error
        return cleaned

    def to_representation(self, value: Texts) -> Texts:
        return {key: text for key, text in value.items() if text}


class StrictSerializer(serializers.Serializer[Any]):
    """Refuses what is not a field: a misspelt name would be lost in silence."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, dict) and (unknown := set(data) - set(self.fields)):
            raise serializers.ValidationError({str(name)[:40]: [gettext("Unknown field.")] for name in sorted(unknown)})
        return super().to_internal_value(data)


@cache
def page_of(item: type[serializers.Serializer[Any]]) -> type[serializers.Serializer[Any]]:
    """The shape of a page: its rows, and the address of the next page or null."""
    kind = item.__name__.removesuffix("Serializer")
    fields: dict[str, Any] = {"results": item(many=True), "next": serializers.URLField(allow_null=True)}
    made = type(inline_serializer(f"{kind}Page", fields))
    return extend_schema_serializer(many=False)(made)


FIELDS: Final = serializers.DictField(
    child=serializers.ListField(child=serializers.CharField()),
    help_text="Sentences by field; a part of a field has its path: offers.0.unit_price.",
)


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "A wrong value",
            {
                "code": "invalid",
                "detail": "Some values are not right.",
                "fields": {"offers.0.unit_price": ["A larger quantity cannot cost more per unit than a smaller one."]},
            },
        )
    ]
)
class ErrorSerializer(serializers.Serializer[Any]):
    """What the API answers when it says no. `code` is stable and for programs, the rest for readers."""

    code = serializers.CharField()
    detail = serializers.CharField()
    fields = FIELDS  # type: ignore[assignment]

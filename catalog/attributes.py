"""The facts that a category's template asks for: cleaned, judged and shown in one place for form, API and submit.

Values as stored: text → str, number → int or float in the field's unit, integer → int, choice → its value, choices → a
list of values, yes_no → bool. A fact that is not given has no key.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final, NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from catalog.models.reference import AttributeField, AttributeKind, AttributeTemplate
from kit.languages import pick
from kit.numbers import parse_decimal
from kit.text import clean_text
from kit.units import SPACE, format_number

MAX_TEXT: Final = 300
LARGEST: Final = Decimal(10) ** 9
EMPTY: Final[tuple[Any, ...]] = (None, "", [])


class Fact(NamedTuple):
    """A stated attribute, for readers."""

    label: str
    text: str


def clean(template: AttributeTemplate | None, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values that the template knows, each in its stored form; others are left out.

    Raises ValidationError with a dictionary by key. Required facts are judged at submit (`missing`), not here.
    """
    cleaned: dict[str, Any] = {}
    errors: dict[str, list[ValidationError]] = {}
    for field in fields_of(template):
        value = values.get(field.key)
        if value in EMPTY:
            continue
        try:
            cleaned[field.key] = clean_value(field, value)
        except ValidationError as error:
            errors[field.key] = error.error_list
    if errors:
        raise ValidationError(errors)
    return {key: value for key, value in cleaned.items() if value not in EMPTY}


def clean_value(field: AttributeField, value: Any) -> Any:
    """One value in its stored form. Raises ValidationError."""
    kind = field.kind
    if kind in (AttributeKind.NUMBER, AttributeKind.INTEGER):
        return _number(value, whole=kind == AttributeKind.INTEGER)
    if kind == AttributeKind.YES_NO:
        return _yes_or_no(value)
    if kind == AttributeKind.CHOICE:
        return _choice(field, value)
    if kind == AttributeKind.CHOICES:
        if not isinstance(value, list | tuple):
            raise ValidationError(_("Choose from the list."), code="choice")
        return list(dict.fromkeys(_choice(field, one) for one in value))
    return _text(value)


def missing(template: AttributeTemplate | None, values: Mapping[str, Any]) -> list[AttributeField]:
    """The required facts that are not given."""
    return [field for field in fields_of(template) if field.required and values.get(field.key) in EMPTY]


def shown(template: AttributeTemplate | None, values: Mapping[str, Any]) -> list[Fact]:
    """The facts in the template's order and the reader's language; what the template does not know is left out."""
    return [
        Fact(pick(field.label).text or field.key, shown_value(field, values[field.key]))
        for field in fields_of(template)
        if values.get(field.key) not in EMPTY
    ]


def shown_value(field: AttributeField, value: Any) -> str:
    """A value as the reader writes it, with its unit."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, int | float):
        number = format_number(Decimal(str(value)))
        return f"{number}{SPACE}{field.unit}" if field.unit else number
    if isinstance(value, list):
        labels = choices_of(field)
        return ", ".join(labels.get(str(one), str(one)) for one in value)
    return choices_of(field).get(str(value), str(value))


def fields_of(template: AttributeTemplate | None) -> list[AttributeField]:
    """What the template asks, in order; nothing without a template."""
    return list(template.fields.all()) if template else []


def choices_of(field: AttributeField) -> dict[str, str]:
    """Value → label for the reader."""
    return {str(choice["value"]): pick(choice["label"]).text or str(choice["value"]) for choice in field.choices}


def _number(value: Any, *, whole: bool) -> int | float:
    if isinstance(value, bool):
        raise ValidationError(_("Enter a number."), code="invalid")
    is_number = isinstance(value, Decimal | int | float)  # its text would be read in the reader's format
    number = Decimal(str(value)) if is_number else parse_decimal(str(value))
    if not 0 <= number < LARGEST:
        raise ValidationError(_("Enter a number from 0 to 999,999,999."), code="number_range")
    if number == number.to_integral_value():
        return int(number)
    if whole:
        raise ValidationError(_("Enter a whole number."), code="whole_number")
    return float(number)


def _yes_or_no(value: Any) -> bool:
    if value in (True, "yes", "true", "True"):
        return True
    if value in (False, "no", "false", "False"):
        return False
    raise ValidationError(_("Answer yes or no."), code="yes_no")


def _choice(field: AttributeField, value: Any) -> str:
    if str(value) not in choices_of(field):
        raise ValidationError(_("Choose from the list."), code="choice")
    return str(value)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValidationError(_("Write a text."), code="text")
    text = clean_text(value)
    if len(text) > MAX_TEXT:
        raise ValidationError(_("At most %(limit)d characters."), code="max_length", params={"limit": MAX_TEXT})
    return text

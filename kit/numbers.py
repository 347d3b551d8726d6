"""Numbers as people type them, in any of our languages.

Django's localised fields read “125.000” of a Spanish reader as 125, and refuse “1.234,5”: its Spanish groups with
a space. Here a number that can only mean one thing is taken, whatever the language of the page.
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils import formats, translation
from django.utils.translation import gettext_lazy as _

from kit.units import format_number

MAX_DIGITS: Final = 30
_DIGITS = re.compile(r"[+-]?[0-9]+(?:[.][0-9]+)?")
_GROUPED = {
    ".": re.compile(r"[+-]?[1-9][0-9]{0,2}(?:[.][0-9]{3})+"),
    ",": re.compile(r"[+-]?[1-9][0-9]{0,2}(?:,[0-9]{3})+"),
}


def parse_decimal(raw: str, language: str | None = None) -> Decimal:
    """The number somebody typed; raises ValidationError when it is none.

    With both signs the last one is the decimal sign: “1.234,5” and “1,234.5” are the same. With one sign, groups
    of three digits are thousands if that sign is not the decimal sign of `language` (default: the active one).
    """
    text = re.sub(r"[\s'’_]", "", raw)
    if len(text) > MAX_DIGITS:
        raise _not_a_number()
    decimal_sign = _decimal_sign(language)
    if "." in text and "," in text:
        decimal_sign = max(".,", key=text.rfind)
        whole, _sign, rest = text.rpartition(decimal_sign)
        grouping = "," if decimal_sign == "." else "."
        if not _GROUPED[grouping].fullmatch(whole):
            raise _not_a_number()
        text = f"{whole.replace(grouping, '')}.{rest}"
    else:
        sign = "." if "." in text else ","
        means_thousands = text.count(sign) > 1 or sign != decimal_sign
        if means_thousands and _GROUPED[sign].fullmatch(text):
            text = text.replace(sign, "")
        else:
            text = text.replace(",", ".")
    if not _DIGITS.fullmatch(text):
        raise _not_a_number()
    try:
        return Decimal(text)
    except InvalidOperation as error:
        raise _not_a_number() from error


def _decimal_sign(language: str | None) -> str:
    return str(formats.get_format("DECIMAL_SEPARATOR", lang=language or translation.get_language()))


def _not_a_number() -> ValidationError:
    return ValidationError(_("Enter a number."), code="invalid")


class NumberField(forms.DecimalField):
    """A decimal typed in the reader's format and shown back in it; a phone offers its number pad."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        if value in self.empty_values:
            return None
        return value if isinstance(value, Decimal) else parse_decimal(str(value))

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, float):  # from JSON; what was typed stays text
            value = Decimal(str(value))
        return format_number(value) if isinstance(value, Decimal | int) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.to_python(data) != (None if initial in self.empty_values else Decimal(initial)))
        except ValidationError:
            return True

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "inputmode": "decimal", "autocomplete": "off"}

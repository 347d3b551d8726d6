"""How letters and pages about enquiries say what is kept in code."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from django import template

from catalog import unit_names
from kit.languages import pick

register = template.Library()


@register.filter
def in_language(texts: Mapping[str, str] | None) -> str:
    """A text in the reader's language, or the nearest that there is."""
    return pick(texts).text


@register.filter
def in_units(amount: Decimal | None, unit_id: str | None) -> str:
    """A quantity with its unit: “300 pairs”; "" when it is not known."""
    return unit_names.quantity(amount, unit_id)

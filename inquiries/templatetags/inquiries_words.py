"""How letters and pages about enquiries say what is kept in code."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from django import template

from catalog import unit_names
from inquiries import asked_facts
from inquiries.freight import Freight
from inquiries.models import Quotation
from kit.countries import country_name
from kit.languages import pick
from kit.money import format_money, quantize
from kit.units import format_cbm, format_kg

register = template.Library()


@register.filter
def in_language(texts: Mapping[str, str] | None) -> str:
    """A text in the reader's language, or the nearest that there is."""
    return pick(texts).text


@register.filter
def in_units(amount: Decimal | None, unit_id: str | None) -> str:
    """A quantity with its unit: “300 pairs”; "" when it is not known."""
    return unit_names.quantity(amount, unit_id)


@register.filter
def country_named(code: str) -> str:
    """A country (ISO 3166-1 alpha-2) by its name for the reader."""
    return country_name(code)


@register.simple_tag
def money(amount: Decimal, currency: str) -> str:
    """An amount with its currency, as the reader writes it; totals in whole coins."""
    return format_money(amount, currency)


@register.simple_tag
def total(quotation: Quotation) -> str:
    """The sum of a quotation in its one currency, in whole coins."""
    return format_money(quantize(quotation.total(), quotation.currency), quotation.currency)


@register.inclusion_tag("inquiries/_quotation.html")
def quotation_table(quotation: Quotation, freight: Freight | None = None) -> dict[str, object]:
    """A version with its lines, terms and, if given, what the goods take up on the way."""
    words = quotation.note or quotation.packing_note
    return {"quotation": quotation, "freight": freight, "written_in": written_in(words, quotation.language)}


@register.simple_tag
def written_in(text: str, language: str) -> str:
    """Names the language of a free text when that is not the reader's own; else ""."""
    return asked_facts.written_in(text, language)


@register.simple_tag
def volume(cbm: Decimal) -> str:
    """A volume: “0.084 m³”."""
    return format_cbm(cbm)


@register.simple_tag
def weight(kg: Decimal) -> str:
    """A weight: “12.5 kg”."""
    return format_kg(kg)

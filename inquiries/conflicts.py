"""What differs between the company as somebody typed it and as it was saved meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from catalog.vocabulary import vocabulary
from inquiries.forms.importers import ImporterProfileForm
from inquiries.models import Importer
from kit.countries import country_name
from kit.languages import CONTENT_LANGUAGE_NAMES, pick


class Conflict(NamedTuple):
    """A field with two values: what is stored now and what this person wrote."""

    label: str
    stored: str
    own: str


def conflicts_of(form: ImporterProfileForm, stored: Importer) -> list[Conflict]:
    """The fields of a valid form whose value is not the stored one."""
    return list(_conflicts(form, stored))


def _conflicts(form: ImporterProfileForm, stored: Importer) -> Iterator[Conflict]:
    for name, own in form.said().items():
        if (now := getattr(stored, name)) != own:
            yield Conflict(str(form.fields[name].label), in_words(name, now), in_words(name, own))


def in_words(name: str, value: Any) -> str:
    """The value of a field of a company as people read it."""
    if name == "country":
        return country_name(value)
    if name == "languages":
        return ", ".join(str(CONTENT_LANGUAGE_NAMES.get(key, key)) for key in value)
    if name == "buys_categories":
        rows = vocabulary()
        named = {slug: pick(rows.categories[pk].name).text for slug, pk in rows.category_keys.items()}
        return ", ".join(named.get(slug, slug) for slug in value)
    return ", ".join(value) if isinstance(value, list) else str(value)

"""Countries by their ISO 3166-1 alpha-2 codes, named in our four languages (CLDR, from Babel 2.18, Unicode licence)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kit.languages import content_key, pick

NAMES: dict[str, dict[str, str]] = json.loads(Path(__file__).with_name("country_names.json").read_text("utf-8"))


def country_name(code: str, language: str | None = None) -> str:
    """The country's name for the reader; the code itself when it names none."""
    return pick(NAMES.get(code), language).text or code


def country_choices(codes: Iterable[str] | None = None) -> list[tuple[str, str]]:
    """(code, name) in the reader's alphabet; of all countries, or of `codes`."""
    return list(_sorted(content_key(get_language()), tuple(codes) if codes is not None else None))


@lru_cache(maxsize=64)
def _sorted(language: str, codes: tuple[str, ...] | None) -> tuple[tuple[str, str], ...]:
    named = [(code, country_name(code, language)) for code in codes or NAMES]
    return tuple(sorted(named, key=lambda country: country[1].casefold()))


def validate_country(code: str) -> None:
    """Refuse what is no ISO 3166-1 alpha-2 code."""
    if code not in NAMES:
        raise ValidationError(_("“%(code)s” is not the code of a country."), code="country", params={"code": code})

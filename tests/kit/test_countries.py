"""Names of countries."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from kit.countries import NAMES, country_choices, country_name, validate_country
from kit.languages import CONTENT_LANGUAGES


@pytest.mark.parametrize(("language", "name"), [("id", "Cile"), ("en", "Chile"), ("es", "Chile"), ("pt-br", "Chile")])
def test_a_country_has_its_name_in_the_readers_language(language, name):
    with override(language):
        assert country_name("CL") == name


def test_every_country_has_four_names():
    assert len(NAMES) == 249
    assert all(set(names) == set(CONTENT_LANGUAGES) and all(names.values()) for names in NAMES.values())


def test_choices_stand_in_the_readers_alphabet():
    with override("id"):
        names = [name for _code, name in country_choices()]
    assert names == sorted(names, key=str.casefold) and "Inggris Raya" in names


def test_an_unknown_code_is_refused_and_shown_as_it_is():
    with pytest.raises(ValidationError):
        validate_country("XX")
    assert country_name("XX") == "XX"

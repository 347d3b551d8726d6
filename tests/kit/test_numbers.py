from __future__ import annotations

from decimal import Decimal

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from kit.numbers import NumberField, parse_decimal
from kit.units import format_number

LANGUAGES = ("id", "en", "es", "pt-br")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1.234,5", "1234.5"),
        ("1,234.5", "1234.5"),
        ("1 234,5", "1234.5"),
        ("1\u00a0234,5", "1234.5"),
        ("1.234.567", "1234567"),
        ("1,234,567", "1234567"),
        ("6,80", "6.80"),
        ("6.80", "6.80"),
        ("0,125", "0.125"),
        ("0.125", "0.125"),
        ("-3", "-3"),
        (" 42 ", "42"),
    ],
)
def test_what_can_only_mean_one_number_is_taken_in_every_language(typed, meant, language) -> None:
    assert parse_decimal(typed, language) == Decimal(meant)


@pytest.mark.parametrize(
    ("typed", "language", "meant"),
    [
        ("125.000", "id", "125000"),
        ("125.000", "es", "125000"),
        ("125.000", "en", "125"),
        ("1,250", "en", "1250"),
        ("1,250", "id", "1.25"),
    ],
)
def test_three_digits_behind_one_sign_are_read_in_the_readers_way(typed, language, meant) -> None:
    assert parse_decimal(typed, language) == Decimal(meant)


@pytest.mark.parametrize(
    "typed", ["", "abc", "1.2.3", "1,2,3", "1.23.456,7", "NaN", "Infinity", "1e5", "٣", "1" * 40, "--1"]
)
def test_what_is_no_number_is_refused(typed) -> None:
    with pytest.raises(ValidationError):
        parse_decimal(typed, "en")


@given(
    value=st.decimals(-1_000_000_000, 1_000_000_000, places=4, allow_nan=False),
    language=st.sampled_from(LANGUAGES),
)
def test_what_we_show_is_read_back_as_the_same_number(value: Decimal, language: str) -> None:
    assert parse_decimal(format_number(value, language=language), language) == value


class WeightForm(forms.Form):
    gross_kg = NumberField(max_digits=8, decimal_places=3, min_value=Decimal("0.001"))


def test_the_field_shows_and_reads_the_readers_format() -> None:
    with translation.override("id"):
        form = WeightForm(initial={"gross_kg": Decimal("1250.500")})
        assert 'value="1.250,5"' in str(form["gross_kg"])
        assert 'inputmode="decimal"' in str(form["gross_kg"])
        sent = WeightForm({"gross_kg": "1.250,5"}, initial={"gross_kg": Decimal("1250.500")})
        assert sent.is_valid()
        assert sent.cleaned_data["gross_kg"] == Decimal("1250.5")
        assert not sent.has_changed()


@pytest.mark.parametrize("typed", ["0", "-1", "abc", "1.2345", "123456789"])
def test_the_field_keeps_its_limits(typed) -> None:
    assert not WeightForm({"gross_kg": typed}).is_valid()


@pytest.mark.parametrize(("language", "shown"), [("es", "1,234"), ("en", "1.234"), ("id", "1,234"), ("pt-br", "1,234")])
def test_a_fraction_kept_as_json_is_shown_and_read_back_as_the_same_number(language, shown):
    with translation.override(language):
        field = NumberField()
        assert field.prepare_value(1.234) == shown
        assert field.clean(shown) == Decimal("1.234")

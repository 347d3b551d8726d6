from __future__ import annotations

from decimal import Decimal

import pytest
from django.utils import translation

from kit.units import format_cbm, format_cm, format_dimensions, format_kg, format_number


@pytest.mark.parametrize(
    ("value", "language", "expected"),
    [
        ("1200", "en", "1,200"),
        ("1200.00", "id", "1.200"),
        ("12500.50", "pt-br", "12.500,5"),
        ("12500.50", "es", "12\u00a0500,5"),
        ("1E+3", "en", "1,000"),
        ("0.0", "en", "0"),
        ("-1.50", "en", "-1.5"),
    ],
)
def test_numbers_lose_their_trailing_zeros(value, language, expected) -> None:
    assert format_number(Decimal(value), language=language) == expected


def test_measures_carry_their_units_and_stay_on_one_line() -> None:
    assert format_kg(Decimal("12.50")) == "12.5\u00a0kg"
    assert format_cm(40) == "40\u00a0cm"
    assert (
        format_dimensions(Decimal(60), Decimal("40.0"), Decimal("35.5")).split("\u00a0") == "60 × 40 × 35.5 cm".split()
    )


def test_a_volume_keeps_three_decimals() -> None:
    assert format_cbm(Decimal("0.0855")) == "0.086\u00a0m³"
    with translation.override("id"):
        assert format_cbm(Decimal("28")) == "28,000\u00a0m³"

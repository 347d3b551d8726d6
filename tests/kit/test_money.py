from __future__ import annotations

from decimal import Decimal

import pytest
from django.utils import translation

from kit.money import CURRENCIES, CURRENCY_CHOICES, format_money, quantize


@pytest.mark.parametrize(
    ("amount", "currency", "language", "expected"),
    [
        ("6.8", "USD", "en", "USD 6.80"),
        ("6.8", "USD", "es", "USD 6,80"),
        ("6.8", "USD", "id", "USD 6,80"),
        ("6.8", "USD", "pt-br", "USD 6,80"),
        ("6.8000", "USD", "en", "USD 6.80"),
        ("0.0425", "USD", "en", "USD 0.0425"),
        ("0.04255", "USD", "en", "USD 0.0426"),
        ("1.125", "EUR", "id", "EUR 1,125"),
        ("125000", "IDR", "id", "IDR 125.000,00"),
        ("1250000.5", "USD", "pt-br", "USD 1.250.000,50"),
        ("12500", "CLP", "pt-br", "CLP 12.500"),
        ("12500.5", "CLP", "en", "CLP 12,500.5"),
        ("1E+3", "USD", "en", "USD 1,000.00"),
        ("0", "USD", "en", "USD 0.00"),
        ("5", "XXX", "en", "XXX 5.00"),
    ],
)
def test_money_is_written_as_the_reader_writes_it(amount, currency, language, expected) -> None:
    assert format_money(Decimal(amount), currency, language) == expected.replace(" ", "\u00a0")


def test_the_active_language_is_the_default() -> None:
    with translation.override("id"):
        assert format_money(Decimal("1234.5"), "USD") == "USD\u00a01.234,50"


def test_totals_are_rounded_half_up_to_whole_coins() -> None:
    assert quantize(Decimal("10.005"), "USD") == Decimal("10.01")
    assert quantize(Decimal("10.5"), "CLP") == Decimal("11")


def test_every_market_can_be_quoted_in_its_own_currency() -> None:
    assert {"USD", "EUR", "IDR", "BRL", "ARS", "CLP", "COP", "MXN", "PEN"} <= set(CURRENCIES)
    assert [code for code, _name in CURRENCY_CHOICES] == list(CURRENCIES)
    assert all(len(code) == 3 and code.isupper() for code in CURRENCIES)

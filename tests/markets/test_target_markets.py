"""The codes that a producer may choose are the markets that the portal knows."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError

from catalog.target_markets import TARGET_MARKETS, target_market_choices, validate_target_market
from kit.countries import NAMES

REFERENCE = Path(__file__).parents[2] / "inaaccess" / "reference" / "markets.csv"


def test_the_codes_are_those_of_the_reference_markets():
    with REFERENCE.open(encoding="utf-8") as file:
        markets = {row["iso2"] for row in csv.DictReader(file)}
    assert set(TARGET_MARKETS) == markets and len(TARGET_MARKETS) == 33


def test_each_has_a_name_for_the_reader():
    assert all(name != code for code, name in target_market_choices()) and set(TARGET_MARKETS) <= set(NAMES)


@pytest.mark.parametrize("code", ["US", "ID", "", "cl"])
def test_another_country_is_refused(code):
    with pytest.raises(ValidationError):
        validate_target_market(code)

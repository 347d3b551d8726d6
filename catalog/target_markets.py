"""The markets that the portal serves: Latin America and the Caribbean, 33 countries.

Their missions, demand and rules are rows of the upper app; here they are codes that a producer may choose.
"""

from __future__ import annotations

from typing import Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from kit.countries import country_choices

TARGET_MARKETS: Final = (
    "AG", "AR", "BB", "BO", "BR", "BS", "BZ", "CL", "CO", "CR", "CU",
    "DM", "DO", "EC", "GD", "GT", "GY", "HN", "HT", "JM", "KN", "LC",
    "MX", "NI", "PA", "PE", "PY", "SR", "SV", "TT", "UY", "VC", "VE",
)  # fmt: skip


def target_market_choices() -> list[tuple[str, str]]:
    """(ISO alpha-2 code, name for the reader), in the reader's alphabet."""
    return country_choices(TARGET_MARKETS)


def validate_target_market(code: str) -> None:
    """Refuse a country that the portal does not serve."""
    if code not in TARGET_MARKETS:
        raise ValidationError(_("“%(code)s” is not one of our markets."), code="target_market", params={"code": code})

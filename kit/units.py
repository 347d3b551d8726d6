"""Numbers and measures as people read them: lengths in cm, weights in kg, volumes in m³ (CBM, 3 decimals)."""

from __future__ import annotations

from contextlib import nullcontext
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from django.utils import formats, translation

SPACE: Final = "\u00a0"
CBM_STEP: Final = Decimal("0.001")


def format_number(value: Decimal | int, *, places: int | None = None, language: str | None = None) -> str:
    """A number in the reader's format, grouped by thousands: 12500.50 → “12,500.5”, in Indonesian “12.500,5”.

    Trailing zeros go, unless `places` fixes the digits after the decimal sign (rounded half up).
    """
    number = Decimal(value)
    if places is not None:
        number = number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    elif is_whole(number):
        number = number.quantize(Decimal(1))
    else:
        number = number.normalize()
    with translation.override(language) if language else nullcontext():
        return formats.number_format(number, decimal_pos=places, force_grouping=True)


def is_whole(value: Decimal | int) -> bool:
    """Is it a whole number? 300 and 300.00 are, 300.5 is not."""
    return value == Decimal(value).to_integral_value()


def format_quantity(value: Decimal | int, unit: str) -> str:
    """A number with its unit, kept on one line: “1,200 pcs”."""
    return f"{format_number(value)}{SPACE}{unit}"


def format_cm(length_cm: Decimal | int) -> str:
    """A length: “40 cm”."""
    return format_quantity(length_cm, "cm")


def format_dimensions(length_cm: Decimal | int, width_cm: Decimal | int, height_cm: Decimal | int) -> str:
    """Length, width and height of a carton: “60 × 40 × 35.5 cm”."""
    sides = f"{SPACE}×{SPACE}".join(format_number(side) for side in (length_cm, width_cm, height_cm))
    return f"{sides}{SPACE}cm"


def format_kg(weight_kg: Decimal | int) -> str:
    """A weight: “12.5 kg”."""
    return format_quantity(weight_kg, "kg")


def format_cbm(volume_m3: Decimal) -> str:
    """A volume with its 3 decimals: “0.084 m³”."""
    return f"{format_number(volume_m3, places=3)}{SPACE}m³"

"""The check digit of a tax number (NPWP). A wrong one is a warning and never blocks: some valid numbers fail it."""

from __future__ import annotations

import re


def digits_of(value: str) -> str:
    """The number without the dots, dashes and spaces that people write."""
    return re.sub(r"[\s.\-/]", "", value)


def has_wrong_check_digit(npwp: str) -> bool:
    """Does the ninth digit of the classic 15-digit number not fit the first eight (Luhn)?

    A 16-digit number of a company is the classic one behind a 0; that of a person is the NIK, which has no check
    digit and is never called wrong. 22 digits are 16 and a branch.
    """
    if len(npwp) == 15:
        classic = npwp
    elif len(npwp) in (16, 22) and npwp.startswith("0"):
        classic = npwp[1:16]
    else:
        return False
    total = 0
    for position, char in enumerate(classic[:9]):
        digit = int(char) * (2 if position % 2 else 1)
        total += digit - 9 if digit > 9 else digit
    return total % 10 != 0

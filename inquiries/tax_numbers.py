"""What the tax number of a company is called in its country, and how it usually looks: a hint, never a rule.

Names and lengths as the countries' tax offices give them (checked 2026-11). A number that looks otherwise is kept as it
was typed; the form says so. Countries that are missing here have a "tax number" of any shape.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, NamedTuple

from django.utils.translation import gettext as _

LONGEST: Final = 40


class TaxNumber(NamedTuple):
    """What it is called, an example, and its shape without dots, dashes, slashes and spaces."""

    name: str
    example: str
    shape: str


TAX_NUMBERS: Final[Mapping[str, TaxNumber]] = {
    "AR": TaxNumber("CUIT", "30-12345678-1", r"\d{11}"),
    "BO": TaxNumber("NIT", "1023456021", r"\d{7,12}"),
    "BR": TaxNumber("CNPJ", "12.345.678/0001-95", r"[0-9A-Z]{12}\d{2}"),  # letters since July 2026
    "CL": TaxNumber("RUT", "76.123.456-0", r"\d{7,8}[0-9K]"),
    "CO": TaxNumber("NIT", "900.123.456-8", r"\d{9,10}"),
    "CR": TaxNumber("cédula jurídica", "3-101-123456", r"\d{10}"),
    "CU": TaxNumber("NIT", "12345678901", r"\d{11}"),
    "DO": TaxNumber("RNC", "1-01-12345-6", r"\d{9}|\d{11}"),
    "EC": TaxNumber("RUC", "1790012345001", r"\d{13}"),
    "GT": TaxNumber("NIT", "1234567-8", r"\d{6,11}[0-9K]"),
    "HN": TaxNumber("RTN", "08019012345678", r"\d{14}"),
    "HT": TaxNumber("NIF", "000-123-456-7", r"\d{10}"),
    "ID": TaxNumber("NPWP", "0123456789012345", r"\d{15,16}|\d{22}"),
    "JM": TaxNumber("TRN", "001-234-567", r"\d{9}"),
    "MX": TaxNumber("RFC", "ABC010203XY4", r"[A-ZÑ&]{3,4}\d{6}[0-9A-Z]{3}"),
    "NI": TaxNumber("RUC", "J0310000001234", r"[0-9A-Z]{14}"),
    "PA": TaxNumber("RUC", "155612345-2-2015", r"[0-9A-Z]{6,20}"),
    "PE": TaxNumber("RUC", "20123456789", r"\d{11}"),
    "PY": TaxNumber("RUC", "80012345-6", r"\d{6,9}"),
    "SV": TaxNumber("NIT", "0614-010203-101-4", r"\d{9}|\d{14}"),
    "UY": TaxNumber("RUT", "211234560018", r"\d{12}"),
    "VE": TaxNumber("RIF", "J-12345678-9", r"[VEJPGC]\d{9}"),
}


def hint_of(country: str) -> str:
    """What to type, for a company of this country."""
    if known := TAX_NUMBERS.get(country):
        return _("The %(name)s, such as %(example)s.") % {"name": known.name, "example": known.example}
    return _("Such as RUT, CNPJ, RFC, CUIT, RUC or NIT, as your country calls it.")


def doubt_about(country: str, number: str) -> str:
    """What to look at again, in words; "" when the number looks as usual, or nobody knows how it looks."""
    known = TAX_NUMBERS.get(country)
    if not number or known is None or re.fullmatch(known.shape, re.sub(r"[\s./-]", "", number).upper()):
        return ""
    return _("Please check the tax number: a %(name)s usually looks like %(example)s. It is saved as it is.") % {
        "name": known.name,
        "example": known.example,
    }

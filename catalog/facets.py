"""Facet codes: one integer says which facet and which value, so that a search row holds them all in one array.

A code is `facet × FACET + value`. The SQL that writes search rows (catalog/search_row.py) computes the same codes.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

FACET: Final = 10_000_000
"""Room for the values of one facet; 214 facets fit into PostgreSQL's integer."""

CATEGORY: Final = 1  # the category's key, and its parent's
PROVINCE: Final = 2  # the two digits of the home ministry
INCOTERM: Final = 3  # the letters as a number, of offers that are valid
CERTIFICATE: Final = 4  # 20 bits of the code's MD5, of certificates that are valid
MARKET: Final = 5  # the two letters as a number, of markets where it is listed
MOQ: Final = 6  # bucket
PRICE: Final = 7  # bucket, USD at the staff rate
LEAD: Final = 8  # bucket, days
HS: Final = 9  # the code of 2, 4 and 6 digits as a number: three ranges that never meet
BUSINESS: Final = 10  # the place in BUSINESS_MODELS, from 1

BUSINESS_MODELS: Final = ("brand", "oem", "odm")
HEADINGS: Final = (HS * FACET + 100, (HS + 1) * FACET - 1)
"""The codes of HS headings and subheadings: for filters; too many to be counted."""

MOQ_BOUNDS: Final = (50, 100, 500, 1_000, 5_000)
PRICE_BOUNDS: Final = (1, 5, 10, 25, 50, 100, 500)
LEAD_BOUNDS: Final = (7, 14, 30, 60, 90)


def code(facet: int, value: int) -> int:
    """The code of a value."""
    return facet * FACET + value


def category(pk: int) -> int:
    """The code of a category; a product carries its own and the parent's."""
    return code(CATEGORY, pk)


def province(province_code: str) -> int:
    """The code of a province, e.g. of "35"."""
    return code(PROVINCE, int(province_code))


def incoterm(rule: str) -> int:
    """The code of an Incoterms rule, e.g. of "FOB"."""
    return code(INCOTERM, int.from_bytes(rule.encode("ascii")))


def market(iso2: str) -> int:
    """The code of a market, e.g. of "CL"."""
    return code(MARKET, int.from_bytes(iso2.encode("ascii")))


def certificate(type_code: str) -> int:
    """The code of a certificate type. Two types may share one in theory; a test holds that ours do not."""
    digest = hashlib.md5(type_code.encode(), usedforsecurity=False).hexdigest()
    return code(CERTIFICATE, int(digest[:5], 16))


def hs(digits: str) -> int:
    """The code of an HS chapter, heading or subheading: 2, 4 or 6 digits."""
    return code(HS, int(digits))


def bucket(facet: int, value: Decimal | int, bounds: Sequence[int]) -> int:
    """The code of the bucket of a number: how many bounds it has reached."""
    return code(facet, bisect_right(bounds, value))


def business(model: str) -> int:
    """The code of a business model, e.g. of "oem"."""
    return code(BUSINESS, BUSINESS_MODELS.index(model) + 1)


def bands(bounds: Sequence[int]) -> dict[str, int]:
    """The buckets between these bounds by what stands for them in an address: "0-50", "50-100", …, "5000-"."""
    edges = [0, *bounds]
    return {f"{low}-{high or ''}": number for number, (low, high) in enumerate(zip(edges, [*bounds, 0], strict=True))}

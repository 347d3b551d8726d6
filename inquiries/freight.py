"""What a quotation's goods take up on the way: cartons, volume, weight, share of a container. No loading plan."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_UP, Decimal
from typing import NamedTuple

from catalog.loading import SHOWN
from catalog.models import Container
from inquiries.models import QuotationLine


class Share(NamedTuple):
    """How much of a kind of container the goods fill, in whole percent, rounded up; over 100: more than one."""

    code: str
    name: str
    percent: int


@dataclass(frozen=True)
class Freight:
    """The goods of all lines whose cartons are known; `unknown` is the number of the others.

    Volume in m³ (3 decimals), gross weight in kg (None when a weight is not known).
    """

    cartons: int
    cbm: Decimal
    gross_kg: Decimal | None
    shares: Sequence[Share]
    unknown: int

    @property
    def is_known(self) -> bool:
        """Is there anything to say?"""
        return self.cartons > 0


def freight_of(lines: Iterable[QuotationLine], containers: Iterable[Container] | None = None) -> Freight:
    """Add up whole cartons. One query for the containers, none when they are given."""
    cartons, volume, unknown = 0, Decimal(0), 0
    weight: Decimal | None = Decimal(0)
    for line in lines:
        if not line.units_per_carton or not line.carton_cbm:
            unknown += 1
            continue
        number = math.ceil(line.quantity / line.units_per_carton)
        cartons += number
        volume += number * line.carton_cbm
        weight = None if weight is None or line.carton_gross_kg is None else weight + number * line.carton_gross_kg
    known = Container.objects.filter(code__in=SHOWN) if containers is None else containers
    shares = [_share(spec, volume, weight) for spec in known if spec.code in SHOWN] if cartons else []
    return Freight(cartons, volume, weight, shares, unknown)


def _share(spec: Container, volume: Decimal, weight: Decimal | None) -> Share:
    parts = [volume / spec.usable_cbm]
    if weight is not None:
        parts.append(weight / Decimal(spec.max_payload_kg))
    return Share(spec.code, spec.size, int((max(parts) * 100).quantize(Decimal(1), ROUND_UP)))

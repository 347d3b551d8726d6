"""What a carton holds and how many go into a container.

Volume in m³ (CBM), lengths in cm, weights in kg. Exact until the last step: nothing is counted from a rounded CBM.
A planning figure: how cartons stand in the container and what roads allow is not known here.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Final, Literal

CM3_PER_M3: Final = 1_000_000
CBM_STEP: Final = Decimal("0.001")


@dataclass(frozen=True)
class Carton:
    """An export carton: the units in it, its outside sides and its weights."""

    units: int
    length_cm: Decimal
    width_cm: Decimal
    height_cm: Decimal
    gross_kg: Decimal
    net_kg: Decimal

    def __post_init__(self) -> None:
        sides = (self.length_cm, self.width_cm, self.height_cm)
        if self.units < 1 or min(sides) <= 0 or self.gross_kg <= 0 or not 0 <= self.net_kg <= self.gross_kg:
            raise ValueError(
                "A carton has units, sides and a gross weight above zero, and a net weight up to the gross."
            )


@dataclass(frozen=True)
class ContainerSpec:
    """A kind of container: the volume that cartons can use and the weight it may carry."""

    code: str
    usable_cbm: Decimal
    max_payload_kg: Decimal


@dataclass(frozen=True)
class Load:
    """What fits, and which limit is met first; when both allow as many cartons, it is the volume."""

    units: int
    cartons: int
    limited_by: Literal["volume", "payload"]


def cbm(carton: Carton) -> Decimal:
    """The carton's volume in m³, rounded half up to 3 decimals."""
    exact = carton.length_cm * carton.width_cm * carton.height_cm / CM3_PER_M3
    return exact.quantize(CBM_STEP, ROUND_HALF_UP)


def units_per_container(carton: Carton, container: ContainerSpec) -> Load:
    """The units in a container full of whole cartons, by volume and by payload."""
    volume_cm3 = Fraction(carton.length_cm) * Fraction(carton.width_cm) * Fraction(carton.height_cm)
    by_volume = int(Fraction(container.usable_cbm) * CM3_PER_M3 / volume_cm3)
    by_payload = int(Fraction(container.max_payload_kg) / Fraction(carton.gross_kg))
    cartons = min(by_volume, by_payload)
    return Load(carton.units * cartons, cartons, "payload" if by_payload < by_volume else "volume")

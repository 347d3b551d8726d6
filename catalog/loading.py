"""What fits into a container, from what a passport says of its carton."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from catalog.models import Container, Passport
from catalog.packing import Carton, ContainerSpec, cbm, units_per_container

WEIGHTLESS = Decimal("0.001")  # kg: a gross weight that is not known never limits
SHOWN = ("20GP", "40GP", "40HC")


class ContainerLoad(NamedTuple):
    """`units` of the product in a container; None when the carton is not known. `limit`: volume, payload or ""."""

    code: str
    name: str
    units: Decimal | None
    cartons: int | None
    limit: str


@dataclass(frozen=True)
class Loading:
    """The volume of a carton (m³, 3 decimals; None when unknown) and what each kind of container holds."""

    cbm: Decimal | None
    containers: list[ContainerLoad]
    specs: list[Container]

    @property
    def specs_json(self) -> str:
        """The containers for the page's script."""
        return json.dumps(
            [
                {
                    "code": spec.code,
                    "usable_cbm": float(spec.usable_cbm),
                    "max_payload_kg": spec.max_payload_kg,
                }
                for spec in self.specs
            ]
        )


def loading_of(passport: Passport, containers: Iterable[Container] | None = None) -> Loading:
    """Computed anew from the facts; a missing weight limits nothing. One query, none when `containers` are given."""
    known = Container.objects.filter(code__in=SHOWN) if containers is None else containers
    specs = [spec for spec in known if spec.code in SHOWN]
    carton = _carton(passport)
    volume = cbm(carton) if carton else None
    return Loading(volume, [_load(passport, carton, spec) for spec in specs], specs)


def _carton(passport: Passport) -> Carton | None:
    sides = (passport.carton_length_cm, passport.carton_width_cm, passport.carton_height_cm)
    if not all(sides):
        return None
    length, width, height = (Decimal(side or 0) for side in sides)
    return Carton(1, length, width, height, passport.gross_kg or WEIGHTLESS, Decimal(0))


def _load(passport: Passport, carton: Carton | None, spec: Container) -> ContainerLoad:
    if carton is None or not passport.units_per_carton:
        return ContainerLoad(spec.code, spec.size, None, None, "")
    load = units_per_container(carton, ContainerSpec(spec.code, spec.usable_cbm, Decimal(spec.max_payload_kg)))
    return ContainerLoad(spec.code, spec.size, passport.units_per_carton * load.cartons, load.cartons, load.limited_by)
